"""Loading Great Expectations ahead of the first gate, while something else is being waited for."""

from __future__ import annotations

import logging
import warnings

from flows.validate import gates


def load() -> None:
    """Imports it and makes its context, 6 to 9 seconds; the first gate then starts at once.

    It tells of its temporary folder, and pandas of groups in patterns, which are no news to anybody.
    """
    noisy = logging.getLogger("great_expectations.data_context.types.base")  # sets its own level when imported
    noisy.addFilter(lambda record: record.levelno >= logging.WARNING)
    warnings.filterwarnings("ignore", "This pattern is interpreted as a regular expression", UserWarning)
    gates._engine()
