"""Standard output as bytes, lines for people on standard error, and the progress bar there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress


class UseError(ValueError):
    """A command that cannot be carried out as it was given; the message says why and what to do."""


class PipeClosedError(Exception):
    """Whoever reads our standard output has closed it."""


def refuse(refusals: Iterable[tuple[object, str]]) -> None:
    """Raise :class:`UseError` with the message of the first of (wrong, message) that is wrong."""
    for wrong, message in refusals:
        if wrong:
            raise UseError(message)


def emit(data: bytes) -> None:
    """Write ``data`` to standard output as it is. Raises :class:`PipeClosedError` and :class:`UseError`."""
    if sys.stdout is None:
        raise UseError("standard output is closed; give -o")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as error:
        raise UseError(f"standard output cannot be written ({error.strerror})") from None


def emit_line(line: str) -> None:
    """Write a line to standard output, in UTF-8 whatever the locale."""
    emit(f"{line}\n".encode())


def note(line: str) -> None:
    """Write a line to standard error; a closed standard error is no error."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(line, file=sys.stderr, flush=True)


def is_terminal(stream: object) -> bool:
    """Whether ``stream`` (which may be ``None``) is a terminal."""
    isatty = getattr(stream, "isatty", None)
    return isatty is not None and bool(isatty())


@contextmanager
def progress(total: int, shown: bool) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """A bar of ``total`` steps on standard error while the block runs: gives what prints a line there, and what takes
    a step. Where it is not ``shown`` lines are printed all the same.
    """
    if not shown:
        yield note, lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed or 0:.1f}/s")

    columns = BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def line(text: str) -> None:
            bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

        def step() -> None:
            bar.advance(task)

        yield line, step
