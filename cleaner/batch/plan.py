"""Which files a batch takes, and the name of each below the output folder; settled before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from glob import has_magic, iglob
from pathlib import Path

from cleaner.documents.read import display_name
from cleaner.documents.records import SUFFIXES as RECORDS

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", *RECORDS)
"""What a batch takes; other files are counted and left where they are."""


class BatchError(ValueError):
    """A batch that cannot start or go on; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to clean; ``name`` is its path below the output folder, parted by slashes."""

    name: str
    source: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """The inputs in order of name, and the files that are left out for their suffix."""

    inputs: tuple[Input, ...]
    others: tuple[Path, ...]


def make_plan(places: Sequence[str], listed: Iterable[str], out: Path, reports: Path) -> Plan:
    """What ``places`` (files, folders, patterns) and the ``listed`` paths name.

    The tree below the deepest folder that holds them all is mirrored in ``out``. Hidden files and folders are left out,
    and so is what lies in ``out`` or ``reports``. Raises :class:`BatchError` for places that are not there and for
    inputs that would be overwritten.
    """
    out, reports = out.resolve(), reports.resolve()
    found = [pair for place in places for pair in _files(place)]
    found += [(file.parent, [file]) for file in map(_file, map(Path, listed))]
    if not found:
        raise BatchError("no input: name a folder, files or patterns, or pipe a list of paths into -")
    base = Path(os.path.commonpath([root for root, _ in found]))
    own = [folder for folder in (out, reports) if folder != base and folder.is_relative_to(base)]
    paths = sorted({path for _, files in found for path in files})
    kept = [path for path in paths if not any(path.is_relative_to(folder) for folder in own)]
    inputs = [Input(path.relative_to(base).as_posix(), path) for path in kept if path.suffix.lower() in SUFFIXES]
    _refuse_overwriting(inputs, base, out, reports)
    return Plan(tuple(inputs), tuple(path for path in kept if path.suffix.lower() not in SUFFIXES))


def read_list(data: bytes) -> list[str]:
    r"""The paths in a list: one a line, or ended by NUL as by ``find -print0``.

    >>> read_list(b"a.txt\nb c.txt\n"), read_list(b"a.txt\0b\nc.txt\0")
    (['a.txt', 'b c.txt'], ['a.txt', 'b\nc.txt'])
    """
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(part) for part in parts if part]


def _files(place: str) -> Iterator[tuple[Path, Iterable[Path]]]:
    """The folder that a place is seen from, with its files."""
    path = Path(place)
    if path.is_dir():
        yield path.resolve(), _walk(path.resolve())
    elif path.exists():
        yield _file(path).parent, [_file(path)]
    elif has_magic(place):
        yield _fixed_part(path).resolve(), _matches(place)
    else:
        raise BatchError(f"{display_name(path)}: no such file or folder; check the spelling")


def _walk(folder: Path) -> Iterator[Path]:
    """All files below ``folder`` that are not hidden; links to folders are not followed, so there are no circles."""
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent) / name for name in names if not name.startswith("."))


def _unreadable(error: OSError) -> None:
    raise BatchError(f"{display_name(Path(error.filename))}: cannot be listed ({error.strerror})") from error


def _matches(pattern: str) -> Iterator[Path]:
    """What a pattern names; folders among it are taken whole. This ``glob`` leaves out what is hidden."""
    for match in map(Path, iglob(pattern, recursive=True)):  # noqa: PTH207
        yield from _walk(match.resolve()) if match.is_dir() else [_file(match)]


def _fixed_part(pattern: Path) -> Path:
    """The folder of a pattern before its first wildcard, so that names stay when other files come to match.

    >>> _fixed_part(Path("pages/2021/*/a*.txt")).as_posix()
    'pages/2021'
    """
    return next(parent for parent in pattern.parents if not has_magic(str(parent)))


def _file(path: Path) -> Path:
    """The whole path, links in its folders followed, but not a link that it is itself: that is a name of its own."""
    return _resolved(path.parent.absolute()) / path.name


@lru_cache(maxsize=1024)
def _resolved(folder: Path) -> Path:
    return folder.resolve()


def _refuse_overwriting(inputs: Sequence[Input], base: Path, out: Path, reports: Path) -> None:
    if base.is_relative_to(reports):
        raise BatchError(f"{display_name(reports)} holds the inputs; give --reports another folder")
    sources = {_identity(item.source) for item in inputs} - {None}
    for item in inputs:
        target = out / item.name
        if _identity(target) in sources:
            raise BatchError(f"{display_name(target)} is an input and would be overwritten; choose another folder")
        if target.is_relative_to(reports):
            raise BatchError(f"{display_name(target)} would lie among the reports; give --reports another folder")


def _identity(path: Path) -> tuple[int, int] | None:
    """What two paths to one file have in common; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
