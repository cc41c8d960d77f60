"""https: the certificate must be for the name that was asked for, although a checked address is connected to."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from flows.fetch import client
from flows.fetch.outcome import SourceReport
from tests.fetch.local_run import counted
from tests.fetch.local_site import Site, answer

Collect = Callable[..., SourceReport]


def certificate(folder: Path, name: str) -> Path:
    """A key and a certificate that it signed for itself, for that name."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(("host", "outcome"), [("news.example", "new"), ("other.example", "left")])
def test_the_certificate_is_checked_against_the_name(
    site: Site, collect: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, outcome: str
) -> None:
    pem = certificate(tmp_path, "news.example")
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(pem)
    site.wrap(served)
    site.pages["/a"] = answer("<p>x</p>")
    monkeypatch.setattr(client, "_tls", lambda: ssl.create_default_context(cafile=str(pem)))
    url = site.url("/a", host).replace("http:", "https:")
    report = collect(url=url, hosts=host, look_up=lambda host, port: ["127.0.0.1"])
    assert counted(report) == {outcome: 1}, report
    assert outcome == "new" or "certificate" in str(report.problem)


def test_a_server_that_speaks_no_tls_gives_nothing(site: Site, collect: Collect) -> None:
    report = collect(url=site.url("/a").replace("http:", "https:"))
    assert counted(report) == {"left": 1}
    assert "robots.txt cannot be read for now (no connection" in str(report.problem)
