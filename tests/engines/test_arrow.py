from __future__ import annotations

import logging
import pickle
from functools import partial

import pyarrow as pa
import pytest

from cleaner import Restorer
from cleaner.engines.arrow import EXTRA_COLUMNS, restore_batches, restore_table, restored_schema
from cleaner.normalise.residue import RuleTimeoutError

SPUN = (
    "There dangle also been quieter attempts away from the limelight, and no allege contact has easy been made. "
    "The navy stated that individuals had misplaced the whole lot this day."
)
HUMAN = "The government said on Tuesday that talks would go on."
SCHEMA = pa.schema([("id", pa.int64()), pa.field("body", pa.large_string(), metadata={"a": "b"})], metadata={"c": "d"})


def batch(*texts: str | None) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([list(range(len(texts))), pa.array(texts, pa.large_string())], schema=SCHEMA)


def test_batches_stay_what_they_are_but_for_the_texts(restorer):
    batches = [batch(SPUN, None), batch(), batch(HUMAN)]
    made = list(restore_batches(batches, "body", restorer))
    assert [each["body"].to_pylist() for each in made] == [[restorer.restore(SPUN).text, None], [], [HUMAN]]
    assert all(each.schema.equals(SCHEMA, check_metadata=True) for each in made)
    assert [each["id"] for each in made] == [each["id"] for each in batches]


def test_batches_are_restored_one_by_one():
    def endless():
        while True:
            yield batch(HUMAN)

    assert len(next(restore_batches(endless(), "body"))) == 1


def test_extra_columns(restorer):
    table = pa.Table.from_batches([batch(SPUN, None), batch(HUMAN)])
    made = restore_table(table, "body", restorer, extra_fields=True)
    assert made.schema.equals(restored_schema(SCHEMA, "body", extra_fields=True), check_metadata=True)
    assert made.column_names == ["id", "body", *(field.name for field in EXTRA_COLUMNS)]
    result = restorer.restore(SPUN)
    rows = made.to_pylist()
    assert [edit["before"] for edit in rows[0]["edits"]] == [edit.before for edit in result.edits]
    assert rows[0]["dialect"] == result.dialect
    assert rows[1] == {"id": 1, "body": None, **dict.fromkeys(field.name for field in EXTRA_COLUMNS)}
    assert rows[2]["edits"] == []


@pytest.mark.parametrize("type", [pa.string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string())], ids=str)
def test_types_of_text(restorer, type):
    table = pa.table({"text": pa.array([SPUN, None, SPUN], type)})
    clean = restorer.restore(SPUN).text
    assert restore_table(table, restorer=restorer) == pa.table({"text": pa.array([clean, None, clean], type)})


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.table({"body": ["a"]}), "has no column 'text'"),
        (pa.table([["a"], ["b"]], ["text", "text"]), "has no column 'text', or several"),
        (pa.table({"text": [1]}), "column 'text' is int64, not text"),
        (pa.table({"text": ["a"], "spun": [1]}), "has a column 'spun' already"),
    ],
)
def test_what_cannot_be_restored_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        restore_table(table, extra_fields=True)


class Slow(Restorer):
    def restore(self, text):
        raise RuleTimeoutError("rule x took more than 5 s on this text")


def test_a_text_that_takes_too_long_stays(caplog):
    with caplog.at_level(logging.WARNING):
        (made,) = restore_batches([batch(SPUN)], "body", Slow(), extra_fields=True)
    assert made["body"].to_pylist() == [SPUN]
    assert made["edits"].to_pylist() == [None]
    assert "rule x took more than 5 s" in caplog.text


def test_the_function_can_be_sent_to_other_machines():
    function = partial(restore_batches, field="body", restorer=Restorer(kinds=["residue"]))
    made = list(pickle.loads(pickle.dumps(function))([batch(SPUN)]))
    assert made[0]["body"].to_pylist() == [SPUN]
