"""Words and lines that sites put around their stories, invented: those of words.yaml; {n} is a number, {site} and
{place} are names."""

from __future__ import annotations

from pathlib import Path

import yaml

_WORDS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))

PLACES = tuple(_WORDS["places"])
SITES = tuple(_WORDS["sites"])
MENU = tuple(_WORDS["menu"])
SLOGANS = tuple(_WORDS["slogans"])
TOOLS = tuple(_WORDS["tools"])
RELATED = tuple(_WORDS["related"])
NOTICES = tuple(_WORDS["notices"])
FEET = tuple(_WORDS["feet"])
PROMPTS = tuple(_WORDS["prompts"])
COMMENTERS = tuple(_WORDS["commenters"])
PLAYER = tuple(_WORDS["player"])
DIALOGS = tuple(_WORDS["dialogs"])
COMMENT_FORM = tuple(_WORDS["comment_form"])
STORY_FOOT = tuple(_WORDS["story_foot"])
ENTRY_TOOLS = tuple(_WORDS["entry_tools"])
BOARDS = tuple(_WORDS["boards"])
RANKS = tuple(_WORDS["ranks"])
SIGNATURES = tuple(_WORDS["signatures"])
POST_TOOLS = tuple(_WORDS["post_tools"])
REPLIES = tuple(_WORDS["replies"])
