"""What a page says about who may use its text."""

from __future__ import annotations

from collections.abc import Iterable

from flows.grammar import load_grammar


def read_rights(copyright_lines: Iterable[str], lines: Iterable[str] = ()) -> tuple[str, str | None]:
    """Whether a page reserves its rights, opens them or leaves them unspecified, and the words that say so.

    What says so stands in schemas/patterns/rights.yaml.

    Args:
        copyright_lines: lines stripped as `copyright`, in order; they are the statement, if they decide or none does.
        lines: the other stripped lines, read when those do not decide; only the deciding ones are the statement.

    Returns:
        ("reserved" | "open" | "unspecified", the statement or None).
    """
    notice = [line.strip() for line in copyright_lines if line.strip()]
    if said := _said(notice):
        return min(said)[1], "\n".join(notice)
    deciding = _said(lines)
    if deciding:
        return min(deciding)[1], "\n".join(line.strip() for *_, line in deciding)
    return "unspecified", "\n".join(notice) or None


def _said(lines: Iterable[str]) -> list[tuple[int, str, str]]:
    """The lines that decide, each with the place in the file of the first pattern found in it, and what that gives."""
    grammar, lines = load_grammar("rights"), list(lines)
    if not grammar.about.search("\n".join(lines).lower()):
        return []
    found = []
    for line in lines:
        if grammar.about.search(small := line.lower()):
            first = next(grammar.find(grammar.view(small)), None)
            found += [(grammar.patterns.index(first.pattern), first.pattern.gives, line)] if first else []
    return found
