"""Records on the command line: streams and files."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cleaner

ROOT = Path(cleaner.__file__).parent.parent
SPUN, CLEAN = '{"id":1.0, "text":"They dangle."}\n', '{"id":1.0, "text":"They have."}\n'


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["They dangle."]}), out)
    return out.getvalue()


def test_a_stream_keeps_its_order_and_tells_of_bad_lines(run, read):
    bad = '{"id": 2}\nnonsense\n'
    ran = run("restore", "--jsonl", stdin=(SPUN + bad + SPUN).encode())
    assert (ran.code, ran.out.decode()) == (3, CLEAN + bad + CLEAN)
    assert ran.err.splitlines() == [
        "cleaner: <stdin>:2: has no field 'text'; name that of the text with --field",
        "cleaner: <stdin>:3: not JSON: Expecting value at column 1",
        "<stdin>: 4 records, 2 changed, 2 not restored",
    ]
    assert read() == {}


def test_a_stream_of_nothing_but_bad_lines_does_not_flood(run):
    ran = run("restore", "--jsonl", "--quiet", stdin=b"oops\n" * 500)
    assert (ran.code, ran.out) == (3, b"oops\n" * 500)
    assert ran.err.count("\n") == 21
    assert ran.err.endswith("<stdin>: more bad records are counted only\n")


def test_files_go_where_they_are_sent(run, write, read):
    files = {"a.jsonl": SPUN + "oops\n", "b.csv": "text,n\r\ndangle,1\r\n", "sub/c.NDJSON": SPUN}
    write(files)
    ran = run("restore", *files, "-o", "new/")
    assert ran.code == 3
    assert read() == files | {
        "new/a.jsonl": CLEAN,
        "new/a.rejects.jsonl": "oops\n",
        "new/a.rejects.txt": "line 2: not JSON: Expecting value at column 1\n",
        "new/b.csv": "text,n\r\nhave,1\r\n",
        "new/c.NDJSON": CLEAN,
    }
    assert "a.jsonl: what is no record is in new/a.rejects.jsonl\n" in ran.err


def test_files_and_stdin_are_concatenated_on_stdout(run, write):
    write({"a.jsonl": SPUN, "b.json": SPUN})
    ran = run("restore", "--jsonl", "a.jsonl", "-", "b.json", "--quiet", stdin=SPUN.encode())
    assert (ran.code, ran.out.decode(), ran.err) == (0, CLEAN * 3, "")


def test_a_format_that_is_named_makes_them_texts(run, write):
    write({"a.csv": "They dangle.\n"})
    assert run("restore", "a.csv").code == 2
    assert run("restore", "a.csv", "--format", "txt").out == b"They have.\n"


def test_field_and_extra_fields(run):
    ran = run("restore", "--jsonl", "--field", "a.b", "--extra-fields", "--quiet", stdin=b'{"a": {"b": "dangle"}}')
    record = json.loads(ran.out)
    assert record["a"] == {"b": "have"}
    assert (record["spin_rate"], record["dialect"], record["spun"]) == (0.25, "double", 0.9)
    assert [(edit["start"], edit["before"]) for edit in record["edits"]] == [(0, "dangle")]


def test_parquet_goes_to_a_file(run, write, tmp_path):
    write({"a.parquet": parquet()})
    ran = run("restore", "a.parquet")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "cleaner: a.parquet: a Parquet file cannot go to standard output; give -o\n"
    assert run("restore", "a.parquet", "-o", "b.parquet").code == 0
    assert pq.read_table(tmp_path / "b.parquet").to_pydict() == {"text": ["They have."]}


def test_a_file_that_cannot_be_used_is_skipped(run, write, read):
    write({"a.jsonl": SPUN, "b.csv": "no,header\n"})
    ran = run("restore", "a.jsonl", "gone.csv", "b.csv", "-o", "new", "--quiet")
    assert ran.code == 3
    assert ran.err.splitlines() == [
        "cleaner: gone.csv: cannot be read (No such file or directory)",
        "cleaner: b.csv:1: the header has no column 'text'; name that of the text with --field",
    ]
    assert read()["new/a.jsonl"] == CLEAN
    assert "new/b.csv" not in read()
    assert run("restore", "b.csv", "-o", "new").code == 2


REFUSALS = [
    (["a.jsonl", "a.txt"], "texts and records cannot be mixed"),
    (["a.jsonl", "-"], "- is text without --jsonl"),
    (["a.jsonl", "--check"], "--check and --report are for texts"),
    (["a.jsonl", "-o", "b.jsonl", "--report", "json=r.json"], "--check and --report are for texts"),
    (["a.txt", "--jsonl", "--format", "md"], "--format and --jsonl exclude each other"),
    (["a.jsonl", "--in-place"], "--in-place is for texts"),
    (["a.txt", "--extra-fields"], "--extra-fields is for records"),
    (["a.jsonl", "-o", "a.jsonl"], "a.jsonl is an input and would be overwritten"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSALS)
def test_refusals_are_one_line_and_touch_nothing(run, write, read, arguments, message):
    files = {"a.jsonl": SPUN, "a.txt": "dangle"}
    write(files)
    ran = run("restore", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert message in ran.err
    assert read() == files


def test_a_missing_library_is_one_line(run, write, monkeypatch):
    write({"a.parquet": parquet()})
    for module in [name for name in sys.modules if name.startswith(("cleaner.documents.parquet", "cleaner.engines"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run("restore", "a.parquet", "-o", "b.parquet")
    assert (ran.code, ran.err) == (2, "cleaner: Parquet needs pyarrow: pip install 'cleaner[arrow]'\n")


def start(*arguments: str) -> subprocess.Popen[bytes]:
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "cleaner", "restore", "--jsonl", *arguments], env=env, **pipes)


def test_a_line_comes_out_before_the_next_one_is_there():
    with start("--quiet") as process:
        for _ in range(2):
            process.stdin.write(SPUN.encode())
            process.stdin.flush()
            assert process.stdout.readline() == CLEAN.encode()
        process.stdin.close()
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_does_not_grow_with_the_stream():
    """A process that is sent 64 MB stays as small as one that is sent nothing."""

    def peak(lines: int) -> int:
        with start("--quiet") as process:
            line = b'{"text": "They said so.", "data": "%s"}\n' % (b"x" * 1_000_000)
            for _ in range(lines):
                process.stdin.write(line)
                process.stdin.flush()
                assert process.stdout.readline() == line
            status = Path(f"/proc/{process.pid}/status").read_text()
            process.stdin.close()
            process.wait(60)
        return int(next(row.split()[1] for row in status.splitlines() if row.startswith("VmHWM")))

    assert peak(64) < peak(1) + 20_000
