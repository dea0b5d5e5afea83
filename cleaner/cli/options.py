"""What several commands share: reading an input, writing an output, setting up the restorer."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.console import UseError, emit
from cleaner.cli.plan import AS_NAMED, STDIN, Reading, identity
from cleaner.documents.read import Document, display_name, read_document, read_stream

if TYPE_CHECKING:
    from cleaner.edits import EditKind
    from cleaner.normalise.typography import Typography
    from cleaner.pipeline import Restorer


def read_input(path: Path | None, reading: Reading = AS_NAMED) -> Document:
    """The document in ``path``, or on standard input for ``None``. Raises ``DocumentError``."""
    if path is None:
        stream = None if sys.stdin is None else sys.stdin.buffer
        return read_stream(stream, reading.html, utf8=reading.utf8, format=reading.format)
    return read_document(path, reading.html, utf8=reading.utf8, format=reading.format)


def read_named(file: str) -> Document:
    """The document that ``file`` names on the command line (``-``: standard input). Raises ``DocumentError``."""
    return read_input(None if file == STDIN else Path(file))


def write_output(output: str | None, data: bytes, inputs: Sequence[str]) -> None:
    """Write to the file ``output``, or to standard output for ``None``. Raises :class:`UseError` when that is one of
    ``inputs``, and ``DocumentError``.
    """
    if output is None:
        emit(data)
        return
    from cleaner.documents.write import write_file

    check_spared(Path(output), inputs)
    write_file(Path(output), data)


def check_spared(output: Path, inputs: Sequence[str]) -> None:
    """Raise :class:`UseError` when ``output`` is one of ``inputs``."""
    place = identity(output)
    if place is not None and place in [identity(Path(file)) for file in inputs if file != STDIN]:
        raise UseError(f"{display_name(output)} is an input and would be overwritten; choose another name")


def make_restorer(
    packs: Sequence[Path],
    lm: Path | None,
    kinds: str | None,
    min_confidence: float | None,
    typography: Typography = "keep",
    rejected: Collection[tuple[str, str]] = (),
) -> Restorer:
    """The restorer that the options describe. Raises :class:`UseError`."""
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise UseError("--min-confidence must lie between 0 and 1")
    from cleaner.edits import KINDS
    from cleaner.pipeline import Restorer

    wanted = KINDS if kinds is None else _kinds(kinds, KINDS)
    return Restorer(packs, lm, wanted, min_confidence, rejected, typography)


def _kinds(text: str, known: Sequence[EditKind]) -> tuple[EditKind, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise UseError(f"--kinds {text}: give one or more of {','.join(known)}, parted by commas")
    return tuple(kind for kind in known if kind in names)
