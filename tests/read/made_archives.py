"""Archives and dumps for tests, made by other programs' libraries than those that read them where there are any."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import brotli
import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGES = tuple(
    f"第{number}期社工简报\n\n五月{number}日，镇里的社工站为老人办了义诊，到场{number}00人。\n" * number
    for number in range(1, 6)
)
"""Texts of five documents, none like another."""

FILES = {f"简报/{number}.txt": page.encode() for number, page in enumerate(PAGES, 1)}


def zipped(files: Mapping[str, bytes] = FILES) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def tarred(files: Mapping[str, bytes] = FILES, mode: Literal["w", "w:gz"] = "w") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


def answer(writer: WARCWriter, number: int, body: bytes, status: str = "200 OK", **headers: str) -> None:
    """One `response` record. Headers with _ for -."""
    named = [(name.replace("_", "-"), value) for name, value in {"Content_Type": "text/plain", **headers}.items()]
    http = StatusAndHeaders(status, named, protocol="HTTP/1.1")
    about = {"WARC-Record-ID": f"<urn:uuid:{number:08}>", "WARC-Date": "2024-05-06T07:08:09Z"}
    address = f"http://example.org/{number}"
    record = writer.create_warc_record(
        address, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=about
    )
    writer.write_record(record)


def warc(bodies: Sequence[bytes] = tuple(FILES.values()), packed: bool = True) -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    for number, body in enumerate(bodies):
        answer(writer, number, body)
    return target.getvalue()


def answered() -> bytes:
    """The documents as web servers send them, each packed otherwise."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    packed: list[tuple[dict[str, str], Callable[[bytes], bytes]]] = [
        ({"Content_Encoding": "gzip"}, gzip.compress),
        ({"Content_Encoding": "deflate"}, zlib.compress),
        ({"Content_Encoding": "br"}, brotli.compress),
        ({"Transfer_Encoding": "chunked"}, lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)),
        ({"Content_Language": "zh"}, bytes),
    ]
    for number, (body, (headers, pack)) in enumerate(zip(FILES.values(), packed, strict=True)):
        answer(writer, number, pack(body), **headers, Content_Length=str(len(pack(body))))
    return target.getvalue()


def rows() -> list[dict[str, str]]:
    return [
        {"正文": page, "标题": f"第{n}期", "网址": f"http://example.org/{n}", "编号": f"n{n}"}
        for n, page in enumerate(PAGES)
    ]


def json_lines() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=n % 2 == 0) + "\n" for n, row in enumerate(rows())).encode()


def comma_separated(encoding: str = "utf-8", **format: Any) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, rows()[0].keys(), **format)
    writer.writeheader()
    writer.writerows(rows())
    return target.getvalue().encode(encoding)


def parquet() -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows()), target, row_group_size=2)
    return target.getvalue()


CONTAINERS = {
    "a.zip": zipped(),
    "a.tar": tarred(),
    "a.tar.gz": tarred(mode="w:gz"),
    "a.tgz": tarred(mode="w:gz"),
    "a.warc": warc(packed=False),
    "a.warc.gz": warc(),
    "answered.warc.gz": answered(),
    "one_stream.warc.gz": gzip.compress(warc(packed=False)),
    "a.jsonl": json_lines(),
    "a.jsonl.gz": gzip.compress(json_lines()),
    "a.csv": comma_separated(),
    "gbk.csv": comma_separated("gb18030"),
    "bom.csv": comma_separated("utf-8-sig"),
    "wide.csv": comma_separated("utf-16"),
    "a.tsv": comma_separated(delimiter="\t"),
    "a.csv.gz": gzip.compress(comma_separated()),
    "a.parquet": parquet(),
    "dump_in.zip": zipped({"x/a.jsonl.gz": gzip.compress(json_lines())}),
    "archive_in.tar": tarred({"x/a.zip": zipped()}),
}
"""The same five documents in every form."""
