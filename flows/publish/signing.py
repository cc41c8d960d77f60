"""Signatures of a release, made and checked by ssh-keygen, which is on nearly every machine: whoever has the public key
needs nothing of ours.

    ssh-keygen -Y verify -f signers -I shegong -n shegong -s SHA256SUMS.sig < SHA256SUMS && sha256sum -c SHA256SUMS

SHA256SUMS and provenance.json are signed. Signatures are not in SHA256SUMS: a release has the same bytes, whoever makes
it.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flows.errors import ReleaseError, ShegongError
from flows.folder.sums import NAME as SUMS
from flows.folder.sums import SIGNATURE, STATEMENT
from flows.publish.statement import contradictions, write_statement

KEY = "SHEGONG_SIGNING_KEY"
"""The file of a private key, or of a public one whose private half an ssh-agent holds; or the private key itself."""

SIGNERS = "SHEGONG_SIGNERS"
"""A file of public keys, one a line, as ssh-keygen writes them (*.pub) or as it wants them (allowed_signers)."""

NAMESPACE = "shegong"
"""A signature made for another purpose with the same key does not hold here."""

SECONDS = 60.0
"""For a signature: a key on a stick may have to be touched."""

SIGNED = (SUMS, STATEMENT)

ENVIRONMENT = {"SSH_ASKPASS": "/bin/false", "SSH_ASKPASS_REQUIRE": "force", "LC_ALL": "C"}
"""Nobody is there to type a passphrase."""


class SigningError(ShegongError):
    """A key that cannot be used, or no ssh-keygen."""


class SignatureError(ReleaseError):
    """A release that is not signed, or not by whom it should be, or not as it is."""

    exit_status = 1


class Signer(NamedTuple):
    """Who signed a release: the name beside the key among the signers, and the key's fingerprint."""

    name: str
    fingerprint: str


def check_key() -> None:
    """Tries the key, if one is given, before there is anything to sign.

    Raises:
        SigningError: it cannot be used.
    """
    with _key() as key, tempfile.TemporaryFile() as nothing:
        if key is not None:
            _sign(key, nothing.fileno())


def sign_release(release: Path, folder: Path | None = None) -> list[Path]:
    """Writes provenance.json and the signatures of a finished release into `folder`, which is the release itself when
    none is named; gives the files. Without a key it does nothing.

    Raises:
        SigningError: the key cannot be used.
        ReleaseError: a file of the release is not there or cannot be read.
    """
    folder = folder or release
    with _key() as key:
        if key is None:
            return []
        written = [write_statement(release, folder)]
        for path in (release / SUMS, folder / STATEMENT):
            with path.open("rb") as content:
                signature = _sign(key, content.fileno())
            written.append(folder / (path.name + SIGNATURE))
            written[-1].write_bytes(signature)
    return written


def is_signed(release: Path) -> bool:
    """Whether there is anything of a signature."""
    return any((release / (name + SIGNATURE)).exists() for name in SIGNED)


def check_signature(release: Path, signers: Path) -> Signer:
    """Who signed a release, of the `signers`; and what it says of itself holds.

    Raises:
        SignatureError: nobody of them, or not this.
        SigningError: the list of signers cannot be used.
    """
    with _allowed(signers) as allowed:
        found = {_check(release / name, allowed, signers) for name in SIGNED}
    if len(found) > 1:
        problem = "its sums and its provenance are signed by different keys."
        raise SignatureError("signature", problem, "Fetch the release again from who made it.", release)
    if wrong := contradictions(release):
        problem = f"it says otherwise than the release: {', '.join(wrong)}."
        raise SignatureError("provenance", problem, "Fetch the release again from who made it.", release / STATEMENT)
    return found.pop()


def _check(path: Path, allowed: Path, signers: Path) -> Signer:
    signature = path.with_name(path.name + SIGNATURE)
    if not signature.is_file() or not path.is_file():
        raise SignatureError("unsigned", "it is not signed.", "Ask who made it for a signed one.", path)
    files = ["-s", str(signature), "-f", str(allowed)]
    with path.open("rb") as content:
        named = _run(["find-principals", *files], content.fileno())
        if named.returncode:
            remedy = "Do not use it, or add that key to the list if you trust it."
            raise SignatureError("signer", f"none of the keys in {signers} signed it.", remedy, path)
        name = named.stdout.decode("utf-8", "replace").splitlines()[0].split(",")[0]
        content.seek(0)
        answer = _run(["verify", *files, "-I", name, "-n", NAMESPACE], content.fileno())
    if answer.returncode:
        raise SignatureError("signature", "its signature is not of this content.", "Fetch the release again.", path)
    return Signer(name, answer.stdout.decode("utf-8", "replace").split()[-1])


@contextmanager
def _key() -> Iterator[Path | None]:
    """The file of the key; one that stands in the environment itself is in a file for as long as it is needed."""
    given = os.environ.get(KEY, "").strip()
    if not given:
        yield None
    elif "PRIVATE KEY-----" in given:
        with tempfile.NamedTemporaryFile(prefix="shegong-") as file:  # only its owner may read it
            file.write(given.replace("\\n", "\n").encode() + b"\n")
            file.flush()
            yield Path(file.name)
    else:
        path = Path(given).expanduser()
        if not path.is_file():
            remedy = "Name the file of a private key, made by `ssh-keygen -t ed25519 -f FILE`."
            raise SigningError("signing_key", "there is no such key.", remedy, f"{KEY}={path}")
        yield path


def _sign(key: Path, content: int) -> bytes:
    answer = _run(["sign", "-f", str(key), "-n", NAMESPACE], content)
    if answer.returncode or not answer.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        said = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1].removeprefix(f"{key}: ") if said else "ssh-keygen made no signature"
        remedy = (
            "It must be readable by its owner alone; one with a passphrase goes into an ssh-agent: name its .pub file."
        )
        raise SigningError("signing_key", f"the key cannot be used: {why}.", remedy, KEY)
    return answer.stdout


def _run(arguments: Sequence[str], content: int) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", "-Y", *arguments],
            stdin=content,
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | ENVIRONMENT | {KEY: ""},
            start_new_session=True,  # away from the terminal, where it would ask for a passphrase
        )
    except FileNotFoundError as error:
        raise SigningError("ssh_keygen", "there is no ssh-keygen here.", "Install OpenSSH 8.2 or later.") from error
    except subprocess.TimeoutExpired as error:
        raise SigningError("ssh_keygen", "ssh-keygen does not end.", "Touch the key, or name another.") from error


@contextmanager
def _allowed(signers: Path) -> Iterator[Path]:
    """The list of signers as ssh-keygen wants it."""
    try:
        lines = signers.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Name a file with the public keys that you trust, one a line."
        raise SigningError("signers", "it cannot be read.", remedy, signers) from error
    bare = ("ssh-", "ecdsa-", "sk-")
    with tempfile.NamedTemporaryFile("w", prefix="shegong-", encoding="utf-8") as file:
        file.writelines(f"{NAMESPACE} {line}\n" if line.startswith(bare) else f"{line}\n" for line in lines)
        file.flush()
        yield Path(file.name)
