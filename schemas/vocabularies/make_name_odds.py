"""Makes name_odds.json, by which a name without a title is told from words of the language, from a package on PyPI.

    pip install jieba==0.42.1 pyyaml
    python schemas/vocabularies/make_name_odds.py

jieba (MIT) holds a list of words with how often each was counted in news, novels and other prose, and what kind of word
each is. Of its words those of two to four characters are kept that were counted `LEAST` times and more, names of
Chinese persons left out; of its names of persons only how often a character stands where in a name, and of those in
transliteration how often it stands in one at all. Everything becomes a cost, the negative logarithm of a share, in
hundredths: a reading of a sentence costs what its words cost together.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import yaml

HERE = Path(__file__).parent
LEAST, LONGEST = 24, 4
SURE_WORD = 400
"""A word of two characters that is tagged as a name (李俊, 顾客) is kept as a word if it was counted so often."""
NAMES_PER_WORD = {"3": 1 / 150, "2": 1 / 600, "foreign": 1 / 600}
"""How often a word of news is a name of three characters, of two, in transliteration; about what bulletins hold."""
LETTER = 60
"""How many names in transliteration must hold a character so that a name of such characters alone is no Chinese one."""
GIVEN = 2
"""So often more a character of given names of today (surnames.yaml) counts; the names of jieba are those of novels."""
PLACES = tuple("省市区县州镇乡村街路山湖江河寺宫殿门岛桥族")
HAN = re.compile("[\u4e00-\u9fff]+")


def words() -> Iterator[tuple[str, int, str]]:
    """Every word of jieba, how often it was counted, and its tag (nr: a person, nrt: one in transliteration)."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install jieba==0.42.1")
    for line in (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if HAN.fullmatch(word):
            yield word, int(count), tag


def cost(share: float) -> int:
    """The negative logarithm in hundredths, as a whole number, so that all machines decide alike."""
    return round(-100 * math.log(share))


def listed(costs: Mapping[str, int]) -> dict[str, str]:
    """Words by their cost, those of one cost as one text."""
    lines: dict[int, list[str]] = defaultdict(list)
    for word, value in sorted(costs.items()):
        lines[value].append(word)
    return {str(value): " ".join(lines[value]) for value in sorted(lines)}


def rounded(value: int) -> int:
    """A cost to a fifth of a nat: more is not known, and the file gets smaller."""
    return 20 * round(value / 20)


def main() -> None:
    """Writes name_odds.json beside this script."""
    surnames = yaml.safe_load((HERE / "surnames.yaml").read_text(encoding="utf-8"))
    likes = yaml.safe_load((HERE / "words_like_names.yaml").read_text(encoding="utf-8"))
    families = frozenset("".join((surnames["common"] + surnames["rare"]).split()))
    everyday = frozenset(likes["phrases"].split()) | frozenset(likes["own"].split())
    kept: Counter[str] = Counter()
    places: dict[str, Counter[str]] = {key: Counter() for key in ("family", "second", "third", "only", "foreign")}
    foreign = [word for word, _, tag in words() if tag == "nrt"]
    places["foreign"].update("".join(foreign))
    letters = frozenset(letter for letter, count in places["foreign"].items() if count >= LETTER)
    for word, count, tag in words():
        person = (
            tag in ("nr", "nrfg") and word[0] in families and not word.endswith(PLACES) and not letters.issuperset(word)
        )
        if len(word) == 1:
            kept[word] += count
        elif person and len(word) == 3:
            places["family"][word[0]] += 1
            places["second"][word[1]] += 1
            places["third"][word[2]] += 1
        elif person and len(word) == 2 and word not in everyday and count < SURE_WORD:
            places["only"][word[1]] += 1
        elif len(word) <= LONGEST and (count >= LEAST or word in everyday):
            kept[word] += count
    for key in ("second", "third", "only"):
        places[key].update(dict.fromkeys("".join(surnames["given"].split()), GIVEN))
    total = sum(kept.values())
    out: dict[str, object] = {
        "singles": listed({w: rounded(cost((n + 3) / total)) for w, n in kept.items() if len(w) == 1 and n > 3}),
        "words": listed({w: rounded(cost(n / total)) for w, n in kept.items() if len(w) > 1}),
        "unknown": cost(3 / total),
        "name": {kind: cost(share) for kind, share in NAMES_PER_WORD.items()},
    }
    for key, found in places.items():
        every = sum(found.values()) + 600  # so much is left for characters that were never seen there
        least = 2 if key != "family" else 1
        out[key] = listed({c: rounded(cost((n + 0.2) / every)) for c, n in found.items() if n >= least})
        out[f"{key}_unknown"] = cost(0.2 / every)
    (HERE / "name_odds.json").write_text(
        json.dumps(out, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
