"""Shegong: Chinese social-work news, from raw pages to a validated and traceable dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.publish.loader import Release as Release
    from flows.publish.loader import load as load


def __getattr__(name: str) -> Any:
    """`from flows import load` without what else the command line would then import."""
    if name in ("load", "Release"):
        from flows.publish import loader

        return getattr(loader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
