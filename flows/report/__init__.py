"""The page a maintainer opens after a run."""

from flows.report.site import write_report

__all__ = ["write_report"]
