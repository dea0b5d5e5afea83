"""One file cleaned: its text and its reports written, and what there is to say of it."""

from __future__ import annotations

import errno
import stat
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cleaner.batch.outcome import Outcome, Tally
from cleaner.batch.plan import BatchError
from cleaner.documents.confine import confine
from cleaner.documents.read import DocumentError, display_name, printable, read_document
from cleaner.documents.records import is_records, reject_files, restore_records
from cleaner.documents.write import make_folder, write_file
from cleaner.report import FORMATS, as_bytes

if TYPE_CHECKING:
    from cleaner.pipeline import Restorer

REPORTS = ("json", "html")
"""The formats of the reports that each document gets."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to clean: from ``source`` to ``target``, its reports at ``report`` with a suffix of their format.

    ``field`` holds the text in a file of records; ``written`` is the SHA-256 (hexadecimal) of what an earlier run wrote
    to ``target``, or empty.
    """

    name: str
    source: Path
    target: Path
    report: Path
    field: str = ""
    written: str = ""

    @property
    def reports(self) -> dict[str, Path]:
        """Where its reports lie, by format; a file of records has none."""
        formats = () if is_records(self.source) else REPORTS
        return {format: self.report.with_name(f"{self.report.name}.{format}") for format in formats}


def clean_file(task: Task, restorer: Restorer) -> Outcome:
    """Clean one file. One that cannot be cleaned gives the reason; its target is as it was.

    Raises :class:`BatchError` where no other file could be written either.
    """
    try:
        return _clean(task, restorer)
    except Exception as error:  # whatever it is, the other files go on
        if _is_full(error):
            raise BatchError(f"{' '.join(str(error).split())}; make room") from error
        return Outcome(task.name, _reason(error), output=task.written)


def digest_file(path: Path) -> str:
    """The SHA-256 (hexadecimal) of a file. Raises ``OSError``, also for a device or pipe: that might never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "no regular file")
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _clean(task: Task, restorer: Restorer) -> Outcome:
    if is_records(task.source):
        return _clean_records(task, restorer)
    read = _digest(task.source)
    document = read_document(task.source)
    result = confine(restorer.restore(document.text), document.barriers)
    data = document.rewrite(result.edits)
    written = sha256(data).hexdigest()
    _refuse_foreign(task, written)
    for format, place in task.reports.items():
        _put(place, as_bytes(FORMATS[format](result, printable(task.name))))
    _put(task.target, data)
    tally = Tally(restorer.rejected)
    tally.add(result)
    return Outcome(task.name, input=read, output=written, figures=tally.figures, uses=tally.uses)


def _clean_records(task: Task, restorer: Restorer) -> Outcome:
    """The new file and its rejects are made aside: what it holds decides whether they may take their places."""
    read, tally = _digest(task.source), Tally(restorer.rejected)
    make_folder(task.target.parent)
    with TemporaryDirectory(prefix=".cleaner-", suffix=".tmp", dir=task.target.parent) as folder:
        made = Path(folder) / task.target.name
        found = restore_records(
            task.source, made, task.field, restorer.restore, seen=lambda _, result: tally.add(result)
        )
        written = _digest(made)
        _refuse_foreign(task, written)
        for new, old in zip((*reject_files(made), made), (*reject_files(task.target), task.target), strict=True):
            if new.exists():
                new.replace(old)
            else:
                old.unlink(missing_ok=True)
    rejects = len(found.rejected)
    return Outcome(task.name, input=read, output=written, figures=tally.figures, uses=tally.uses, rejects=rejects)


def _digest(path: Path) -> str:
    try:
        return digest_file(path)
    except OSError as error:
        raise DocumentError(f"{display_name(path)}: cannot be read ({error.strerror})") from error


def _refuse_foreign(task: Task, written: str) -> None:
    """Only what a batch wrote is written over. After a kill that may be this very content, not yet in the manifest."""
    if task.target.exists() and _digest(task.target) not in (written, task.written):
        raise DocumentError(f"{display_name(task.target)}: is not as a batch wrote it; move it away")


def _put(path: Path, data: bytes) -> None:
    make_folder(path.parent)
    write_file(path, data)


def _is_full(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, OSError):
        error = error.__cause__
    return error is not None and error.errno in _FULL


def _reason(error: Exception) -> str:
    """The cause on one line; of a bug, where it is as well."""
    message = " ".join(str(error).split())
    if isinstance(error, (ValueError, OSError, RuntimeError)):
        return message
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f" at {Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else ""
    return f"failed inside ({type(error).__name__}: {message}{place}); please report it"
