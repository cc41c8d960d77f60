"""How much memory does a release of files take that were made to take all of it?

    python -m tests.run.bombs [KIND ...] [--each]

makes a raw folder of one file of each kind, and a sound page, runs `shegong release` on it, and prints what became of
each file and the most memory that any process of the run held (resident, VmHWM). `--each` runs it once for each kind,
a quarter of a minute each, and prints a table of them at the end.
Ends with 1 if a process held more than MOST, the run ended badly, or the sound page is not in the release.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.state import PROJECT
from tests.pages import SOURCE, STORY, TITLE

MOST = 700
"""Megabytes of any one process."""

MB = 2**20
SOUND = "\n".join([TITLE, SOURCE, *STORY])
PAGE = f"<!DOCTYPE html><meta charset=utf-8><title>{TITLE}</title><h1>{TITLE}</h1><p>{STORY[0]}</p>"


def zipped(method: int, megabytes: int = 2000, name: str = "a.txt") -> bytes:
    """A zip with one member of so many megabytes of zeros."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive, archive.open(name, "w", force_zip64=True) as member:
        for _ in range(megabytes):
            member.write(bytes(MB))
    return target.getvalue()


def squeezed(megabytes: int, piece: bytes = bytes(MB)) -> bytes:
    """So many megabytes by deflate, as in PDF."""
    engine = zlib.compressobj(9)
    return b"".join([*(engine.compress(piece) for _ in range(megabytes)), engine.flush()])


def gzipped(megabytes: int) -> bytes:
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", mtime=0) as file:
        for _ in range(megabytes):
            file.write(bytes(MB))
    return target.getvalue()


def nested() -> bytes:
    content = zipped(zipfile.ZIP_DEFLATED, 50)
    for _ in range(4):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", content)
        content = target.getvalue()
    return content


def sparse_tar() -> bytes:
    """A file of 200 GB with nothing in it, and one that says to be as large."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        holes = tarfile.TarInfo("holes.txt")
        holes.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(200 * 2**30)}
        archive.addfile(holes, io.BytesIO(b""))
        long = tarfile.TarInfo("x" * 10_000)
        archive.addfile(long)
        large = tarfile.TarInfo("large.txt")
        large.size = 200 * 2**30
        archive.fileobj.write(large.tobuf())
    return target.getvalue()


def warc(headers: bytes, block: bytes, packed: bool = True) -> bytes:
    head = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
    )
    about = b"Content-Type: application/http\r\nContent-Length: %d\r\n" % len(block)
    record = head + about + headers + b"\r\n" + block + b"\r\n\r\n"
    return gzip.compress(record, 9) if packed else record


def http(body: bytes, headers: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + body


def brotli_bomb() -> bytes:
    import brotli

    return bytes(brotli.compress(bytes(500 * MB), quality=5))


def zstd_bomb() -> bytes:
    target = pa.BufferOutputStream()
    with pa.CompressedOutputStream(target, "zstd") as stream:
        for _ in range(2000):
            stream.write(bytes(MB))
    return bytes(target.getvalue())


def parquet(values: pa.Array, **options: object) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"text": values}), target, compression="zstd", **options)
    return target.getvalue()


def one_value_often() -> bytes:
    """A page of 15 MB, a hundred thousand times."""
    indices = pa.array([0] * 100_000, pa.int32())
    return parquet(pa.DictionaryArray.from_arrays(indices, ["社" * 5 * MB]), use_dictionary=True)


def pdf(content: bytes, filters: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % resources,
        b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + table + b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))


def forms() -> bytes:
    """Eight forms, each of which draws the next ten times."""
    more = []
    for number in range(8):
        last = number == 7
        drawn = b"BT /F 12 Tf (hello) Tj ET" if last else b"/X Do " * 10
        inner = b"/Font<</F 5 0 R>>" + (b"" if last else b"/XObject<</X %d 0 R>>" % (7 + number))
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<%s>>/Length %d>>" % (inner, len(drawn))
        more.append(head + b"stream\n" + drawn + b"\nendstream")
    return pdf(b"/X Do " * 8, b"", b"/XObject<</X 6 0 R>>", *more)


def mhtml() -> bytes:
    import base64

    page = base64.encodebytes((PAGE + "<p>社" * 1_400_000).encode())
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + page[: 15 * MB] + b"\r\n--b--\r\n"


KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip, stored and nested": ("nested.zip", nested),
    "zip, deflate": ("deflate.zip", lambda: zipped(zipfile.ZIP_DEFLATED)),
    "zip, bzip2": ("bzip2.zip", lambda: zipped(zipfile.ZIP_BZIP2)),
    "zip, LZMA": ("lzma.zip", lambda: zipped(zipfile.ZIP_LZMA)),
    "gzip": ("zeros.txt.gz", lambda: gzipped(4000)),
    "gzip, empty members": ("empty.txt.gz", lambda: gzip.compress(b"", mtime=0) * 200_000),
    "xz": ("zeros.txt.xz", lambda: lzma.compress(bytes(500 * MB))),
    "bzip2": ("zeros.txt.bz2", lambda: bz2.compress(bytes(500 * MB))),
    "tar, holes": ("sparse.tar", sparse_tar),
    "warc, one record": ("record.warc.gz", lambda: warc(b"", http(bytes(900 * MB)))),
    "warc, a header": ("header.warc.gz", lambda: warc(b"X: " + b"x" * 500 * MB + b"\r\n", http(b"<p>x"))),
    "warc, headers": ("headers.warc", lambda: warc(b"X: y\r\n" * 2_000_000, http(b"<p>x"), packed=False)),
    "warc, a page's header": ("answer.warc.gz", lambda: warc(b"", http(b"<p>x", b"X: " + b"x" * 500 * MB + b"\r\n"))),
    "warc, brotli": ("br.warc", lambda: warc(b"", http(brotli_bomb(), b"Content-Encoding: br\r\n"), packed=False)),
    "warc, zstd": ("zstd.warc", lambda: warc(b"", http(zstd_bomb(), b"Content-Encoding: zstd\r\n"), packed=False)),
    "jsonl, a line": ("line.jsonl", lambda: b'{"text":"' + "社".encode() * 60 * MB + b'"}\n'),
    "jsonl, lists": ("lists.jsonl", lambda: b'{"text":"x","more":[' + b"[]," * 20 * MB + b"[]]}\n"),
    "jsonl, packed": ("packed.jsonl.gz", lambda: gzip.compress(b'{"text":"x","more":[' + b"{}," * 20 * MB + b"{}]}\n")),
    "csv, a cell": ("cell.csv", lambda: b'text,url\n"' + b"x\n" * 90 * MB + b'",y\n'),
    "csv, cells": ("cells.csv", lambda: b"text" + b"," * 30 * MB + b"\n" + b"," * 30 * MB),
    "parquet, a dictionary": ("dictionary.parquet", one_value_often),
    "parquet, a row": ("row.parquet", lambda: parquet(pa.array([bytes(700 * MB)], pa.large_binary()))),
    "parquet, rows": ("rows.parquet", lambda: parquet(pa.array([b"x"]).take(pa.array([0] * 4_500_000)))),
    "html, nested": ("nested.html", lambda: (PAGE + "<div>" * 3 * MB).encode()),
    "html, attributes": (
        "attributes.html",
        lambda: f"{PAGE}<p {' '.join(f'a{n}' for n in range(1_600_000))}>".encode(),
    ),
    "html, elements": ("elements.html", lambda: (PAGE + "<p>社" * 2_600_000).encode()),
    "html, formatting": ("formatting.html", lambda: (PAGE + "<font color=red><p>社" * 600_000).encode()),
    "text, short lines": ("lines.txt", lambda: (SOUND + "\n" + "社\n" * 4 * MB).encode()),
    "pdf, a stream": ("stream.pdf", lambda: pdf(squeezed(900, b"(a) Tj " * 150_000), b"/Filter/FlateDecode")),
    "pdf, packed twice": (
        "twice.pdf",
        lambda: pdf(zlib.compress(squeezed(3000, b" " * MB), 9), b"/Filter[/FlateDecode/FlateDecode]"),
    ),
    "pdf, forms": ("forms.pdf", forms),
    "mhtml, base64": ("page.mhtml", mhtml),
}
"""Kind to the name of a file and what makes it."""


def processes(session: int) -> Iterator[int]:
    """The processes of a session that runs."""
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session:
                yield int(entry.name)


def peak(process: int) -> tuple[int, str]:
    """Megabytes that a process held at the most, and what it is."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        command = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return 0, ""
    held = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(held.split()[1]) // 1024, command[:100]


class Outcome(NamedTuple):
    """What came of a run."""

    kinds: str
    held: int
    """Megabytes of the process that held most."""
    seconds: float
    reasons: str
    well: bool

    def __str__(self) -> str:
        said = "" if self.well else "  NOT WELL"
        return f"{self.kinds:24} {self.held:4} MB {self.seconds:4.0f} s  {self.reasons[:110]}{said}"


def run(kinds: list[str]) -> Outcome:
    """Releases these; prints what became of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = folder / "raw"
        raw.mkdir()
        (raw / "sound.txt").write_text(SOUND, encoding="utf-8")
        for kind in kinds:
            file, make = KINDS[kind]
            (raw / file).write_bytes(make())
        started = time.monotonic()
        with (folder / "told").open("w+b") as told:
            status, (held, command_held) = watched(folder, raw, told)
        made = sorted((folder / "releases").glob("v*"))
        rows = pq.read_table(made[0] / "data" / "documents.parquet").to_pylist() if made else []
        for row in rows:
            shown = {"path": row["path"][:60], "status": row["status"], "reason": (row["reason"] or "")[:110]}
            print("  ", json.dumps(shown, ensure_ascii=False))
        sound = any(row["path"] == "sound.txt" and row["status"] == "published" for row in rows)
        seconds = time.monotonic() - started
        print(
            f"{kinds[0] if len(kinds) == 1 else len(kinds)}: {held} MB, {seconds:.0f} s, by {command_held}", flush=True
        )
        if status or not sound:
            print((folder / "told").read_text("utf-8", "replace")[-3000:])
        reasons = sorted({row["reason"] or row["status"] for row in rows if row["path"] != "sound.txt"})
        well = status == 0 and sound and held <= MOST
        return Outcome(
            kinds[0] if len(kinds) == 1 else f"{len(kinds)} at once", held, seconds, "; ".join(reasons), well
        )


def watched(folder: Path, raw: Path, told: IO[bytes]) -> tuple[int, tuple[int, str]]:
    """The exit status of a release, and the most that a process of it held."""
    command = [str(Path(sys.executable).with_name("shegong")), "release", "--workers", "2", "--raw", str(raw)]
    release = subprocess.Popen(
        [*command, "--releases", str(folder / "releases")],
        cwd=PROJECT,
        env=os.environ | {"SHEGONG_STATE": str(folder / "state")},
        stdout=told,
        stderr=told,
        start_new_session=True,
    )
    peaks: dict[int, tuple[int, str]] = {}
    while release.poll() is None:
        for process in processes(release.pid):
            peaks[process] = max(peaks.get(process, (0, "")), peak(process))
        time.sleep(0.05)
    return release.returncode, max(peaks.values(), default=(0, ""))


def main() -> int:
    """0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--each", action="store_true", help="a run for each kind")
    options = parser.parse_args()
    kinds = options.kinds or list(KINDS)
    outcomes = [run([kind]) for kind in kinds] if options.each else [run(kinds)]
    print("", *outcomes, sep="\n")
    return int(not all(outcome.well for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
