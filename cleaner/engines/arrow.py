"""Arrow record batches: a column of texts is restored, all other columns stay as they are.

These functions know no engine, and serve each that hands out record batches. In Spark::

    from cleaner.engines.arrow import restore_batches

    frame.mapInArrow(restore_batches, frame.schema)  # the texts in column "text"
    frame.mapInArrow(partial(restore_batches, field="body", restorer=Restorer(packs=[…])), frame.schema)

in Ray Data::

    dataset.map_batches(restore_table, batch_format="pyarrow")
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cleaner.documents.extras import needing
from cleaner.documents.pieces import EXTRA_FIELDS, RecordError, extras
from cleaner.normalise.residue import RuleTimeoutError

with needing("Arrow", "arrow"):
    import pyarrow as pa

if TYPE_CHECKING:
    from cleaner.edits import Result
    from cleaner.pipeline import Restorer

_EDIT = {
    "start": pa.int64(),
    "end": pa.int64(),
    "before": pa.string(),
    "after": pa.string(),
    "kind": pa.string(),
    "source": pa.string(),
    "confidence": pa.float64(),
}
_TYPES = pa.list_(pa.struct(_EDIT.items())), pa.float64(), pa.string(), pa.float64()
EXTRA_COLUMNS = tuple(pa.field(name, type) for name, type in zip(EXTRA_FIELDS, _TYPES, strict=True))
"""The columns that may be added. All of them are null for a text that is null or could not be restored."""
_log = logging.getLogger(__name__)


def restore_batches(
    batches: Iterable[pa.RecordBatch],
    field: str = "text",
    restorer: Restorer | None = None,
    extra_fields: bool = False,
) -> Iterator[pa.RecordBatch]:
    """The batches with the texts in column ``field`` restored, and with ``extra_fields`` the :data:`EXTRA_COLUMNS`.

    A text that cannot be restored comes out as it went in, and a warning is logged. Raises ``RecordError`` (a
    ``ValueError``) where there is no such column of texts.
    """
    if restorer is None:
        from cleaner.pipeline import default_restorer

        restorer = default_restorer()
    for batch in batches:
        results = [None if text is None else _attempt(restorer, text) for text in texts(batch, field)]
        yield with_results(batch, field, results, extra_fields)


def restore_table(
    table: pa.Table, field: str = "text", restorer: Restorer | None = None, extra_fields: bool = False
) -> pa.Table:
    """As :func:`restore_batches`, for engines that hand out tables."""
    batches = list(restore_batches(table.to_batches(), field, restorer, extra_fields))
    return pa.Table.from_batches(batches, restored_schema(table.schema, field, extra_fields))


def texts(batch: pa.RecordBatch, field: str) -> list[str | None]:
    """The texts in column ``field``. Raises ``RecordError`` where there is no such column of texts."""
    restored_schema(batch.schema, field)
    return list(batch.column(field).to_pylist())


def with_results(
    batch: pa.RecordBatch, field: str, results: Sequence[Result | None], extra_fields: bool
) -> pa.RecordBatch:
    """``batch`` with the texts of ``results`` in column ``field``; where there is none the text stays."""
    schema = restored_schema(batch.schema, field, extra_fields)
    columns = list(batch.columns)
    if any(result and result.edits for result in results):
        old = batch.column(field).to_pylist()
        new = [text if result is None else result.text for text, result in zip(old, results, strict=True)]
        columns[schema.get_field_index(field)] = pa.array(new, schema.field(field).type)
    if extra_fields:
        rows = [{} if result is None else extras(result) for result in results]
        columns += [pa.array([row.get(each.name) for row in rows], each.type) for each in EXTRA_COLUMNS]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def restored_schema(schema: pa.Schema, field: str, extra_fields: bool = False) -> pa.Schema:
    """What becomes of a schema. Raises ``RecordError`` where column ``field`` lacks, or holds no texts."""
    at = schema.get_field_index(field)
    if at < 0:
        raise RecordError(f"has no column {field!r}, or several; name that of the text with --field")
    if not _is_text(schema.field(at).type):
        raise RecordError(f"column {field!r} is {schema.field(at).type}, not text")
    for each in EXTRA_COLUMNS if extra_fields else ():
        if each.name in schema.names:
            raise RecordError(f"has a column {each.name!r} already; rename it or leave out the extra fields")
        schema = schema.append(each)
    return schema


def _is_text(type: pa.DataType) -> bool:
    kinds = pa.types
    if kinds.is_dictionary(type):
        return _is_text(type.value_type)
    return bool(kinds.is_string(type) or kinds.is_large_string(type) or kinds.is_string_view(type))


def _attempt(restorer: Restorer, text: str) -> Result | None:
    try:
        return restorer.restore(text)
    except RuleTimeoutError as error:
        _log.warning("a text stays as it is: %s", error)
        return None
