"""Gates: what must hold before anything is released. Importing this is cheap; asking the first gate is not."""

from flows.validate.gates import day_of, quarantine, validate
from flows.validate.report import GateResult, ValidationReport, read_report

__all__ = ["GateResult", "ValidationReport", "day_of", "quarantine", "read_report", "validate"]
