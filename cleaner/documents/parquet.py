"""Parquet files: a column of texts is restored; schema, other columns, row groups and compression stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.documents.extras import needing
from cleaner.documents.pieces import RecordError, RecordsOutcome
from cleaner.documents.read import DocumentError, display_name
from cleaner.documents.write import new_file
from cleaner.normalise.residue import RuleTimeoutError

with needing("Parquet", "arrow"):
    import pyarrow as pa
    import pyarrow.parquet as pq

from cleaner.engines.arrow import restored_schema, texts, with_results

if TYPE_CHECKING:
    from cleaner.documents.pieces import Restore, Seen
    from cleaner.edits import Result

ROWS = 1024
"""Rows that are restored at a time. A row group, the unit in which files are written, is held in memory as a whole."""


def restore_parquet(
    source: Path, target: Path, field: str, restore: Restore, extra_fields: bool, seen: Seen | None
) -> RecordsOutcome:
    """Write ``source`` to ``target`` as :func:`cleaner.documents.records.restore_records` does, group by group."""
    name = display_name(source)
    rows = _Rows(field, restore, extra_fields, seen)
    with _reading(name):
        file = pq.ParquetFile(source)
    with file, new_file(target) as out:
        with _reading(name):
            schema = restored_schema(file.schema_arrow, field, extra_fields)
        with pq.ParquetWriter(out, schema, **_layout(file.metadata)) as writer:
            for group in range(file.num_row_groups):
                with _reading(name):
                    batches = [rows.restored(batch) for batch in file.iter_batches(ROWS, row_groups=[group])]
                table = pa.Table.from_batches(batches, schema)
                writer.write_table(table, max(1, len(table)))
    return RecordsOutcome(rows.read, rows.changed, tuple(rows.rejected))


class _Rows:
    """Restores batches and counts what becomes of their rows."""

    def __init__(self, field: str, restore: Restore, extra_fields: bool, seen: Seen | None) -> None:
        self._field, self._restore, self._extra_fields, self._seen = field, restore, extra_fields, seen
        self.read = self.changed = 0
        self.rejected: list[tuple[int, str]] = []

    def restored(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The next batch with its texts restored."""
        results = [self._row(text) for text in texts(batch, self._field)]
        return with_results(batch, self._field, results, self._extra_fields)

    def _row(self, text: str | None) -> Result | None:
        self.read += 1
        if text is None:
            return None
        try:
            result = self._restore(text)
        except RuleTimeoutError as error:
            self.rejected.append((self.read, str(error)))
            return None
        self.changed += bool(result.edits)
        if self._seen is not None:
            self._seen(self.read, result)
        return result


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except RecordError as error:
        raise DocumentError(f"{name}: {error}") from None
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or str(error).partition("\n")[0].rstrip(".")
        raise DocumentError(f"{name}: cannot be read as Parquet ({cause})") from error


def _layout(metadata: pq.FileMetaData) -> dict[str, Any]:
    """How the file is written, as arguments of a writer: what its first row group shows."""
    if metadata.num_row_groups == 0:
        return {}
    group = metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    codecs = {column.path_in_schema: column.compression for column in columns}
    return {
        "version": metadata.format_version,
        "compression": {path: "NONE" if codec == "UNCOMPRESSED" else codec for path, codec in codecs.items()},
        "use_dictionary": [c.path_in_schema for c in columns if any("DICTIONARY" in each for each in c.encodings)],
    }
