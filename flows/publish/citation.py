"""CITATION.cff (Citation File Format 1.2)."""

from __future__ import annotations

from pathlib import Path

import yaml

from flows.folder.stage import date_of
from flows.publish.words import DESCRIPTION, LICENSE, TITLE


def write_citation(staging: Path, version: str) -> None:
    """How to cite this release."""
    citation = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it and the publishers of the texts you use.",
        "type": "dataset",
        "title": TITLE.en,
        "abstract": DESCRIPTION.en,
        "authors": [{"name": "Shegong contributors"}],
        "version": version,
        "date-released": date_of(version).isoformat(),
        "license": LICENSE["name"],
        "keywords": ["social work", "China", "news"],
    }
    text = yaml.safe_dump(citation, allow_unicode=True, sort_keys=False, width=120)
    (staging / "CITATION.cff").write_text(text, encoding="utf-8")
