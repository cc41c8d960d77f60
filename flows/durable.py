"""Files and folders that survive a crash: what took its name is on disk, whole."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path


def sync(folder: Path) -> None:
    """Force every file and folder below `folder`, and itself, to disk."""
    for path in [*folder.rglob("*"), folder]:
        sync_path(path)


def replace_atomically(path: Path, content: str | bytes) -> None:
    """Write a small file so that a reader sees the old one or the new one, and a crash keeps one of them."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        sync_path(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_path(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename a folder and force the rename to disk; copies only when the target lies on another file system."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(source, target)
    sync_path(target.parent)
    if source.parent.exists():
        sync_path(source.parent)


def sync_path(path: Path) -> None:
    """Force one file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
