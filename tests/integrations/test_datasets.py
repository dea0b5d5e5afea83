from __future__ import annotations

import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import datasets
import pytest
from datasets.fingerprint import Hasher

import cleaner
from cleaner import Restorer
from cleaner.integrations.datasets import restore

SPUN = (
    "There dangle also been quieter attempts away from the limelight, and no allege contact has easy been made. "
    "The navy stated that individuals had misplaced the whole lot this day."
)
HUMAN = "The government said on Tuesday that talks would go on."
ROWS = {"id": [1, 2, 3, 4], "text": [HUMAN, None, SPUN, SPUN], "score": [0.5, None, 1.5, 2.0]}


def in_own_process(code: str) -> str:
    """What ``code`` prints, away from the threads that other tests left in this process: forking is not safe beside."""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(cleaner.__file__).parent.parent,
    )
    return ran.stdout.strip()


@pytest.fixture(autouse=True)
def quiet(tmp_path, monkeypatch):
    datasets.disable_progress_bars()
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)


@pytest.mark.parametrize("processes", [None, 2])
def test_a_column_is_restored_and_the_others_stay(restorer, processes, tmp_path):
    code = (
        "import datasets; from cleaner.integrations.datasets import restore;"
        f"datasets.config.HF_DATASETS_CACHE = {str(tmp_path)!r};"
        f"made = datasets.Dataset.from_dict({ROWS!r}).map(restore(), batched=True, batch_size=2, num_proc={processes});"
        "print(made.to_dict())"
    )
    clean = restorer.restore(SPUN).text
    assert literal_eval(in_own_process(code)) == ROWS | {"text": [HUMAN, None, clean, clean]}


def test_a_stream_is_restored(restorer):
    stream = datasets.Dataset.from_dict(ROWS).to_iterable_dataset().map(restore(), batched=True, batch_size=3)
    assert [row["text"] for row in stream] == [HUMAN, None, *[restorer.restore(SPUN).text] * 2]


def test_extra_fields_have_types_even_where_nothing_changes(restorer):
    source = datasets.Dataset.from_dict(ROWS).with_format("arrow")
    made = source.map(restore(extra_fields=True), batched=True, batch_size=1).with_format(None)
    result = restorer.restore(SPUN)
    assert [edit["after"] for edit in made[2]["edits"]] == [edit.after for edit in result.edits]
    assert (made[2]["dialect"], made[2]["spin_rate"]) == (result.dialect, result.spin_rate)
    assert (made[0]["edits"], made[1]["edits"]) == ([], None)


def test_extra_fields_of_dictionaries_are_refused():
    with pytest.raises(ValueError, match="with_format"):
        restore(extra_fields=True)({"text": ["a"]})


def test_the_hash_is_that_of_the_options_in_every_process():
    used = restore(restorer=Restorer(kinds=["residue", "spin"], rejected={("a", "b"), ("c", "d")}))
    used({"text": [SPUN]})
    code = (
        "from cleaner import Restorer; from cleaner.integrations.datasets import restore;"
        "from datasets.fingerprint import Hasher;"
        "print(Hasher.hash(restore(restorer=Restorer(kinds=['spin', 'residue'], rejected={('c', 'd'), ('a', 'b')}))))"
    )
    assert in_own_process(code) == Hasher.hash(used)
    assert Hasher.hash(restore()) == Hasher.hash(restore("text")) != Hasher.hash(restore("body"))
    assert Hasher.hash(restore()) != Hasher.hash(used)
