"""Every profile of schemas/publishers/ gives what its fixture expects, and its rules keep their examples."""

import pytest

from flows.canary.fixtures import differences, page_of, wrong_examples
from flows.clean import STEPS, clean
from flows.document import Page
from flows.patterns import Rule
from flows.publishers import recognise_publisher
from flows.publishers.loading import FOLDER, publishers, reason_for
from flows.publishers.profile import Profile
from flows.schema import Words
from flows.text import Text

PROFILES = list(publishers().profiles.values())
RULES = [dated.rule for profile in PROFILES for dated in profile.rules]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_publishers_fixture_gives_the_expected_answer(profile: Profile) -> None:
    assert list(differences(profile)) == []


@pytest.mark.parametrize(
    "profile", [one for one in PROFILES if one.all_of or one.any_of], ids=lambda profile: profile.id
)
def test_a_publishers_cues_stand_on_its_fixture(profile: Profile) -> None:
    page = Page(raw := page_of(profile.fixture), Text.of(raw.text))
    for step in STEPS[: STEPS.index(recognise_publisher)]:
        page = step(page)
    assert publishers().of_text(page.text.chars) == (profile,)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_publishers_rule_takes_and_leaves_its_examples(rule: Rule) -> None:
    assert list(wrong_examples(rule)) == []
    assert reason_for(rule.id) == Words(rule.why_zh or "", rule.why)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_every_rule_of_a_publisher_without_an_end_is_used_on_its_fixture(profile: Profile) -> None:
    """What no page of ours shows is not known to work on the site's page."""
    used = {row["rule"] for row in clean(page_of(profile.fixture))["removals"]}
    assert [dated.rule.id for dated in profile.rules if dated.rule.id not in used and not dated.until] == []


def test_every_file_beside_the_profiles_is_a_fixture() -> None:
    fixtures = {profile.fixture.path for profile in PROFILES}
    assert {path for path in FOLDER.iterdir() if path.suffix != ".yaml"} == fixtures
