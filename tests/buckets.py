"""A real S3 server for tests: SeaweedFS, started and stopped here."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pyarrow.fs import S3FileSystem

KEY, SECRET = "tester", "for-this-test-only"
IDENTITY = (
    '{"identities": [{"name": "t", "credentials": [{"accessKey": "%s", "secretKey": "%s"}], '
    '"actions": ["Admin", "Read", "Write", "List"]}]}'
)


def environment(address: str) -> dict[str, str]:
    """What an S3 tool reads to use the server."""
    return {
        "AWS_ENDPOINT_URL": f"http://{address}",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
    }


def free_ports(count: int) -> list[int]:
    """Ports that are free, each another."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """The address of a server that keeps its files in `folder`, with a bucket `shegong` in it."""
    (folder / "s3.json").write_text(IDENTITY % (KEY, SECRET))
    parts = ("master", "volume", "filer", "s3")
    ports = dict(zip([*parts, *(f"{part}.grpc" for part in parts)], free_ports(8), strict=True))
    weed = Path(sys.executable).with_name("weed")
    command = [str(weed), "-logtostderr=true", "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    for part in parts:
        command += [f"-{part}.port={ports[part]}", f"-{part}.port.grpc={ports[f'{part}.grpc']}"]
    command += ["-filer", "-s3", f"-s3.config={folder / 's3.json'}", "-s3.iam=false", "-volume.max=20"]
    command += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false", "-s3.autoCreateBucket=false"]
    with (folder / "log").open("wb") as log:
        run = subprocess.Popen([*command, "-master.volumeSizeLimitMB=64"], stdout=log, stderr=log)
    try:
        address = f"127.0.0.1:{ports['s3']}"
        until = time.monotonic() + 60
        while True:
            try:
                files(address).create_dir("shegong")
                break
            except OSError:
                assert run.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.2)
        yield address
    finally:
        run.kill()
        run.wait(30)


def files(address: str) -> S3FileSystem:
    """The server as pyarrow sees it."""
    return S3FileSystem(access_key=KEY, secret_key=SECRET, endpoint_override=address, scheme="http",
                        region="us-east-1", allow_bucket_creation=True)  # fmt: skip
