"""Measures quantities and dates on a folder of spoken Chinese and its written form, one pair a line.

    python -m tests.benchmarks.numbers FOLDER

FOLDER holds cardinal.txt, date.txt, fraction.txt, measure.txt, money.txt, number.txt and time.txt, in which a line is
"spoken => written" (the format of wetext's inverse text normalization tests). The written side is read by a small
reader of its own, so that a mistake of ours cannot hide in it; a case is right when both sides hold the same
values in order.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from flows.extract.dates.mentions import find_dates
from flows.extract.numbers.numerals import parse_number, read_numeral
from flows.extract.numbers.quantities import find_quantities

SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12, "W": 10**4}
_WRITTEN = re.compile(r"-?\d+(?:\.\d+)?(?:[~-]\d+)?[%万亿兆W]?(?:\d+[万亿兆]?)*(?:/\d+)?")
_WRITTEN_DATE = re.compile(r"(?:(\d{1,4})(?:/|年))?(\d\d)/(\d\d)|(\d{4})/(\d\d)|(?<!\d)(\d{3,4})年")

Value = tuple[float, float]


def main(folder: Path) -> int:
    """Print the share of right cases of each file, and the wrong ones; codes and clock times are counted apart."""
    total = right = 0
    apart = [0, 0]
    for path in sorted(folder.glob("*.txt")):
        cases = [line.split(" => ") for line in path.read_text(encoding="utf-8").splitlines() if " => " in line]
        wrong = []
        for spoken, written in cases:
            if path.stem == "time" or is_code(spoken):
                apart = [apart[0] + (not [q for q in find_quantities(spoken) if q.kind != "duration"]), apart[1] + 1]
                continue
            got, want = (
                (dates(spoken), written_dates(written))
                if path.stem == "date"
                else (values(spoken), written_values(written))
            )
            total, right = total + 1, right + (got == want)
            if got != want:
                wrong.append((spoken, want, got))
        print(f"{path.stem:10} {len(cases):3} cases, {len(wrong)} wrong")
        for spoken, want, got in wrong:
            print(f"    {spoken[:60]}\n        want {str(want)[:150]}\n        got  {str(got)[:150]}")
    print(f"numbers, dates, money, measures: {right}/{total} = {right / total:.4f}")
    print(f"telephone and identity numbers, times of day that are rightly no quantity: {apart[0]}/{apart[1]}")
    return 0


def is_code(spoken: str) -> bool:
    """Whether digits are spoken one by one inside a sentence: a telephone, identity or house number."""
    return (
        read_numeral(spoken) is None
        and re.search("(?<![点零一二三四五六七八九])[零一二三四五六七八九幺洞]{3}|[一二三四五六七八九零]+号$", spoken)
        is not None
    )


def values(text: str) -> list[Value]:
    """Lower and upper value of each quantity; a text that is one numeral is read as that."""
    numeral = read_numeral(text)
    if numeral is not None:
        return [(numeral.value, numeral.high)]
    return [(q.value, q.value if q.high is None else q.high) for q in find_quantities(text)]


def written_values(text: str) -> list[Value]:
    """The same of the written side: 300~500, 15-6 (15 to 16), 3~5万, 1亿72300, 7/17."""
    text = re.sub(r"(\d+)块(\d)毛", r"\1.\2元", text)
    return [_worth(m[0]) for m in _WRITTEN.finditer(text)]


def _worth(text: str) -> Value:
    sign = -1 if text.startswith("-") else 1
    text = text.lstrip("-").rstrip("%")
    if "/" in text:
        part, whole = text.split("/")
        return sign * int(part) / int(whole), sign * int(part) / int(whole)
    low, _, high = text.replace("~", "-").partition("-")
    if high and "~" not in text:
        short = re.match(r"(\d+)(.*)", high)
        assert short, text
        digits, scale = short.groups()
        high = low[: len(low) - len(digits)] + digits + scale
    scale = high[-1:] if high[-1:] in SCALES else ""
    return sign * _sum(low + scale), sign * _sum(high or low)


def _sum(text: str) -> float:
    total = 0.0
    for number, scale in re.findall(r"(\d+(?:\.\d+)?)([万亿兆W]?)", text):
        total += float(number) * SCALES.get(scale, 1)
    return round(total, 9)


def dates(text: str) -> list[tuple[int | None, int | None, int | None]]:
    """Year (its last two digits), month and day of each date found; None where not stated."""
    found = []
    for mention in find_dates(text):
        m = re.search("([^年]*)月(?:(.*)[日号])?", mention.text)
        month, day = (parse_number(m[1]), parse_number(m[2] or "")) if m else (None, None)
        year = mention.first.year % 100 if mention.first and not mention.inferred else None
        found.append((year, None if month is None else int(month), None if day is None else int(day)))
    return found


def written_dates(text: str) -> list[tuple[int | None, int | None, int | None]]:
    """The same of the written side: 2008/08/08, 08/08, 2008/08, 2008年."""
    found = []
    for year, month, day, year_of_month, its_month, lone in _WRITTEN_DATE.findall(text):
        first = year or year_of_month or lone
        found.append(
            (int(first) % 100 if first else None, int(month or its_month or 0) or None, int(day) if day else None)
        )
    return found


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
