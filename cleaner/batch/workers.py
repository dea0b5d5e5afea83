"""Tasks done by worker processes, one task a worker at a time; a worker that dies fails its task and is replaced."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from cleaner.batch.clean import Task, clean_file
from cleaner.batch.outcome import Outcome
from cleaner.batch.plan import BatchError
from cleaner.documents.read import display_name
from cleaner.garbage import collect_rarely

if TYPE_CHECKING:
    from cleaner.pipeline import Restorer

_CONTEXT = get_context("spawn")
"""The one way to start a process that is safe beside threads, and the same on every system."""


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work(tasks: Iterable[Task], restorer: Restorer, jobs: int) -> Generator[Outcome, None, None]:
    """The outcomes of ``tasks`` as they come, from ``jobs`` processes. A task is taken when a worker is free for it.

    Closing the iterator stops the workers at once. Raises :class:`BatchError` when they cannot start, and when nothing
    can be written any more.
    """
    waiting = iter(tasks)
    crew = {worker.pipe: worker for worker in (_Worker(restorer) for _ in range(jobs))}
    try:
        while crew:
            for pipe in wait(list(crew)):
                worker = crew.pop(pipe)  # type: ignore[call-overload]
                outcome = worker.hear()
                if worker.died:
                    worker = _Worker(restorer)
                    crew[worker.pipe] = worker
                elif (task := next(waiting, None)) is not None:
                    worker.give(task)
                    crew[worker.pipe] = worker
                else:
                    worker.stop()
                if outcome is not None:
                    yield outcome
    finally:
        for worker in crew.values():
            worker.stop()


def work_on_ray(
    tasks: Iterable[Task], restorer: Restorer, address: str, jobs: int | None
) -> Generator[Outcome, None, None]:
    """As :func:`work`, from the workers of Ray, see :func:`cleaner.engines.ray.each`. A cluster needs folders that all
    of its machines see under the same names.
    """
    from cleaner.engines.ray import each

    def died(task: Task, cause: str) -> Outcome:
        reason = f"{display_name(task.source)}: the worker process died of it ({cause})"
        return Outcome(task.name, reason, output=task.written)

    return each(partial(clean_file, restorer=restorer), map(_anywhere, tasks), died, address=address, jobs=jobs)


def _anywhere(task: Task) -> Task:
    """A task for a process in any folder."""
    source, target, report = (path.absolute() for path in (task.source, task.target, task.report))
    return replace(task, source=source, target=target, report=report)


class _Worker:
    """A process with a pipe to it. A pool of processes would not do: when one of them dies, it gives up all tasks and
    does not tell whose fault it was. Here the end of the pipe is the end of one worker, and of one task.
    """

    def __init__(self, restorer: Restorer) -> None:
        self.pipe, end = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(end, restorer), daemon=True)
        self._process.start()
        end.close()
        self._task: Task | None = None
        self.died = False

    def give(self, task: Task) -> None:
        """Send the next task; to a worker that has just died it is lost, and its pipe tells so next."""
        self._task = task
        with suppress(OSError):
            self.pipe.send(task)

    def hear(self) -> Outcome | None:
        """The outcome of its task; ``None`` from a worker that is ready for its first. Raises :class:`BatchError`."""
        try:
            answer: Outcome | BatchError | None = self.pipe.recv()
        except (EOFError, OSError):
            answer = self._obituary()
        if isinstance(answer, BatchError):
            self.stop()
            raise answer
        return answer

    def stop(self) -> None:
        """End the process, whatever it is at: all it writes appears whole or not at all."""
        self._process.terminate()
        self._process.join()
        self.pipe.close()

    def _obituary(self) -> Outcome | BatchError:
        self.died = True
        self._process.join()
        self.pipe.close()
        code = self._process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        cause = f"{how}; out of memory?" if code == -signal.SIGKILL else how
        if self._task is None:
            return BatchError(f"a worker process died while it started ({cause}); try fewer --jobs")
        reason = f"{display_name(self._task.source)}: the worker process died of it ({cause})"
        return Outcome(self._task.name, reason, output=self._task.written)


def _serve(pipe: Connection, restorer: Restorer) -> None:
    """A worker's life: load, then clean file by file until the pipe ends, which it does too when the parent is killed.

    Ctrl-C reaches all processes of a terminal; it is for the parent to act on.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    with suppress(EOFError, BrokenPipeError):
        try:
            restorer.restore("")
        except (ValueError, OSError) as error:
            pipe.send(BatchError(str(error)))
            return
        pipe.send(None)
        while True:
            try:
                pipe.send(clean_file(pipe.recv(), restorer))
            except BatchError as error:
                pipe.send(error)
                return
