"""What goes where, settled before anything is read or written."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.cli.console import UseError, is_terminal, refuse
from cleaner.documents.read import Format, HtmlMode, display_name, format_of

BACKUP = ".orig"
"""The default suffix of backups."""
STDIN = "-"
_SINGLE = ("html", "sarif", "docx")
"""Formats whose reports do not follow one another on a stream."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read, see :func:`cleaner.documents.read.read_document`."""

    html: HtmlMode = "in-place"
    utf8: bool = False
    format: Format | None = None

    def of(self, source: Path | None) -> Format:
        """The format that a source is read as; ``None`` is standard input."""
        return self.format or ("txt" if source is None else format_of(source))


AS_NAMED = Reading()
"""Each input as its name tells."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for, as written on the command line."""

    files: Sequence[str]
    output: str | None = None
    in_place: bool = False
    backup: str | None = None
    check: bool = False
    reports: Sequence[str] = ()
    reading: Reading = AS_NAMED


@dataclass(frozen=True, slots=True)
class Job:
    """One input: where it comes from (``None``: stdin), where its text goes (``None``: stdout), the name that keeps
    its old content, and its reports as format and place (``None``: stdout).
    """

    source: Path | None
    text: Path | None
    backup: Path | None
    reports: tuple[tuple[str, Path | None], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs in order, what is common to them, the ``folders`` to make where they lack, and the reports ``on_all``
    inputs together, as format and place.
    """

    jobs: tuple[Job, ...]
    check: bool
    in_place: bool
    folders: frozenset[Path]
    on_all: tuple[tuple[str, Path], ...]
    reading: Reading

    @property
    def uses_stdout(self) -> bool:
        """Whether texts, findings or reports go to standard output."""
        return self.check or any(job.text is None or None in dict(job.reports).values() for job in self.jobs)


@dataclass(frozen=True, slots=True)
class Wish:
    """A report as asked for: its format, and its path as written (``None``: stdout)."""

    format: str
    path: str | None


def make_plan(request: Request, formats: Collection[str], joined: Collection[str] = ()) -> Plan:
    """The plan for ``request``, with reports in ``formats``; those ``joined`` can be on several inputs at once. Raises
    :class:`UseError` for options that do not go together, and for outputs that would take each other's place or an
    input's.
    """
    wishes = [read_wish(text, formats) for text in request.reports]
    _check_options(request, wishes, joined)
    several = len(request.files) > 1
    on_all = [(w.format, Path(w.path)) for w in wishes if several and w.path and not _has_places(w.path)]
    wishes = [wish for wish in wishes if (wish.format, Path(wish.path or "")) not in on_all]
    jobs = tuple(_job(request, file, wishes) for file in request.files)
    _check_places(jobs, request.in_place, [place for _, place in on_all])
    folders = frozenset(_folders(request, wishes, jobs))
    return Plan(jobs, request.check, request.in_place, folders, tuple(on_all), request.reading)


def identity(path: Path) -> object:
    """What two paths to one file have in common, be it there or not; ``None`` for devices and pipes."""
    try:
        found = path.stat()
    except OSError:
        return os.path.normcase(os.path.realpath(path))
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode) else None


def read_wish(text: str, formats: Collection[str]) -> Wish:
    """The format and place of a report. Raises :class:`UseError`.

    >>> read_wish("json=a=b.json", ["json"])
    Wish(format='json', path='a=b.json')
    """
    name, equals, path = text.partition("=")
    if name not in formats:
        raise UseError(f"--report {text}: the format must be one of {', '.join(formats)}")
    if equals and not path:
        raise UseError(f"--report {text}: a path must follow the =")
    return Wish(name, path or None)


def _check_options(request: Request, wishes: Sequence[Wish], joined: Collection[str]) -> None:
    several = len(request.files) > 1
    loose = [wish for wish in wishes if wish.path is None]
    single = [wish.format for wish in loose if several and wish.format in _SINGLE]
    to_stdout = request.output is None and not request.in_place
    reads = [request.reading.of(None if file == STDIN else Path(file)) for file in request.files]
    extracts = request.reading.html == "extract" and "html" in reads
    packed = to_stdout and not request.check and "docx" in reads
    refusals = (
        (request.files.count(STDIN) > 1, "- is given twice; stdin can be read once"),
        (request.in_place and STDIN in request.files, "--in-place cannot change stdin; leave one of them out"),
        (request.in_place and request.output is not None, "--in-place and -o exclude each other"),
        (request.check and not to_stdout, "--check changes nothing; leave out -o and --in-place"),
        (request.backup is not None and not request.in_place, "--backup goes with --in-place"),
        (request.in_place and extracts, "--html extract makes plain text of pages; give -o instead of --in-place"),
        (packed and (several or is_terminal(sys.stdout)), "a .docx is no text for stdout; give -o or --in-place"),
        ("/" in (request.backup or "") or os.sep in (request.backup or ""), "--backup is a suffix, not a path"),
        (len(loose) > 1, "only one --report can go to stdout; give the others a path, as in --report html=page.html"),
        (bool(loose) and request.check, "--check prints to stdout; give --report a path, as in --report json=r.json"),
        (bool(loose) and to_stdout, "the report takes stdout; give -o or --in-place, or --report a path"),
        (bool(single), f"for several inputs give the {' '.join(single)} report a path: {' '.join(single)}=FOLDER/"),
        (several and _is_file(request.output), f"{request.output} is a file; -o must be a folder for several inputs"),
    )
    refuse(refusals)
    for wish in wishes:
        if several and wish.path and wish.format not in joined and not _has_places(wish.path):
            raise UseError(
                f"--report {wish.format}={wish.path}: for several inputs give FOLDER/ or a path with {{name}}"
            )


def _job(request: Request, file: str, wishes: Sequence[Wish]) -> Job:
    source = None if file == STDIN else Path(file)
    reports = tuple((wish.format, _report_place(wish, source)) for wish in wishes)
    text = source if request.in_place else _text_place(request, source)
    suffix = BACKUP if request.backup is None else request.backup
    keep = request.in_place and source is not None and suffix
    return Job(source, text, Path(f"{os.path.realpath(file)}{suffix}") if keep else None, reports)


def _text_place(request: Request, source: Path | None) -> Path | None:
    if request.output is None:
        return None
    if len(request.files) > 1 or _is_folder(request.output):
        name = _file_name(source)
        extracted = request.reading.html == "extract" and request.reading.of(source) == "html"
        return Path(request.output) / (Path(name).with_suffix(".txt") if extracted else name)
    return Path(request.output)


def _report_place(wish: Wish, source: Path | None) -> Path | None:
    if wish.path is None:
        return None
    path = wish.path.replace("{name}", _file_name(source))
    return Path(path) / f"{_file_name(source)}.{wish.format}" if _is_folder(path) else Path(path)


def _has_places(path: str) -> bool:
    """Whether ``path`` leads to a place for each input."""
    return _is_folder(path) or "{name}" in path


def _file_name(source: Path | None) -> str:
    return "stdin" if source is None else source.name


def _is_folder(path: str) -> bool:
    return path.endswith(("/", os.sep)) or Path(path).is_dir()


def _is_file(path: str | None) -> bool:
    return path is not None and not _is_folder(path) and Path(path).exists()


def _folders(request: Request, wishes: Sequence[Wish], jobs: Sequence[Job]) -> Iterator[Path]:
    if request.output is not None and (len(jobs) > 1 or _is_folder(request.output)):
        yield Path(request.output)
    for at, wish in enumerate(wishes):
        if wish.path and _has_places(wish.path):
            yield from (place.parent for job in jobs if (place := job.reports[at][1]))


def _check_places(jobs: Sequence[Job], in_place: bool, on_all: Sequence[Path]) -> None:
    inputs = {identity(job.source): job.source for job in jobs if job.source is not None}
    taken: dict[object, Path] = {}
    outputs = [(job, (job.text, job.backup, *(place for _, place in job.reports))) for job in jobs]
    places = [(place, job.source) for job, listed in outputs for place in listed if place]
    for place, source in (*places, *((place, None) for place in on_all)):
        key = identity(place)
        if key is None:
            continue
        if key in taken:
            raise UseError(f"{display_name(place)} would be written twice; give each input an output of its own")
        if key in inputs and not (in_place and place is source):
            raise UseError(f"{display_name(place)} is an input and would be overwritten; choose another name")
        taken[key] = place
