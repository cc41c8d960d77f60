"""What another rule would change."""

import subprocess
from dataclasses import replace

import pytest

from flows.patterns import Rule
from flows.state import PROJECT
from flows.strip.rules import RuleBook, rule_book
from flows.trial.rules import Change, committed_rules, try_rules
from tests.pages import MENU, SOURCE, STORY, TITLE, document


def with_rule(rule: Rule) -> RuleBook:
    return RuleBook([*rule_book().rules.values(), rule])


def test_the_same_rules_change_nothing():
    page = document("\n".join([*MENU, TITLE, SOURCE, *STORY]))
    assert list(try_rules([page], rule_book(), rule_book())) == []


def test_a_new_rule_shows_the_lines_that_it_would_take():
    page = document("\n".join([TITLE, SOURCE, STORY[0], "编辑部的话", *STORY[1:]]))
    rule = Rule("own_words", "other", "Our own words.", line="编辑部的话", take=("编辑部的话",), leave=("话",))
    found = list(try_rules([page], rule_book(), with_rule(rule)))
    assert found == [Change("page.txt", 3, "编辑部的话", None, "own_words")]


def test_rejected_documents_are_passed_over():
    assert list(try_rules([replace(document(""), reason="empty: no bytes")], rule_book(), rule_book())) == []


def test_the_committed_rules_can_be_read():
    if subprocess.run(["git", "-C", PROJECT, "rev-parse", "HEAD"], capture_output=True).returncode:
        pytest.skip("git knows no history of these files: a downloaded archive, or the checkout of another user")
    with committed_rules() as folder:
        assert set(rule_book(folder).rules) >= {"nav_word", "meta_labelled"}
