"""The page a maintainer opens after a run."""

from flows.report.page import write_report

__all__ = ["write_report"]
