"""Tables to a release: files, metadata, difference to the release before, and the move that makes it visible.

What the flow needs, in order:
    concat(parts)                                      shards' tables to one sorted set
    next_version(releases, day), latest(releases)      what to call it, what was before
    release.build_release(tables, releases, version, documents_read, build, state)
or step by step, from flows.publish.release and flows.folder.stage:
    check(tables, version, documents_read)             gates, quarantine, gates again
    write_staging(tables, report, releases, version)   all files, summed
    write_build(staging, build)                        the volatile facts
    refuse(staging, report, state, version)            a gate failed: keep aside, raise GateError
    keep_quarantined(taken, report, state, version)    rows of documents left out
    commit(staging, releases, version)                 fsync, rename, latest.json
"""

from flows.arrow_rows import concat, in_order, to_arrow
from flows.folder.stage import latest, next_version, read_build, versions

__all__ = ["concat", "in_order", "latest", "next_version", "read_build", "to_arrow", "versions"]
