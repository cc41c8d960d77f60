"""sources.yaml: read whole, or refused with the line and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.errors import InputError
from flows.fetch.sources import Sources, SourcesError, choose, described, read_sources
from flows.state import PROJECT

LEAST = """contact: us@example.org
sources:
- name: a-source
  kind: feed
  url: https://WWW.Example.org/rss.xml#top
  publisher: 某网
  language: zh-Hans
  rights: unspecified
"""


def read(tmp_path: Path, text: str) -> Sources:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


def test_the_least_that_a_source_says(tmp_path: Path) -> None:
    (source,) = read(tmp_path, LEAST).sources
    assert source.url == ("https://www.example.org/rss.xml",)
    assert source.hosts == ("example.org",)
    assert (source.delay, source.recheck_days, source.allow_private) == (5, None, ())
    assert dict(described(source)) == {
        "source": "a-source",
        "publisher": "某网",
        "language": "zh-Hans",
        "rights": "unspecified",
    }


def test_hosts_are_taken_with_their_subdomains(tmp_path: Path) -> None:
    (source,) = read(tmp_path, LEAST + "  hosts: [static.example.net]\n").sources
    assert [source.takes(host) for host in ("example.org", "m.example.org", "static.example.net")] == [True] * 3
    assert [source.takes(host) for host in ("badexample.org", "example.net", "org")] == [False] * 3


def test_the_examples_in_the_projects_own_file_can_be_used(tmp_path: Path) -> None:
    text = (PROJECT / "raw" / "sources.yaml").read_text("utf-8")
    assert read_sources(PROJECT / "raw" / "sources.yaml").sources == ()
    shown = re.sub(r"^# ?", "", text[text.index("# contact") :], flags=re.MULTILINE).replace("sources: []\n", "")
    assert [source.kind for source in read(tmp_path, shown).sources] == ["feed", "list", "sitemap", "urls"]


def test_the_example_of_the_docs_can_be_used(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "operator.md").read_text("utf-8")
    (shown,) = re.findall(r"^```yaml\n(contact: .*?)^```$", page, re.M | re.S)
    (source,) = read(tmp_path, shown).sources
    assert source.links
    assert source.links.search("https://news.example.org/art/2026/17.html")


@pytest.mark.parametrize("text", ["", "# nothing\n", "sources:\n", "sources: []\n", "contact: a@b.example\n"])
def test_a_list_may_be_empty(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).sources == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (LEAST.replace("feed", "rss"), 4, "feed, sitemap, list, urls"),
        (LEAST.replace("https://WWW", "ftp://www"), 5, "http"),
        (LEAST.replace("https://WWW", "https://user:pw@www"), 5, "password"),
        (LEAST.replace("name: a-source", "name: A Source"), 3, "small letters"),
        (LEAST.replace("name: a-source", "name: ../a"), 3, "small letters"),
        (LEAST.replace("kind: feed", "kind: list"), 3, "links"),
        (LEAST.replace("  publisher: 某网\n", ""), 3, "publisher"),
        (LEAST.replace("rights: unspecified", "rights: free"), 8, "reserved, open, unspecified"),
        (LEAST.replace("zh-Hans", "Chinese!"), 7, "zh-Hans"),
        (LEAST + "  delay: fast\n", 9, "number"),
        (LEAST + "  delay: 0.1\n", 9, "public host"),
        (LEAST + "  delay: .nan\n", 9, "number"),
        (LEAST + "  pages_a_run: true\n", 9, "number"),
        (LEAST + "  links: '('\n", 9, "regular expression"),
        (LEAST + "  allow_private: [10.0.0.1/8]\n", 9, "10.1.2.0/24"),
        (LEAST + "  dealy: 3\n", 9, "delay"),
        (LEAST + "  kind: feed\n", 9, "twice"),
        (LEAST + LEAST.partition("sources:\n")[2], 9, "another source"),
        (LEAST.replace("contact: us@example.org\n", ""), 1, "contact"),
        (LEAST.replace("us@example.org", "me"), 1, "mail address"),
        (LEAST.replace("us@example.org", '"a@b\\r\\nX: y"'), 1, "mail address"),
        ("sources: here\n", 1, "hyphen"),
        ("- a\n", 1, "names"),
        ("contact: a@b.c\nsources: [x]\n", 2, "names"),
        ("contact: a@b.c\nsources:\n- name: !!python/object:os.system x\n", 3, "kind"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(SourcesError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path}/sources.yaml:{line}: ")
    assert said in str(caught.value)
    assert caught.value.exit_status == 2


def test_what_is_no_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"sources\.yaml:2: it is no YAML"):
        read(tmp_path, "sources:\n- [ ] ]\n")
    (tmp_path / "gbk.yaml").write_bytes("# 社工\n".encode("gbk"))
    with pytest.raises(SourcesError, match="UTF-8"):
        read_sources(tmp_path / "gbk.yaml")
    with pytest.raises(InputError, match="sources_missing"):
        read_sources(tmp_path / "nowhere.yaml")


def test_sources_are_chosen_by_name(tmp_path: Path) -> None:
    sources = read(tmp_path, LEAST)
    assert choose(sources, (), tmp_path) == choose(sources, ("a-source",), tmp_path) == sources.sources
    with pytest.raises(InputError, match="a-source"):
        choose(sources, ("b",), tmp_path)
