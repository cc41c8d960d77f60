"""Only who has a certificate of a cluster's own authority speaks to its scheduler and workers."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from flows.run.cluster import ClusterError, DaskPool
from flows.run.encryption import SecurityError, security_of
from flows.state import PROJECT
from flows.work.afresh import afresh
from tests.others import listening, spoken
from tests.run.test_cluster import cluster

ROLES = ("scheduler", "worker", "client")


def authority(folder: Path) -> Path:
    """The file that docs/operator.md shows, with a new authority and certificates that it signed for each role."""
    folder.mkdir()
    now, name = dt.datetime.now(dt.UTC), called(f"authority {folder.name}")
    master = ec.generate_private_key(ec.SECP256R1())

    def write(role: str, key: ec.EllipticCurvePrivateKey) -> None:
        made = (
            x509.CertificateBuilder()
            .subject_name(name if key is master else called(role))
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=key is master, path_length=None), critical=True)
            .sign(master, hashes.SHA256())
        )
        secret = b"" if key is master else key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{role}.pem").write_bytes(secret + made.public_bytes(Encoding.PEM))

    write("ca", master)
    for role in ROLES:
        write(role, ec.generate_private_key(ec.SECP256R1()))
    page = (PROJECT / "docs" / "operator.md").read_text("utf-8")
    (shown,) = re.findall(r"^```yaml\n(distributed:.*?)^```$", page, re.M | re.S)
    file = folder / "tls.yaml"
    file.write_text(shown.replace("/etc/shegong", str(folder)))
    return file


def called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority(tmp_path_factory.mktemp("tls") / "theirs")


@pytest.mark.slow
@pytest.mark.usefixtures("semaphores")
def test_a_cluster_with_certificates_works_for_those_who_have_them_and_for_nobody_else(
    ours: Path, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = ("--host", "tls://127.0.0.1")
    with cluster(tmp_path / "cluster", 1, *host, scheme="tls", DASK_CONFIG=str(ours)) as (address, (worker,)):
        with DaskPool(address, security=ours) as pool:
            assert pool.run(pow, 7, 2) == 49
            ports = listening(worker.pid) | {int(address.rpartition(":")[2])}
        assert len(ports) > 1
        monkeypatch.setattr("flows.run.cluster.CONNECT_SECONDS", 2.0)
        for stranger in (DaskPool(address, security=theirs), DaskPool(address.replace("tls:", "tcp:"))):
            with pytest.raises(ClusterError, match="no scheduler"), stranger:
                pass
        with pytest.raises(SecurityError, match="without which"), DaskPool(address):
            pass
        assert {spoken(port) for port in ports} == {b""}


def test_a_file_of_certificates_is_used_and_asks_for_encryption(ours: Path) -> None:
    found = security_of("tls://scheduler.example.org:8786", ours)
    assert (found.require_encryption, found.tls_client_cert) == (True, str(ours.with_name("client.pem")))


def test_the_first_use_of_a_file_leaves_the_settings_of_dask_as_they_were(ours: Path) -> None:
    """In a process where nothing of Dask is loaded yet."""
    settings = afresh(_settings_after, ours)
    assert settings == afresh(_settings_after, None)
    assert "ciphers" in settings["tls"]


def _settings_after(file: Path | None) -> dict[str, dict[str, object]]:
    import dask

    security_of("tls://127.0.0.1:1" if file else "tcp://127.0.0.1:1", file)
    settings: dict[str, dict[str, object]] = dask.config.get("distributed.comm")
    return settings


def test_certificates_for_an_address_without_tls_are_refused(ours: Path) -> None:
    with pytest.raises(SecurityError, match="not tls://"):
        security_of("tcp://scheduler.example.org:8786", ours)


def test_an_address_of_another_machine_without_tls_is_used_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    security_of("tcp://127.0.0.1:8786", None)
    assert capsys.readouterr().err == ""
    security_of("tcp://scheduler.example.org:8786", None)
    assert "whoever reaches it runs code" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    ["", "- a list", "distributed: [", "distributed: {comm: 1}", "distributed: {comm: {tls: {ca-file: /no}}}", "\0"],
)
def test_a_file_that_names_no_certificates_is_told_in_a_sentence(text: str, tmp_path: Path) -> None:
    file = tmp_path / "tls.yaml"
    file.write_text(text)
    with pytest.raises(SecurityError, match=r"operator\.md") as caught:
        security_of("tls://127.0.0.1:8786", file)
    assert caught.value.path == str(file)


def test_a_missing_certificate_and_a_broken_one_are_told_in_a_sentence(ours: Path, tmp_path: Path) -> None:
    with pytest.raises(SecurityError, match="cannot be read"):
        security_of("tls://127.0.0.1:8786", tmp_path / "none.yaml")
    for pem in (tmp_path / "none.pem", tmp_path / "tls.yaml"):
        settings = yaml.safe_load(ours.read_text())
        settings["distributed"]["comm"]["tls"]["client"] = {"cert": str(pem)}
        (tmp_path / "tls.yaml").write_text(yaml.safe_dump(settings))
        with pytest.raises(SecurityError, match="certificates cannot be used"):
            security_of("tls://127.0.0.1:8786", tmp_path / "tls.yaml")
