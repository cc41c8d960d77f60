"""Archives (zip, tar, gz, WARC) and dumps (JSONL, CSV, Parquet): containers, each record of which is a document."""

from flows.read.archives.kinds import kind_of
from flows.read.archives.record import Found, Place, Step
from flows.read.archives.walk import Contents, list_records, open_containers, read_record, record_origin

__all__ = [
    "Contents",
    "Found",
    "Place",
    "Step",
    "kind_of",
    "list_records",
    "open_containers",
    "read_record",
    "record_origin",
]
