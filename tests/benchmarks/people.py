"""Precision and recall of people and organizations on a labelled file.

    python -m tests.benchmarks.people ENTITIES.jsonl [--show N]

Each line is {"text": …, "entities": [[start, end, label, name], …]} with labels PER, ORG, LOC. Everything is counted
once a text and name. People: recall over those labelled that have a title next to them in that text; precision over
all rows found, a row being right when the labels hold its name. Organizations: a row is right when it and a label
hold one another (labels cut 中共|上海市委 otherwise than registers do); recall over labels of four characters and
more, which leaves out 中, 美 and other abbreviations; "exact" takes the whole name of any length. A right name that the
labels leave out counts as wrong. Who signs a story or a picture (记者某某摄) is labelled a person there, and is none of
the story here: recall is also given without them.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

from flows.extract.organizations.mentions import organizations_of
from flows.extract.people.find import find_people
from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary

MARKS = str.maketrans(
    {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B)]}
)


def titled(text: str, name: str) -> bool:
    """Whether a title stands directly before or behind any mention of the name."""
    lexicon = load_vocabulary("titles")
    before = tuple(" ".join(lexicon[key] for key in ("ranks", "professions")).split())
    behind = tuple(" ".join(lexicon[key] for key in ("after", "honorifics")).split())
    at = text.find(name)
    while at >= 0:
        if text[max(0, at - 8) : at].endswith(before) or text.startswith(behind, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def signs(text: str, name: str) -> bool:
    """Whether a name signs a story or a picture of the text: behind 记者, or in front of 摄 or 报道."""
    listed = "(?:[\u4e00-\u9fff]{2,4}[、 ])*"
    found = f"(?:记者|通讯员|摄影){listed}{re.escape(name)}|{re.escape(name)}(?:摄|报道|、[^，。]{{2,4}}摄)"
    return re.search(found, text) is not None


def main() -> None:
    """Prints the figures, and with --show the most frequent wrong and missed names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entities", type=Path)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    count: Counter[str] = Counter()
    errors: dict[str, list[str]] = {
        "wrong person": [],
        "missed person": [],
        "wrong organization": [],
        "missed organization": [],
    }
    for line in args.entities.open(encoding="utf-8"):
        record = json.loads(line)
        text = record["text"].translate(MARKS)
        reading = Reading(text)
        organizations = organizations_of(reading)
        people = {row["name"]: row["start"] for row in find_people(reading)}
        labelled = {name for *_, label, name in record["entities"] if label == "PER" and len(name) > 1}
        wanted = {name for name in labelled if titled(text, name)}
        story = {name for name in labelled if not signs(text, name)}
        untitled = story - wanted
        count.update(
            story=len(story),
            story_found=len(people.keys() & story),
            untitled=len(untitled),
            untitled_found=len(people.keys() & untitled),
            people=len(people),
            right=len(people.keys() & labelled),
            wanted=len(wanted),
            found=len(people.keys() & wanted),
        )
        errors["wrong person"] += [
            text[max(0, people[n] - 8) : people[n]] + f"[{n}]" + text[people[n] + len(n) :][:6]
            for n in people.keys() - labelled
        ]
        for name in wanted - people.keys():
            at = text.find(name)
            errors["missed person"].append(text[max(0, at - 8) : at] + f"[{name}]" + text[at + len(name) :][:6])
        names = {name.translate(MARKS) for *_, label, name in record["entities"] if label == "ORG" and len(name) > 3}
        every = {name.translate(MARKS) for *_, label, name in record["entities"] if label == "ORG" and len(name) > 1}
        own = {row["name"] for row in organizations}
        count.update(exact=len(own & every), named=len(own), every=len(every))
        for row in organizations:
            hit = any(name in row["name"] or row["name"] in name for name in every)
            count.update(organizations=1, organizations_right=hit)
            if not hit:
                errors["wrong organization"].append(
                    text[max(0, row["start"] - 6) : row["start"]] + f"[{row['name']}]" + text[row["end"] :][:4]
                )
        for name in names:
            hit = any(name in row["name"] or row["name"] in name for row in organizations)
            count.update(labels=1, labels_found=hit)
            if not hit:
                errors["missed organization"].append(name)
    for what, hits, of in (
        ("people with a title, recall", "found", "wanted"),
        ("people of the story, recall", "story_found", "story"),
        ("people of the story without a title, recall", "untitled_found", "untitled"),
        ("people found, precision", "right", "people"),
        ("organizations, exact precision", "exact", "named"),
        ("organizations, exact recall", "exact", "every"),
        ("organizations, precision", "organizations_right", "organizations"),
        ("organizations, recall", "labels_found", "labels"),
    ):
        print(f"{what}: {count[hits] / count[of]:.3f} ({count[hits]}/{count[of]})")
    for kind, cases in errors.items():
        for case in cases[: args.show]:
            print(f"{kind}: {case!r}")


if __name__ == "__main__":
    main()
