"""Names of bodies and persons told apart, measured on pairs of mentions that somebody labelled.

    python -m tests.entities.pairs FILE.yaml ...

A file is a list of articles: `title`, `text`, and `means`, what each name in it stands for (any words; names with the
same words are one body or person), and `publisher` where it is told. A short form that has no row of its own is the row
that it stands for. Pairs are counted over all names of all articles of a file.
"""

from __future__ import annotations

import argparse
import hashlib
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from flows.clean import clean
from flows.document import RawDocument, Row, Stated, Tables
from flows.extract.organizations.forms import by_ending, find_aliases, resolve
from flows.normalize.simplify import simplify
from flows.yaml_files import read_yaml


class Pairs(NamedTuple):
    """How many pairs are one by the labels and by the ids, by the ids, and by the labels; and those that differ."""

    right: int
    said: int
    meant: int
    wrong: list[str]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.said)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.meant)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.said + self.meant)


def cleaned(page: Row) -> Tables:
    text = f"{page['title']}\n\n{page['text']}\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    stated = Stated(publisher=page.get("publisher"))
    return clean(
        RawDocument(digest[:16], "page.txt", digest, len(text.encode()), "text/plain", "utf-8", text, stated=stated)
    )


def mentions(pages: list[Row]) -> list[tuple[str, str | None, str]]:
    """Of each labelled name what it means, the id that the rows give it, and the name."""
    found = []
    for page in pages:
        tables = cleaned(page)
        ids = {row["name"]: row["organization_id"] for row in tables["organizations"]}
        ids |= {row["organization"]: row["organization_id"] for row in tables["people"] if row["organization"]}
        ids |= {row["name"]: row["person_id"] for row in tables["people"]}
        text = "\n".join(row["text"] for row in tables["articles"])
        full = by_ending([row["name"] for row in tables["organizations"]]) | find_aliases(text, tables["organizations"])
        for name, meaning in page["means"].items():
            plain = simplify(name)
            one = ids.get(plain) or ids.get(resolve(plain, full))
            found.append((str(meaning), one, f"{name} ({page['title']})"))
    return found


def compare(pages: list[Row]) -> Pairs:
    """All pairs of the names of some articles."""
    right = said = meant = 0
    wrong = []
    for (one, one_id, one_name), (other, other_id, other_name) in combinations(mentions(pages), 2):
        same, together = one == other, one_id is not None and one_id == other_id
        right, said, meant = right + (same and together), said + together, meant + same
        if same != together:
            wrong.append(f"{'apart' if same else 'one'}: {one_name} | {other_name}")
    return Pairs(right, said, meant, wrong)


def main() -> None:
    """Prints the figures of each file, and the pairs that are told wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    for path in parser.parse_args().files:
        pages = read_yaml(path)
        found = compare(pages)
        print(f"{path}: {len(pages)} articles, {found.meant} pairs: precision {found.precision:.3f}, recall "
              f"{found.recall:.3f}, F1 {found.f1:.3f}")  # fmt: skip
        print(*found.wrong, sep="\n")


if __name__ == "__main__":
    main()
