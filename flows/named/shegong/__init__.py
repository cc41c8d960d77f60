"""Shegong: an open, traceable dataset of Chinese social-work news, and what makes it.

import shegong

release = shegong.load("latest")          # a release: its tables as pandas or Arrow, checked when it is loaded
page = shegong.clean(content)             # one page, HTML, text or PDF: its articles and facts
print(shegong.explain(release, "8734"))   # where the values of a document come from
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.cleaned import Cleaned as Cleaned
    from flows.cleaned import clean as clean
    from flows.cleaned import clean_all as clean_all
    from flows.errors import ShegongError as ShegongError
    from flows.publish.loader import Release as Release
    from flows.publish.loader import explain as explain
    from flows.publish.loader import load as load

    __version__: str

__all__ = ["Cleaned", "Release", "ShegongError", "__version__", "clean", "clean_all", "explain", "load"]


def __getattr__(name: str) -> Any:
    """Imports what is asked for, so that `import shegong` takes no time."""
    if name in ("Cleaned", "clean", "clean_all"):
        from flows import cleaned

        return getattr(cleaned, name)
    if name in ("Release", "explain", "load"):
        from flows.publish import loader

        return getattr(loader, name)
    if name == "ShegongError":
        from flows.errors import ShegongError

        return ShegongError
    if name == "__version__":
        from flows.run.about import own_version

        return own_version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
