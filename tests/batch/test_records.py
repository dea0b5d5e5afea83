"""Files of records in a batch."""

from __future__ import annotations

import json

FILES = {
    "in/a.jsonl": '{"n": 1.0, "body": "They dangle."}\n{"n": 2}\noops\n{"n": 3.0, "body": "the navy, easy"}\n',
    "in/sub/b.csv": "n;body\r\n1;dangle\r\n",
    "in/c.txt": "dangle",
}
CLEAN = {
    "a.jsonl": b'{"n": 1.0, "body": "They have."}\n{"n": 2}\n{"n": 3.0, "body": "the military, easy"}\n',
    "a.rejects.jsonl": b"oops\n",
    "a.rejects.txt": b"line 3: not JSON: Expecting value at column 1\n",
    "sub/b.csv": b"n;body\r\n1;have\r\n",
    "c.txt": b"have",
}


def test_records_are_restored_in_their_field(batch, write, tree):
    write(FILES)
    code, err = batch("in", "out", "--field", "body")
    assert code == 3
    assert "cleaner: a.jsonl: 2 records could not be used; see its rejects" in err
    assert "3 files done: 7 words, 4 changes, 1 suggestions" in err
    found = tree("out")
    assert {name: data for name, data in found.items() if not name.startswith("reports/")} == CLEAN
    assert {name for name in found if name.endswith((".jsonl.json", ".csv.html"))} == set()
    summary = json.loads(found["reports/summary.json"])
    assert {file["name"]: file["rejects"] for file in summary["by_file"]}["a.jsonl"] == 2


def test_a_batch_goes_on_with_what_has_changed(batch, write, tree):
    write(FILES)
    batch("in", "out", "--field", "body")
    assert "3 done already, 0 to do" in batch("in", "out", "--field", "body", "--resume")[1]
    write({"in/a.jsonl": '{"body": "navy"}'})
    assert "2 done already, 1 to do" in batch("in", "out", "--field", "body", "--resume")[1]
    found = tree("out")
    assert found["a.jsonl"] == b'{"body": "military"}'
    assert "a.rejects.jsonl" not in found


def test_what_no_batch_wrote_is_not_written_over(batch, write, tree):
    write(FILES)
    batch("in", "out", "--field", "body")
    write({"in/a.jsonl": '{"body": "navy"}', "out/a.jsonl": "mine"})
    code, err = batch("in", "out", "--field", "body", "--resume")
    assert code == 3
    assert "a.jsonl: is not as a batch wrote it; move it away" in err
    assert tree("out")["a.jsonl"] == b"mine"


def test_files_without_the_field_fail_alone(batch, write, tree):
    write(FILES)
    code, err = batch("in", "out")
    assert code == 3
    assert "in/sub/b.csv:1: the header has no column 'text'" in err
    assert "sub/b.csv" not in tree("out")


def test_an_address_needs_the_engine(batch, write):
    write(FILES)
    assert batch("in", "out", "--address", "a:1") == (2, "cleaner: --address goes with --engine ray\n")
