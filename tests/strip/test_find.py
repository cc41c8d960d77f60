"""Which rules are tried on a line."""

from __future__ import annotations

from flows.patterns import Rule
from flows.strip.find import find_rules
from flows.strip.rules import RuleBook


def test_only_rules_with_a_cue_in_the_line_are_tried() -> None:
    rules = [Rule(f"r{n}", "other", "made up", line=f"{chr(0x4E00 + n)}.*") for n in range(5_000)]
    book = RuleBook(rules)
    forms = [f"{chr(0x4E00 + n)}一行" for n in range(50)]
    chosen = list(book.candidates(forms))
    assert sum(map(len, chosen)) <= 2 * len(forms)
    assert [finding.rule for finding in find_rules(forms, book)] == [rule.id for rule in rules[:50]]
