"""Patterns by which boilerplate is told, and the cache of what is compiled of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flows.literals import Literals, literals_of, rarer, starts_of


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One way to tell boilerplate. Patterns see lines in rule form (`flows.strip.lines.rule_form`).

    `line` must match a whole line, `head` too, and then takes the lines under it along (those that
    `while_` finds something in, or else the short ones); `part` is searched inside a line, and only the
    match is cut out. A line where `unless` is found, or `shape` is not, is left. A rule is tried only where
    one of its `literals` stands, which keeps 1,000 rules as quick as ten; `line` and `head` before `shape`, as most
    fail at the first character; `part` after it. `place` limits a rule to a part of the page (PLACES). Patterns are
    compiled when a line first needs them.
    """

    id: str
    kind: str
    why: str
    line: str | None = None
    head: str | None = None
    part: str | None = None
    while_: str | None = None
    unless: str | None = None
    shape: str | None = None
    place: str | None = None
    why_zh: str | None = None
    take: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()

    @property
    def literals(self) -> Literals:
        """Of which a line holds one if the rule takes it or a part of it; empty where no such list can be read off, or
        marks and digits, which stand in nearly every line, are among them and `starts` says more."""
        pattern, shape = self.line or self.head or self.part, self.shape
        found = rarer(*(literals_of(one) for one in (pattern, shape) if one)) or frozenset()
        rare = self.starts is None or all(len(one) > 1 or one.isalpha() for one in found)
        return found if rare else frozenset()

    @property
    def starts(self) -> Literals | None:
        """The characters of which a line that the rule takes whole begins with one; see `starts_of`."""
        whole = self.line or self.head
        return starts_of(whole) if whole else None

    def matches(self, form: str) -> bool:
        """Does the rule take the whole line?"""
        whole = self.line or self.head
        return (
            whole is not None
            and compiled(whole).fullmatch(form) is not None
            and (self.shape is None or compiled(self.shape).search(form) is not None)
            and (self.unless is None or compiled(self.unless).search(form) is None)
        )

    def parts(self, form: str) -> Iterator[tuple[int, int]]:
        """The places in the line of what the rule cuts out of it."""
        if self.part is None or (self.shape is not None and compiled(self.shape).search(form) is None):
            return iter(())
        return (found.span() for found in compiled(self.part).finditer(form))

    def goes_on(self, form: str) -> bool:
        """Does a line under the rule's heading belong to its section?"""
        return self.while_ is not None and compiled(self.while_).search(form) is not None


compiled = cache(re.compile)
