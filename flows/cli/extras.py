"""Which extra of the package brings what is missing."""

from __future__ import annotations

EXTRAS = {
    "pipeline": ("prefect", "great_expectations", "fastapi", "sqlalchemy", "pydantic", "rensa", "httpx", "uvicorn"),
    "collect": ("fastwarc", "warcio", "httpcore", "protego", "feedparser"),
    "dask": ("dask", "distributed", "cryptography"),
    "s3": ("obstore",),
    "duckdb": ("duckdb",),
}
"""Names that each extra of pyproject.toml makes importable."""


def extra_for(error: ModuleNotFoundError) -> str | None:
    """The extra that has what could not be imported; None where it is no package of any."""
    name = (error.name or "").partition(".")[0]
    return next((extra for extra, names in EXTRAS.items() if name in names), None)
