"""Every profile of schemas/publishers/ gives what its fixture expects, and its rules keep their examples."""

import pytest

from flows.publishers.fixtures import differences, wrong_examples
from flows.publishers.loading import FOLDER, publishers, reason_for

PROFILES = list(publishers().profiles.values())
RULES = [dated.rule for profile in PROFILES for dated in profile.rules]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_publishers_fixture_gives_the_expected_answer(profile):
    assert list(differences(profile)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_publishers_rule_takes_and_leaves_its_examples(rule):
    assert list(wrong_examples(rule)) == []
    assert reason_for(rule.id) == rule.why


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_every_rule_of_a_publisher_is_used_by_its_fixture_or_dated(profile):
    """What no page of ours shows is not known to work on the site's page."""
    from flows.clean import clean
    from flows.publishers.fixtures import _origin
    from flows.read.reader import read_bytes

    page = read_bytes(profile.fixture.path.read_bytes(), profile.fixture.path.name, _origin(profile.fixture))
    used = {row["rule"] for row in clean(page)["removals"]}
    assert [dated.rule.id for dated in profile.rules if dated.rule.id not in used and not dated.until] == []


def test_every_file_beside_the_profiles_is_a_fixture():
    fixtures = {profile.fixture.path for profile in PROFILES}
    assert {path for path in FOLDER.iterdir() if path.suffix != ".yaml"} == fixtures
