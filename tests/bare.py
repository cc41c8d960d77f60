"""Tries the project on machines that lack something, one thing after the other, and says what came of it.

    python3 -m tests.bare                                  # everything: half an hour and more
    python3 -m tests.bare --only shm --only fonts          # some of it
    python3 -m tests.bare --tests "-m 'not slow' tests/run tests/test_rows.py"

Each trial copies the files of the checkout, takes something away in a mount namespace of its own, and runs `make
release` and `make test` there as on a fresh machine. All releases must have the same SHA256SUMS. Needs root, or user
namespaces; what cannot be tried is said, with the reason. Nothing of the system is changed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DAY = "1795564800"
"""SOURCE_DATE_EPOCH of all releases: 26 November 2026."""

PYTHONS = range(11, 16)
"""Minor versions of Python 3 that are looked for."""

FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts", "~/.fonts", "~/.local/share/fonts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOBODY = 65534


@dataclass(frozen=True)
class Trial:
    """What is otherwise than on the machine at hand."""

    name: str
    about: str
    hidden: tuple[str, ...] = ()
    """Folders and files that are not there: a folder is empty and read-only, a file is no program."""
    environment: Mapping[str, str] = field(default_factory=dict)
    python: str = sys.executable
    plain: bool = False
    """Run by a user who is not root and has no home."""
    read_only: bool = False
    """The checkout cannot be written; environment, state and releases are elsewhere."""
    missing: str | None = None
    """Why it cannot be tried."""


C_LOCALE = {"LC_ALL": "C", "LANG": "C"}
"""As a bare machine has it; Python takes UTF-8 then (PEP 540)."""


def trials() -> Iterator[Trial]:
    """All of them; the first is the machine as it is."""
    fonts = tuple(path for path in map(os.path.expanduser, FONTS) if os.path.isdir(path))
    browsers = tuple(filter(None, map(shutil.which, BROWSERS)))
    yield Trial("plain", "the machine as it is")
    yield Trial("fonts", "no fonts", hidden=fonts)
    yield Trial("chromium", "no Chromium", hidden=browsers)
    yield Trial("shm", "no /dev/shm, so no semaphores", hidden=("/dev/shm",))
    yield Trial("locale", "LC_ALL=C", environment=C_LOCALE)
    root = None if os.getuid() == 0 else "the user is none to begin with"
    yield Trial("user", "not root, no home", plain=True, missing=root)
    yield Trial("read-only", "the checkout cannot be written", read_only=True)
    all_ = (*fonts, *browsers, "/dev/shm")
    yield Trial("all", "all of these at once", hidden=all_, environment=C_LOCALE, plain=os.getuid() == 0)
    for minor in PYTHONS:
        python = find_python(minor)
        missing = None if python else "there is none on this machine"
        yield Trial(f"3.{minor}", f"Python 3.{minor}", python=python or "", missing=missing)


def find_python(minor: int) -> str | None:
    """An interpreter of that version: this one, one of the PATH, of pyenv or of uv."""
    if sys.version_info[:2] == (3, minor):
        return sys.executable
    home = Path.home()
    known = [f"{home}/.pyenv/versions/3.{minor}.*", f"{home}/.local/share/uv/python/cpython-3.{minor}.*"]
    there = [path / "bin" / "python3" for pattern in known for path in sorted(Path("/").glob(pattern[1:]))]
    found = [*map(str, there), shutil.which(f"python3.{minor}") or ""]
    return next((path for path in found if path and _says(path, minor)), None)


def _says(python: str, minor: int) -> bool:
    code = f"import sys, ensurepip; sys.exit(sys.version_info[:2] != (3, {minor}))"
    return subprocess.run([python, "-c", code], capture_output=True).returncode == 0


def run(trial: Trial, scratch: Path, tests: str) -> tuple[str, bytes | None]:
    """What came of a trial, and the sums of its release; None if it failed."""
    folder = scratch / trial.name
    checkout, elsewhere = folder / "checkout", folder / "elsewhere"
    copy_checkout(checkout)
    elsewhere.mkdir()
    environment = {
        name: text for name, text in os.environ.items() if not name.startswith(("SHEGONG", "PYTHON", "VIRTUAL"))
    }
    environment |= {"SOURCE_DATE_EPOCH": DAY, "CI": "true", **trial.environment}
    python, where = trial.python, ""
    if trial.read_only:
        environment["SHEGONG_STATE"] = str(elsewhere / "state")
        where = f" VENV={elsewhere / 'venv'}"
    if trial.plain:
        python = "/usr/bin/python3"  # another user's home is closed to it
        environment |= {"HOME": "/nonexistent", "TMPDIR": str(elsewhere), "PATH": "/usr/local/bin:/usr/bin:/bin"}
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    make = f"make PYTHON={python}{where}"
    release = f"{make} release ARGS='--releases {elsewhere / 'releases'} --workers 2'"
    said, started = [], time.monotonic()
    for what, command in (("release", release), ("tests", f'{make} test ARGS="{tests}"')):
        log = scratch / f"{trial.name}.{what}.log"
        with log.open("wb") as out:
            done = subprocess.run(
                _inside(trial, checkout, command), env=environment, stdout=out, stderr=out, cwd=folder
            )
        last = (log.read_text("utf-8", "replace").strip().splitlines() or ["nothing was said"])[-1]
        said.append(f"{what} {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s")
        said[-1] += f" ({last})" if what == "tests" or done.returncode else ""
        if done.returncode:
            return f"{'; '.join(said)}; see {log}", None
    sums = next((elsewhere / "releases").glob("v*/SHA256SUMS")).read_bytes()
    return "; ".join(said), sums


def copy_checkout(target: Path) -> None:
    """The files of the checkout, without what git ignores."""
    command = ["git", "-C", str(PROJECT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0"):
        if name and (PROJECT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, target / name)


def _inside(trial: Trial, checkout: Path, command: str) -> list[str]:
    """A command line that runs a shell command in the checkout, where the trial's things are not there."""
    lines = ["set -e"]
    for path in trial.hidden:
        folder = os.path.isdir(path)
        lines.append(f"mount -t tmpfs -o ro,size=4k tmpfs {path}" if folder else f"mount --bind /dev/null {path}")
    if trial.read_only:
        lines += [f"mount --bind {checkout} {checkout}", f"mount -o remount,ro,bind {checkout}"]
    drop = f"setpriv --reuid {NOBODY} --regid {NOBODY} --clear-groups --bounding-set=-all --inh-caps=-all "
    lines += [f"cd {checkout}", f"exec {drop if trial.plain else ''}{command}"]
    return [*namespace(), "sh", "-c", "\n".join(lines)]


def namespace() -> list[str]:
    """The command that gives what follows it mounts of its own."""
    return ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]


def main() -> int:
    """Tries what was asked for; 0 if all of it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="TRIAL", help=", ".join(trial.name for trial in trials()))
    parser.add_argument("--tests", default="", metavar="ARGS", help="arguments of pytest: fewer tests than all")
    parser.add_argument("--scratch", type=Path, metavar="DIR", help="where copies and logs go; they stay there")
    options = parser.parse_args()
    scratch = options.scratch or Path(tempfile.mkdtemp(prefix="shegong-bare-"))
    scratch.mkdir(parents=True, exist_ok=True)
    scratch.chmod(0o755)
    if refused := subprocess.run([*namespace(), "true"], capture_output=True, text=True).stderr:
        print(f"nothing was tried: no mount namespace can be had here ({refused.strip()})")
        return 1
    first: bytes | None = None
    failed = 0
    for trial in trials():
        if options.only and trial.name not in options.only:
            continue
        if trial.missing:
            print(f"{trial.about}: not tried, {trial.missing}", flush=True)
            continue
        said, sums = run(trial, scratch, options.tests)
        first = first or sums
        same = sums is not None and sums == first
        failed += not same
        print(f"{trial.about}: {said}{'' if same or sums is None else '; OTHER SUMS'}", flush=True)
    print(f"logs: {scratch}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
