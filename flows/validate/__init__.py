"""Gates: what must hold before anything is released. Importing this is cheap; asking the first gate is not."""

from flows.validate.gates import validate
from flows.validate.quarantine import quarantine
from flows.validate.release import validate_release
from flows.validate.report import GateResult, ValidationReport, read_report

__all__ = ["GateResult", "ValidationReport", "quarantine", "read_report", "validate", "validate_release"]
