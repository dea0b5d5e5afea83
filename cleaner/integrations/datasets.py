"""Hugging Face ``datasets``: the texts in one column restored by ``map``.

::

    from cleaner.integrations.datasets import restore

    dataset = dataset.map(restore(field="text"), batched=True, num_proc=4)
    dataset = dataset.with_format("arrow").map(restore(extra_fields=True), batched=True).with_format(None)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner import __version__
from cleaner.documents.extras import needing

with needing("The function for datasets", "datasets"):
    import pyarrow as pa

from cleaner.engines.arrow import restore_table

if TYPE_CHECKING:
    from cleaner.pipeline import Restorer


@dataclass(frozen=True, slots=True)
class Restore:
    """What :func:`restore` gives: a function of batches that is pickled as its options, so that its hash is stable."""

    field: str
    restorer: Restorer
    extra_fields: bool
    version: str = __version__

    def __call__(self, batch: Any) -> Any:
        """A batch with its texts restored: of a table the whole, of a dictionary of lists the column that changes."""
        if isinstance(batch, pa.Table):
            return restore_table(batch, self.field, self.restorer, self.extra_fields)
        if self.extra_fields:
            raise ValueError('extra fields need columns of known types: dataset.with_format("arrow").map(…)')
        texts = pa.table({self.field: pa.array(batch[self.field], pa.string())})
        return restore_table(texts, self.field, self.restorer).to_pydict()


def restore(field: str = "text", restorer: Restorer | None = None, extra_fields: bool = False) -> Restore:
    """A function for ``map(…, batched=True)`` that restores the texts in column ``field``; ``None`` stays.

    ``extra_fields`` adds ``edits``, ``spin_rate``, ``dialect`` and ``spun``, for datasets in the format ``arrow``. What
    ``datasets`` caches goes by these options and the version of cleaner; after a change in the folder of a pack give
    ``load_from_cache_file=False``.
    """
    from cleaner.pipeline import default_restorer

    return Restore(field, restorer or default_restorer(), extra_fields)
