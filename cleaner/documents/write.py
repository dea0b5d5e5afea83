"""Bytes into files, whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cleaner.documents.read import DocumentError, display_name


def write_file(path: Path, data: bytes, backup: Path | None = None) -> None:
    """Put ``data`` into ``path``: readers see the old content or the new, never a part of it.

    A file that is there keeps its mode, and with ``backup`` its old content too, under that name, which must be free.
    Links are followed; devices and pipes are written to in place. Raises :class:`DocumentError` with the old content
    untouched.
    """
    try:
        real = path.resolve()
        if real.exists() and not real.is_file():
            _write_through(real, data)
        else:
            with _replacing(real, backup) as file:
                file.write(data)
    except (OSError, RuntimeError) as error:
        raise DocumentError(f"{display_name(path)}: cannot be written ({_cause(error)})") from error


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write bit by bit: it takes the place of ``path`` when the block ends well, else nothing is left of it.

    Modes, links and devices as for :func:`write_file`. Raises :class:`DocumentError`, also for an ``OSError`` in the
    block.
    """
    try:
        real = path.resolve()
    except (OSError, RuntimeError) as error:
        raise DocumentError(f"{display_name(path)}: cannot be written ({_cause(error)})") from error
    try:
        device = real.exists() and not real.is_file()
        with real.open("wb") if device else _replacing(real) as file:
            yield file
    except OSError as error:
        raise DocumentError(f"{display_name(path)}: cannot be written ({_cause(error)})") from error


def make_folder(path: Path) -> None:
    """Make the folder ``path`` where it lacks. Raises :class:`DocumentError`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DocumentError(f"{display_name(path)}: cannot be made a folder ({_cause(error)})") from error


def _cause(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)


@contextmanager
def _replacing(path: Path, backup: Path | None = None) -> Iterator[BinaryIO]:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    fresh = _fresh_name(path)
    try:
        with fresh.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            fresh.chmod(mode)
        if backup is not None:
            _back_up(path, backup)
        try:
            fresh.replace(path)
        except OSError:
            if backup is not None:
                backup.unlink()
            raise
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _back_up(path: Path, backup: Path) -> None:
    """Keep ``path`` under the name ``backup`` too, which must be free."""
    if os.path.lexists(backup):
        raise OSError(f"its backup {display_name(backup)} exists already; move it away or choose another suffix")
    try:
        os.link(path, backup)
    except OSError:
        _copy(path, backup)


def _copy(path: Path, backup: Path) -> None:
    """As :func:`_back_up`, for file systems without hard links."""
    with backup.open("xb"):
        pass
    fresh = _fresh_name(path)
    try:
        shutil.copy2(path, fresh)
        fresh.replace(backup)
    except BaseException:
        for left in (fresh, backup):
            with suppress(OSError):
                left.unlink()
        raise


def _fresh_name(path: Path) -> Path:
    """A name beside ``path``: only there is replacing sure to be atomic."""
    return path.with_name(f".cleaner-{secrets.token_hex(8)}.tmp")
