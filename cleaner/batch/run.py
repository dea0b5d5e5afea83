"""A batch from plan to summary: what is done already stays, the rest goes to the workers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.clean import Task, digest_file
from cleaner.batch.manifest import Entry, Manifest
from cleaner.batch.plan import BatchError, Input, Plan
from cleaner.batch.summary import Summary, write_summary
from cleaner.batch.workers import usable_cores, work, work_on_ray
from cleaner.documents.read import display_name
from cleaner.documents.write import make_folder

if TYPE_CHECKING:
    from cleaner.pipeline import Restorer


@dataclass(frozen=True, slots=True)
class Batch:
    """Where a batch goes: texts below ``out``, all that is said of them below ``reports``. ``field`` holds the text in
    files of records; ``settings`` is the key of what the results depend on beside the inputs.
    """

    plan: Plan
    out: Path
    reports: Path
    field: str
    settings: str

    def task(self, item: Input, written: str = "") -> Task:
        """What is to be done for an input; ``written`` as in :class:`Task`."""
        return Task(item.name, item.source, self.out / item.name, self.reports / item.name, self.field, written)


@contextmanager
def open_manifest(batch: Batch, resume: bool) -> Iterator[Manifest]:
    """The manifest of ``out``, which is made where it lacks. Raises :class:`BatchError` when there is something that
    would have to be resumed, or written over.
    """
    path = batch.out / ".cleaner" / "manifest.sqlite"
    if not resume and path.exists():
        raise BatchError(f"{display_name(batch.out)} holds a batch already; add --resume to go on with it")
    if not resume and (old := next((i for i in batch.plan.inputs if (batch.out / i.name).exists()), None)):
        raise BatchError(f"{display_name(batch.out / old.name)} exists already; choose another folder")
    make_folder(path.parent)
    with closing(Manifest(path)) as manifest:
        manifest.plan(item.name for item in batch.plan.inputs)
        yield manifest


def pending(batch: Batch, manifest: Manifest, restorer: Restorer) -> list[Task]:
    """The tasks that are left: inputs that are new or changed, that failed, whose outputs are gone, or that would come
    out another way with these settings and rejections.
    """
    known = manifest.entries()
    others = manifest.judged_otherwise(restorer.rejected)
    tasks = []
    for item in batch.plan.inputs:
        entry = known.get(item.name)
        task = batch.task(item, entry.output if entry else "")
        if entry is None or item.name in others or not _stands(task, entry, batch.settings):
            tasks.append(task)
    return tasks


def run(
    batch: Batch,
    manifest: Manifest,
    tasks: Sequence[Task],
    restorer: Restorer,
    jobs: int | None,
    step: Callable[[], None],
    ray: str | None = None,
) -> Summary:
    """Do the tasks, at most ``jobs`` at a time (as many as there are cores), and write the summary.

    ``step`` is called after each task; ``ray`` is the address of a cluster that does them.

    However it ends, what is done is in the manifest. Raises :class:`BatchError` when nothing can be written any more.
    """
    try:
        crew = min(jobs or usable_cores(), len(tasks))
        started = work(tasks, restorer, crew) if ray is None else work_on_ray(tasks, restorer, ray, jobs)
        with closing(started) as outcomes:
            for outcome in outcomes:
                manifest.record(outcome, batch.settings)
                step()
    finally:
        _sweep(map(batch.task, batch.plan.inputs))
    summary = Summary(tuple(manifest.outcomes()), tuple(manifest.totals()), len(batch.plan.others))
    write_summary(summary, batch.reports, batch.out)
    return summary


def _stands(task: Task, entry: Entry, settings: str) -> bool:
    """Whether a file is done, and nothing has changed since."""
    if entry.reason is not None or entry.settings != settings:
        return False
    if not all(path.exists() for path in (task.target, *task.reports.values())):
        return False
    with suppress(OSError):
        return digest_file(task.source) == entry.input
    return False


def _sweep(tasks: Iterable[Task]) -> None:
    """Remove what a killed process left half written; see :func:`cleaner.documents.write.write_file`."""
    for folder in {place.parent for task in tasks for place in (task.target, task.report)}:
        for left in folder.glob(".cleaner-*.tmp"):
            with suppress(OSError):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
