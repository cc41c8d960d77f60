"""Targets: figures that are aimed at or required, and not reached."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.heads import headed
from flows.vocabulary import load_vocabulary

_WORDS = load_vocabulary("statistic_words")
_LEAST_NOT_REQUIRED, _REACH = 10, 60
_EACH_MUST = re.compile("每[个站村名所家]|(?:[须需]|应当?|要求|必须)(?:配备|配置|有|安排|派驻|投入)")
_TARGET, _TARGET_BEHIND = headed(_WORDS["target"]), re.compile(_WORDS["target_behind"])


def is_target(text: str, q: Quantity, sentence: int) -> bool:
    """Whether a figure of the sentence that begins at `sentence` is aimed at, not reached."""
    ahead = text[max(sentence, q.start - _REACH) : q.start]
    return _TARGET.search(ahead) is not None or _TARGET_BEHIND.match(text, q.end) is not None


def is_required(text: str, q: Quantity, sentence: int) -> bool:
    """Whether a figure is the least that each must have (每个社工站…不少于2名), as one below ten is."""
    if q.qualifier != "at_least":
        return False
    return q.value < _LEAST_NOT_REQUIRED or _EACH_MUST.search(text[sentence : q.start]) is not None
