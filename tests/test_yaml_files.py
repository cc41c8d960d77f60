"""YAML that people write: one sentence with file and line for whatever cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.cli import main
from flows.decisions import read_decisions
from flows.errors import SchemaError, ShegongError
from flows.fetch.sources import read_sources
from flows.publishers.entries import read_profile
from flows.schema import SCHEMAS
from flows.strip.rules import rule_book
from flows.yaml_files import read_words, read_yaml
from flows.yaml_limits import LOADER

BOMB = "- &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"- &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
UNUSABLE = {
    "bomb": (BOMB.encode(), 5),
    "itself": (b"- x\n- &a [*a]", 2),
    "deep lists": (b"- x\n" + b"- [" + b"[" * 300_000, 2),
    "deep hyphens": (b"- " * 100_000 + b"x", 1),
    "deep mappings": (b"".join(b" " * n + b"a:\n" for n in range(200)), 19),
    "deep by anchors": (b"- &a0 [x]\n" + b"".join(b"- &a%d [*a%d]\n" % (n + 1, n) for n in range(99)), 18),
    "twice": (b"- a: 1\n  b:\n    c: 1\n    c: 2\n", 4),
    "gbk": (b"# one\n- " + "社工".encode("gbk"), 2),
    "utf-16": ("- 社工".encode("utf-16"), 1),
    "binary": (b"- a\n- \x00\x01", 2),
    "open": (b"- [a\n- b", 3),
    "two documents": (b"- a\n---\n- b", 2),
    "no such day": (b"- a\n- 2026-02-31", 2),
    "long number": (b"- " + b"9" * 5000, 1),
    "code": (b"- a\n- !!python/object:os.system x", 2),
    "list as name": (b"? [a]\n: b", 1),
}

READERS: dict[str, Callable[[Path], Any]] = {
    "corrections.yaml": lambda path: read_decisions(path.parent),
    "exceptions.yaml": lambda path: read_decisions(path.parent),
    "tombstones.yaml": lambda path: read_decisions(path.parent),
    "sources.yaml": read_sources,
    "publisher.yaml": read_profile,
    "rule.yaml": lambda path: rule_book(path.parent),
    "vocabulary.yaml": read_words,
    "table.yaml": read_yaml,
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("case", UNUSABLE)
def test_what_cannot_be_used_is_one_sentence_with_file_and_line(tmp_path: Path, name: str, case: str) -> None:
    content, line = UNUSABLE[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ShegongError) as caught:
        READERS[name](tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}:")
    if name in ("vocabulary.yaml", "table.yaml"):  # which look at nothing else
        assert str(caught.value).startswith(f"{tmp_path / name}:{line}: ")
    assert len(str(caught.value)) < 500
    assert caught.value.exit_status == 2


DECISION = {"document": "0" * 16, "expect": "a", "replace": "b", "why": "w", "who": "L", "date": "2026-11-22"}


@pytest.mark.parametrize(
    ("file", "changed", "said"),
    [
        ("corrections", {"expect": None}, "expect"),
        ("corrections", {"replace": ["b"]}, "replace"),
        ("corrections", {"at": "here"}, "at"),
        ("corrections", {"date": "tomorrow"}, "2026-11-22"),
        ("corrections", {"date": "20261122"}, "2026-11-22"),
        ("corrections", {"dete": "x"}, "dete"),
        ("tombstones", {"document": {"id": 1}}, "document"),
        ("tombstones", {"document": None, "url": None}, "document"),
        ("tombstones", {"not_here": "maybe"}, "true or false"),
        ("exceptions", {"gate": ["people.evidence"]}, "gate"),
    ],
)
def test_a_value_of_the_wrong_sort_is_told_with_its_line(
    tmp_path: Path, file: str, changed: dict[str, Any], said: str
) -> None:
    known = {"corrections": DECISION, "tombstones": {"document": "0" * 16, "date": "2026-11-22"}}
    whole = known.get(file, {"gate": "a.b", "why": "w", "who": "L", "date": "2026-11-22"}) | changed
    lines = [
        f"{'- ' if number == 0 else '  '}{name}: {json.dumps(value)}"
        for number, (name, value) in enumerate(whole.items())
    ]
    (tmp_path / f"{file}.yaml").write_text("# decided\n" + "\n".join(lines), encoding="utf-8")
    with pytest.raises(ShegongError, match=said) as caught:
        read_decisions(tmp_path)
    line = 2 + list(whole).index(next(iter(changed)))
    assert f"{file}.yaml:{line}: " in str(caught.value)


def test_ids_of_digits_and_days_stay_as_they_are_written(tmp_path: Path) -> None:
    """YAML reads 0012345670123456 as an octal number, 1_2 as 12 and 12:30:45 as seconds."""
    text = "- {document: 0012345670123456, date: 2026-11-22, why: 12:30:45, who: no}\n"
    (tmp_path / "tombstones.yaml").write_text(text)
    (stone,) = read_decisions(tmp_path).tombstones
    assert (stone.document, stone.date, stone.why, stone.who) == ("0012345670123456", "2026-11-22", "12:30:45", "no")


@pytest.mark.parametrize("what", ["folder", "dangling link", "another name"])
def test_a_file_of_decisions_that_is_none_is_not_passed_over(tmp_path: Path, what: str) -> None:
    if what == "folder":
        (tmp_path / "tombstones.yaml").mkdir()
    elif what == "dangling link":
        (tmp_path / "tombstones.yaml").symlink_to("gone.yaml")
    else:
        (tmp_path / "tombstones.yml").write_text("- {document: a, date: 2026-11-22}")
    with pytest.raises(ShegongError, match="tombstones"):
        read_decisions(tmp_path)


def test_anchors_that_repeat_a_little_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("one: &one {a: 1}\ntwo: {<<: *one, b: 2}\nthree: [*one, *one]")
    assert read_yaml(path) == {"one": {"a": 1}, "two": {"a": 1, "b": 2}, "three": [{"a": 1}, {"a": 1}]}


@pytest.mark.parametrize("text", ["", "words", "one: 甲\nwords:\n", "words: ~"])
def test_a_vocabulary_without_words_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=r"a\.yaml"):
        read_words(tmp_path / "a.yaml")


@pytest.mark.parametrize("word", ["12", "2026-11-22", "no", "~", "1.5"])
def test_a_word_that_yaml_takes_for_something_else_is_told(tmp_path: Path, word: str) -> None:
    (tmp_path / "a.yaml").write_text(f"words:\n- 社工\n- {word}\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"a\.yaml:3: .*quotes"):
        read_words(tmp_path / "a.yaml")
    (tmp_path / "a.yaml").write_text(f"words:\n- 社工\n- '{word}'\n", encoding="utf-8")
    assert read_words(tmp_path / "a.yaml") == {"words": ["社工", word]}


@pytest.mark.parametrize(
    "changed", [{"id": 5}, {"line": None}, {"leave": "社工"}, {"take": [1]}, {"why": ["x"]}, {5: "x"}]
)
def test_a_rule_with_a_value_of_the_wrong_sort_is_told(tmp_path: Path, changed: dict[Any, Any]) -> None:
    rule = {"id": "one", "kind": "share", "why": "w", "line": "x"}
    (tmp_path / "a.yaml").write_text(yaml.safe_dump([rule, rule | {"id": "two"} | changed]), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"a\.yaml:5: "):
        rule_book(tmp_path)


def test_a_profile_with_a_mistake_names_its_line(tmp_path: Path) -> None:
    text = "id: a\nnames: {zh: 甲, en: A}\nhosts:\n- a.example\n- 5\nrights: {default: open, why: w}\nfixture: {}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=r"a\.yaml:\d+: hosts"):
        read_profile(tmp_path / "a.yaml")


def test_every_file_of_the_project_is_read_as_the_library_reads_it() -> None:
    for path in SCHEMAS.rglob("*.yaml"):
        assert read_yaml(path) == yaml.load(path.read_text(encoding="utf-8"), LOADER)


def test_the_command_line_says_one_sentence_and_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.txt").write_text("x")
    (tmp_path / "tombstones.yaml").write_text(BOMB)
    assert main(["quarantine", "--raw", str(tmp_path), "--releases", str(tmp_path)]) == 2
    assert f"{tmp_path}/tombstones.yaml:5: its anchors" in capsys.readouterr().err
