"""A release that is signed: checked by ssh-keygen alone, and by `shegong verify`; tampered with, it does not pass."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.cli import main
from flows.folder.files import sha256
from flows.folder.sums import damaged_files, read_sums, write_sums
from flows.publish.channel import publish
from flows.publish.signing import (
    KEY,
    SignatureError,
    SigningError,
    check_key,
    check_signature,
    is_signed,
    sign_release,
)
from tests.publish.releases import build

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs OpenSSH")


def make_key(path: Path, passphrase: str = "") -> Path:
    options = ["-q", "-t", "ed25519", "-N", passphrase, "-C", "release@example.org", "-f", str(path)]
    subprocess.run(["ssh-keygen", *options], check=True)
    return path


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_key(tmp_path_factory.mktemp("keys") / "key")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_key(tmp_path_factory.mktemp("keys") / "other")


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, built_at = tmp_path_factory.mktemp("unsigned"), "2026-11-22T03:00:00+00:00"
    return build(folder, commit="0" * 40, lock="1" * 64, built_at=built_at)


@pytest.fixture
def signed(unsigned: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    release = Path(shutil.copytree(unsigned, tmp_path / unsigned.name))
    monkeypatch.setenv(KEY, str(key))
    sign_release(release)
    monkeypatch.delenv(KEY)
    return release


def signers(key: Path) -> Path:
    return key.with_suffix(".pub")


def test_without_a_key_nothing_is_signed(unsigned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    assert sign_release(unsigned, tmp_path) == []
    assert not is_signed(unsigned)
    check_key()


def test_the_bytes_that_are_summed_are_the_same_signed_or_not(signed: Path, unsigned: Path) -> None:
    assert (signed / "SHA256SUMS").read_bytes() == (unsigned / "SHA256SUMS").read_bytes()
    assert damaged_files(signed) == {}


def test_a_stranger_checks_it_with_ssh_keygen_alone(signed: Path, key: Path, tmp_path: Path) -> None:
    (tmp_path / "signers").write_text(f"shegong {signers(key).read_text()}")
    for name in ("SHA256SUMS", "provenance.json"):
        command = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "signers"), "-I", "shegong", "-n", "shegong"]
        with (signed / name).open("rb") as content:
            subprocess.run([*command, "-s", f"{signed / name}.sig"], stdin=content, check=True, capture_output=True)


def test_the_statement_names_files_raw_documents_commit_and_lock_file(signed: Path) -> None:
    found = json.loads((signed / "provenance.json").read_text(encoding="utf-8"))
    assert found["_type"] == "https://in-toto.io/Statement/v1"
    assert found["predicateType"] == "https://slsa.dev/provenance/v1"
    subjects = {entry["name"]: entry["digest"]["sha256"] for entry in found["subject"]}
    assert subjects == {**read_sums(signed), "SHA256SUMS": sha256(signed / "SHA256SUMS")}
    needs = {entry["name"]: entry["digest"] for entry in found["predicate"]["buildDefinition"]["resolvedDependencies"]}
    assert needs["code"] == {"gitCommit": "0" * 40}
    assert needs["requirements.txt"] == {"sha256": "1" * 64}
    assert sum(name.startswith("raw/") for name in needs) == 5


def test_who_signed_it_is_told(signed: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_signature(signed, signers(key)).fingerprint.startswith("SHA256:")
    assert main(["verify", str(signed), "--signature-only", "--signers", str(signers(key))]) == 0
    assert "signed by shegong, SHA256:" in capsys.readouterr().out


def write(name: str, content: str) -> Callable[[Path], object]:
    return lambda release: (release / name).write_text(content)


def change_a_table_and_mend_the_sums(release: Path) -> None:
    (release / "CITATION.cff").write_text("another: author\n")
    write_sums(release)


def change_the_commit(release: Path) -> None:
    build = json.loads((release / "build.json").read_text())
    (release / "build.json").write_text(json.dumps(build | {"commit": "f" * 40}))


def change_the_statement(release: Path) -> None:
    path = release / "provenance.json"
    path.write_text(path.read_text().replace("raw/", "raw/./", 1))


def take_the_other_signature(release: Path) -> None:
    shutil.copyfile(release / "provenance.json.sig", release / "SHA256SUMS.sig")


@pytest.mark.parametrize(
    "tamper",
    [
        change_a_table_and_mend_the_sums,
        change_the_commit,
        change_the_statement,
        take_the_other_signature,
        write("SHA256SUMS.sig", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"),
        write("provenance.json.sig", ""),
        lambda release: (release / "SHA256SUMS.sig").unlink(),
        lambda release: (release / "provenance.json").unlink(),
    ],
)
def test_what_was_tampered_with_does_not_pass(
    tamper: Callable[[Path], object], signed: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(signed)
    with pytest.raises(SignatureError):
        check_signature(signed, signers(key))
    assert main(["verify", str(signed), "--signature-only", "--signers", str(signers(key))]) == 1
    assert str(signed) in capsys.readouterr().err


def test_a_file_that_its_sum_does_not_fit_does_not_pass(signed: Path, key: Path) -> None:
    (signed / "data" / "people.csv").write_text("rot")
    assert main(["verify", str(signed), "--signature-only", "--signers", str(signers(key))]) == 2


def test_another_key_or_another_purpose_does_not_pass(
    signed: Path, key: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SignatureError, match="none of the keys"):
        check_signature(signed, signers(other))
    monkeypatch.setenv(KEY, str(key))
    monkeypatch.setattr("flows.publish.signing.NAMESPACE", "file")
    sign_release(signed)
    monkeypatch.undo()
    with pytest.raises(SignatureError, match="not of this content"):
        check_signature(signed, signers(key))


def test_two_halves_by_two_signers_do_not_pass(
    signed: Path, key: Path, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, str(other))
    (tmp_path / "by other").mkdir()
    sign_release(signed, tmp_path / "by other")
    shutil.copyfile(tmp_path / "by other" / "SHA256SUMS.sig", signed / "SHA256SUMS.sig")
    both = tmp_path / "signers"
    both.write_text(signers(key).read_text() + signers(other).read_text())
    with pytest.raises(SignatureError, match="different keys"):
        check_signature(signed, both)


def test_an_unsigned_release_does_not_pass_and_nobody_is_trusted_by_default(
    unsigned: Path, signed: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(unsigned), "--signature-only", "--signers", str(signers(key))]) == 1
    assert main(["verify", str(signed), "--signature-only"]) == 2
    assert "--signers FILE" in capsys.readouterr().err


def test_the_key_itself_in_the_environment_is_used_and_shown_nowhere(
    signed: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("SHA256SUMS.sig", "provenance.json.sig", "provenance.json"):
        (signed / name).unlink()
    text = key.read_text()
    monkeypatch.setenv(KEY, text.replace("\n", "\\n"))
    sign_release(signed)
    check_signature(signed, signers(key))
    lines = text.splitlines()
    monkeypatch.setenv(KEY, "\n".join([lines[0], *lines[2:]]))
    with pytest.raises(SigningError) as error:
        check_key()
    assert not any(line in str(error.value) + "".join(capfd.readouterr()) for line in lines[1:-1])


def test_keys_that_cannot_be_used_are_told_before_the_work(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_to_all = Path(shutil.copyfile(key, tmp_path / "open"))
    open_to_all.chmod(0o644)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("某区社工站揭牌\n")
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    for bad in (
        tmp_path / "nowhere",
        open_to_all,
        make_key(tmp_path / "locked", "a passphrase"),
        tmp_path / "raw/a.txt",
    ):
        monkeypatch.setenv(KEY, str(bad))
        options = ["--raw", str(tmp_path / "raw"), "--releases", str(tmp_path / "releases")]
        assert main(["release", *options]) == 2
        said = capsys.readouterr().err
        assert KEY in said
        assert "starting" not in said


def test_a_published_release_takes_its_signature_along_and_the_open_tier_gets_its_own(
    signed: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, opened = tmp_path / "full", tmp_path / "opened"
    publish(signed, str(full), tier="full")
    assert check_signature(full / signed.name, signers(key))
    publish(signed, str(opened))
    assert not is_signed(opened / signed.name)
    monkeypatch.setenv(KEY, str(key))
    publish(signed, str(opened))  # that it is signed may come later
    assert check_signature(opened / signed.name, signers(key))
    assert (opened / signed.name / "SHA256SUMS").read_bytes() != (signed / "SHA256SUMS").read_bytes()
