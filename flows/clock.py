"""The day on which a run is made."""

from __future__ import annotations

import datetime as dt
import os
from zoneinfo import ZoneInfo

from flows.errors import ShegongError


def today() -> dt.date:
    """The day a release is named after: in China, where the news is dated; SOURCE_DATE_EPOCH sets it for rebuilds.

    Raises:
        ShegongError: SOURCE_DATE_EPOCH is no time.
    """
    zone, epoch = ZoneInfo("Asia/Shanghai"), os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return dt.datetime.now(zone).date()
    try:
        if not (epoch.isascii() and epoch.isdecimal()):
            raise ValueError(epoch)
        return dt.datetime.fromtimestamp(int(epoch), zone).date()
    except (ValueError, OverflowError, OSError) as error:
        problem = f"{epoch[:40]!r} is no time."
        remedy = "Give seconds since 1970, such as 1764000000, or unset it."
        raise ShegongError("epoch", problem, remedy, "SOURCE_DATE_EPOCH") from error
