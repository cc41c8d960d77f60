"""`shegong takedown`: what was taken down is written down, looked for everywhere, and removed where that is ours to do.

entry.py      writes an entry of raw/tombstones.yaml, for whatever the document is called
marks.py      what a document is told by: ids, hash, address, title, passages of its text
contents.py   what any file holds, as pieces of bytes: Parquet, Arrow, sqlite, archives, and text of every kind
search.py     marks found in the pieces of a file
places.py     where copies stand: releases, quarantine, failed builds, caches, stores; and what may be done there
check.py      all places searched
purge.py      the copies removed or rewritten
"""
