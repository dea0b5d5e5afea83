"""Files of records: what is not text comes out byte for byte, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.documents import delimited, jsonl
from cleaner.documents.read import LONGEST_LINE, DocumentError
from cleaner.documents.records import restore_records
from cleaner.edits import Edit, Result, apply
from cleaner.normalise.residue import RuleTimeoutError

SWAPS = {"dangle": "have", "easy": 'still, "so"\n', "é": "“é”"}


def fake(text: str) -> Result:
    """Knows three swaps, one of which needs quoting in every format."""
    if "slow" in text:
        raise RuleTimeoutError("rule x took more than 5 s on this text")
    found = re.finditer("|".join(SWAPS), text)
    edits = tuple(Edit(m.start(), m.end(), m[0], SWAPS[m[0]], "spin", "fake", 0.9) for m in found)
    return Result(text, apply(text, edits), edits, (), 0.25, "table" if edits else None, 0.75)


def identity(text: str) -> Result:
    return Result(text, text, (), (), 0.0, None, 0.0)


@pytest.fixture
def convert(tmp_path):
    """Restores bytes under a name; gives the outcome and the files that are there then, but for the source."""

    def convert(name: str, data: bytes, field: str = "text", **options):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        outcome = restore_records(tmp_path / "in" / name, out / name, field, fake, **options)
        return outcome, {path.name: path.read_bytes() for path in out.iterdir()}

    return convert


LINES = {
    "only the text": (
        rb'{"id": 1.50, "text":  "They dangle", "z": [1e999, -0, {"text": "dangle"}]}',
        rb'{"id": 1.50, "text":  "They have", "z": [1e999, -0, {"text": "dangle"}]}',
    ),
    "escapes": (
        rb'{"text": "caf\u00e9 \/ \ud83d\ude00 \"dangle\" \t\u0041"}',
        rb'{"text": "caf\u201c\u00e9\u201d \/ \ud83d\ude00 \"have\" \t\u0041"}',
    ),
    "UTF-8": ('{"text": "café 😀 easy"}'.encode(), '{"text": "caf“é” 😀 still, \\"so\\"\\n"}'.encode()),
    "half a surrogate pair": ('{"text": "é \\ud83d dangle"}'.encode(), '{"text": "“é” \\ud83d have"}'.encode()),
    "twice": (rb'{"text": "dangle", "text": "dangle"}', rb'{"text": "dangle", "text": "have"}'),
    "escaped name": (rb'{"te\u0078t": "dangle"}', rb'{"te\u0078t": "have"}'),
    "blanks": (b' {"a":[ ] , "text" :\t"dangle" } \r', b' {"a":[ ] , "text" :\t"have" } \r'),
    "long number": (b'{"n":%s,"text":"dangle"}' % (b"9" * 9999), b'{"n":%s,"text":"have"}' % (b"9" * 9999)),
    "null": (b'{"text": null}', b'{"text": null}'),
    "empty": (b'{"text": ""}', b'{"text": ""}'),
    "empty line": (b"", b""),
}


@pytest.mark.parametrize(("before", "after"), LINES.values(), ids=LINES)
def test_a_line_of_json_changes_in_its_text_only(convert, before, after):
    for end in (b"", b"\n", b"\r\n"):
        outcome, files = convert("a.jsonl", b"\xef\xbb\xbf" + before + end)
        assert files == {"a.jsonl": b"\xef\xbb\xbf" + after + end}
        assert (outcome.records, outcome.rejected) == (int(before != b""), ())
        assert outcome.changed == (before != after)


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ('{"a": {"b": {"c": "dangle"}}}', '{"a": {"b": {"c": "have"}}}'),
        ('{"a.b.c": "dangle", "a": 1}', '{"a.b.c": "have", "a": 1}'),
        ('{"a": {"b.c": "dangle"}}', '{"a": {"b.c": "have"}}'),
        (
            '{"b": "dangle", "a": {"b": {}, "b": {"c": "dangle"}}}',
            '{"b": "dangle", "a": {"b": {}, "b": {"c": "have"}}}',
        ),
    ],
)
def test_a_dotted_field_leads_into_objects(convert, line, after):
    assert convert("a.ndjson", line.encode(), "a.b.c")[1] == {"a.ndjson": after.encode()}


KEPT = {
    "missing": (b'{"txt": "dangle"}', "has no field 'text'"),
    "number": (b'{"text": 1}', "field 'text' is a number"),
    "list": (b'{"text": ["dangle"]}', "field 'text' is a list"),
    "bool": (b'{"text": true}', "field 'text' is true or false"),
    "timeout": (b'{"text": "slow"}', "rule x took more"),
}
BROKEN = {
    "cut": (b'{"text": "dangle', "not JSON: Unterminated string starting at column 10"),
    "two": (b'{"text": "a"} {"text": "b"}', "not JSON: more than one value, at column 15"),
    "array": (b'["dangle"]', "not a JSON object"),
    "control": (b'{"text": "a\0"}', "not JSON: Invalid control character"),
    "latin-1": (b'{"text": "caf\xe9"}', "not UTF-8 at byte 13"),
    "deep": (b'{"text":' + b"[" * 100_000, "nested too deeply"),
    "deep and whole": (b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    "comma": (b'{"text": "dangle",}', "not JSON: "),
}


@pytest.mark.parametrize(("line", "reason"), (KEPT | BROKEN).values(), ids=KEPT | BROKEN)
def test_a_bad_line_is_kept_and_the_rest_goes_on(convert, line, reason):
    good = b'{"text": "dangle"}\n', b'{"text": "have"}\n'
    outcome, files = convert("a.jsonl", good[0] + line + b"\n" + good[0])
    assert (outcome.records, outcome.changed, len(outcome.rejected)) == (3, 2, 1)
    assert outcome.rejected[0][0] == 2
    assert outcome.rejected[0][1].startswith(reason)
    if (line, reason) in KEPT.values():
        assert files == {"a.jsonl": good[1] + line + b"\n" + good[1]}
    else:
        assert files == {
            "a.jsonl": good[1] * 2,
            "a.rejects.jsonl": line + b"\n",
            "a.rejects.txt": f"line 2: {outcome.rejected[0][1]}\n".encode(),
        }


def test_a_line_of_10_mb_is_set_aside(convert):
    long = b'{"text": "' + b"dangle " * 1_500_000 + b'"}'
    for end in (b"", b"\n", b'\n{"text": "dangle"}'):
        outcome, files = convert("a.jsonl", b'{"text": "dangle"}\n' + long + end)
        assert files["a.rejects.jsonl"] == long + end[:1]
        assert files["a.jsonl"] == b'{"text": "have"}\n' + end[1:].replace(b"dangle", b"have")
        assert outcome.rejected == ((2, "longer than 2 MB, which is no prose"),)
        assert outcome.records == (3 if end[1:] else 2)


def test_reject_files_of_an_earlier_run_go_when_all_is_well(convert):
    assert len(convert("a.jsonl", b"oops")[1]) == 3
    assert list(convert("a.jsonl", b'{"text": "fine"}')[1]) == ["a.jsonl"]


def test_extra_fields_say_what_was_done(convert):
    for before, start in (
        ('{"text": "They dangle"}', '{"text": "They have", "edits": [{'),
        ('{"text":"é"}', '{"text":"“é”", '),
    ):
        _, files = convert("a.jsonl", before.encode() + b" \n", extra_fields=True)
        line = files["a.jsonl"].decode()
        assert line.startswith(start)
        assert line.endswith("} \n")
        record = json.loads(line)
        assert list(record) == ["text", "edits", "spin_rate", "dialect", "spun"]
        edits = [Edit(**edit) for edit in record["edits"]]
        assert apply(json.loads(before)["text"], edits) == record["text"]
    outcome, files = convert("a.jsonl", b'{"text": "dangle", "edits": []}', extra_fields=True)
    assert outcome.rejected == ((1, "has a field 'edits' already; rename it or leave out the extra fields"),)
    assert files["a.jsonl"] == b'{"text": "dangle", "edits": []}'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
BITS = [*SWAPS, "words", '"', "\\", "/", "\ud83d", "😀", "\n", "\x7f", ",", "\t"]
TEXTS = st.lists(st.sampled_from(BITS), max_size=9).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(max_size=4), JSON, max_size=4), TEXTS, st.booleans(), st.booleans())
def test_any_json_comes_out_as_it_was_but_for_its_text(record, text, ascii_only, indented):
    record["text"] = text
    separators = (" ,\t", " : ") if indented else None
    line = json.dumps(record, ensure_ascii=ascii_only, separators=separators).encode("utf-8", "replace")
    (piece,) = jsonl.restored(io.BytesIO(line), "text", fake)
    before, after = json.loads(line), json.loads(piece.data)
    assert after.pop("text") == fake(before.pop("text")).text
    assert repr(after) == repr(before)
    (piece,) = jsonl.restored(io.BytesIO(line), "text", identity)
    assert piece.data == line


TABLES = {
    "plain": (b"id,text\n1,They dangle\n02,x", b"id,text\n1,They have\n02,x"),
    "quotes": (
        b'"id","text"\r\n"1","a ""dangle"""\r\n2,\'easy\'\r\n',
        b'"id","text"\r\n"1","a ""have"""\r\n2,"\'still, ""so""\n\'"\r\n',
    ),
    "semicolons": (b"text;price\ndangle;1,50\n", b"text;price\nhave;1,50\n"),
    "tabs": (b'a\ttext\n5" x\tdangle\n', b'a\ttext\n5" x\thave\n'),
    "bars": (b'a|text|b\n"|"|dangle|\n', b'a|text|b\n"|"|have|\n'),
    "lines in a cell": (b'text,n\n"a\n\ndangle ""\n",1\nb,2\n', b'text,n\n"a\n\nhave ""\n",1\nb,2\n'),
    "returns in a cell": (b'text\r\n"a\rdangle\r\n"\r\n', b'text\r\n"a\rhave\r\n"\r\n'),
    "empty lines": (b"text\n\ndangle\n\r\n", b"text\n\nhave\n\r\n"),
    "byte order mark": (b"\xef\xbb\xbftext\r\ndangle", b"\xef\xbb\xbftext\r\nhave"),
    "header only": (b"text,n\n", b"text,n\n"),
    "empty": (b"", b""),
}


@pytest.mark.parametrize(("before", "after"), TABLES.values(), ids=TABLES)
def test_a_table_keeps_its_dialect(convert, before, after):
    for name in ("a.csv", "a.tsv"):
        outcome, files = convert(name, before)
        assert (files[name], outcome.rejected) == (after, ())


ROWS = {
    "columns": (b"1,dangle,x\n", "has 3 columns, the header 2", True),
    "timeout": (b"1,slow\n", "rule x took more", True),
    "quote": (b'1,"dangle" x\n', "not delimited text: ',' expected after '\"'", False),
    "latin-1": (b"1,caf\xe9\n", "not UTF-8 at byte 5", False),
    "long": (b"1," + b"x" * LONGEST_LINE + b"\n", "longer than 2 MB", False),
    "open": (b'1,"' + (b"x" * 1999 + b"\n") * (LONGEST_LINE // 2000), "a quote is opened and not closed", False),
}


@pytest.mark.parametrize(("row", "reason", "kept"), ROWS.values(), ids=ROWS)
def test_a_bad_row_is_kept_and_the_rest_goes_on(convert, row, reason, kept):
    outcome, files = convert("a.csv", b"id,text\n0,dangle\n" + row + b"2,dangle\n")
    assert [number for number, _ in outcome.rejected] == [3]
    assert outcome.rejected[0][1].startswith(reason)
    assert files["a.csv"] == b"id,text\n0,have\n" + row * kept + b"2,have\n"
    assert files.get("a.rejects.csv", b"") == row * (not kept)


def test_a_quote_that_is_never_closed_loses_nothing(convert):
    _, files = convert("a.csv", b'text\ndangle\n"open\ndangle\n')
    assert (files["a.csv"], files["a.rejects.csv"]) == (b"text\nhave\n", b'"open\ndangle\n')


def test_extra_columns_say_what_was_done(convert):
    _, files = convert("a.csv", b"text;n\r\ndangle;1\r\nfine;2\r\n", extra_fields=True)
    rows = list(csv.reader(io.StringIO(files["a.csv"].decode()), delimiter=";"))
    assert rows[0] == ["text", "n", "edits", "spin_rate", "dialect", "spun"]
    assert rows[1][:2] == ["have", "1"]
    assert json.loads(rows[1][2])[0]["before"] == "dangle"
    assert rows[2] == ["fine", "2", "[]", "0.25", "", "0.75"]
    assert files["a.csv"].count(b"\r\n") == 3


CELLS = st.text(st.sampled_from('ab ",;\t|\né😀'), max_size=8)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(CELLS, TEXTS.map(lambda t: t.replace("\ud83d", "")), CELLS), max_size=5),
    st.sampled_from(delimited.DELIMITERS),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_comes_out_as_it_was_but_for_its_text(rows, delimiter, quoting, end):
    def parse(text):
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([("x", "text", "y"), *rows])
    data = out.getvalue().encode()

    def made(restore):
        return b"".join(piece.data for piece in delimited.restored("a", io.BytesIO(data), "text", restore))

    assert made(identity) == data
    assert parse(made(fake).decode()) == [["x", "text", "y"], *([x, fake(t).text, y] for x, t, y in rows)]


TYPES = [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())]


@pytest.mark.parametrize("type", TYPES, ids=str)
@pytest.mark.parametrize("codec", ["NONE", "ZSTD"])
def test_parquet_keeps_its_layout(tmp_path, type, codec):
    texts = ["They dangle", None, "fine", "dangle é"] * 3
    schema = pa.schema(
        [pa.field("n", pa.decimal128(9, 2), metadata={"unit": "£"}), ("text", type), ("tags", pa.list_(pa.string()))],
        metadata={"owner": "news desk"},
    )
    tags = [["dangle"], [], None, ["x"]] * 3
    table = pa.table([pa.array(range(12), schema.field(0).type), pa.array(texts, type), tags], schema=schema)
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(table, source, row_group_size=5, compression={"n": "GZIP", "text": codec}, use_dictionary=["n"])
    seen = []
    outcome = restore_records(source, target, "text", fake, seen=lambda number, result: seen.append(number))
    assert (outcome.records, outcome.changed, outcome.rejected) == (12, 6, ())
    assert seen == [1, 3, 4, 5, 7, 8, 9, 11, 12]
    made = pq.read_table(target)
    assert made.schema.equals(pq.read_schema(source), check_metadata=True)
    assert (made.schema.metadata, made.schema.field("text").type) == ({b"owner": b"news desk"}, type)
    assert made["text"].to_pylist() == [None if text is None else fake(text).text for text in texts]
    assert made.drop_columns("text").equals(table.drop_columns("text"))
    layouts = [_layout(pq.ParquetFile(path).metadata) for path in (source, target)]
    assert layouts[0] == layouts[1]


def _layout(metadata: pq.FileMetaData) -> object:
    groups = [metadata.row_group(at) for at in range(metadata.num_row_groups)]
    columns = [group.column(at) for group in groups for at in range(group.num_columns)]
    return [group.num_rows for group in groups], [(c.path_in_schema, c.compression, c.encodings) for c in columns]


def test_extra_columns_of_parquet(tmp_path):
    pq.write_table(pa.table({"text": ["dangle", "slow", None]}), tmp_path / "a.parquet")
    outcome = restore_records(tmp_path / "a.parquet", tmp_path / "b.parquet", "text", fake, extra_fields=True)
    assert outcome.rejected == ((2, "rule x took more than 5 s on this text"),)
    rows = pq.read_table(tmp_path / "b.parquet").to_pylist()
    assert rows[0]["edits"][0]["after"] == "have"
    assert [(row["text"], row["spun"]) for row in rows] == [("have", 0.75), ("slow", None), (None, None)]


def test_an_empty_parquet_file(tmp_path):
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "a.parquet")
    assert restore_records(tmp_path / "a.parquet", tmp_path / "b.parquet", "text", fake).records == 0
    assert pq.read_table(tmp_path / "b.parquet").num_rows == 0


def parquet(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


WHOLE = {
    "no such file": ("a.jsonl", None, "a.jsonl: cannot be read (No such file or directory)"),
    "text": ("a.txt", b"dangle", "a.txt: holds no records"),
    "no column": ("a.csv", b"id,txt\n1,dangle\n", "a.csv:1: the header has no column 'text'"),
    "text as a table": ("a.csv", b"The quick brown fox.\n", "a.csv:1: the header has no column 'text'"),
    "extra column": ("a.csv", b"text,spun\ndangle,1\n", "a.csv: has a column 'spun' already"),
    "corrupt": ("a.parquet", parquet(text=["dangle"])[:-9], "a.parquet: cannot be read as Parquet (Parquet magic"),
    "no Parquet": ("a.parquet", b"dangle", "a.parquet: cannot be read as Parquet"),
    "corrupt inside": (
        "a.parquet",
        parquet(text=["dangle"] * 9).replace(b"dangle", b"\xff" * 6, 1),
        "a.parquet: cannot be read",
    ),
    "no Parquet column": ("a.parquet", parquet(txt=["dangle"]), "a.parquet: has no column 'text'"),
    "numbers": ("a.parquet", parquet(text=[1]), "a.parquet: column 'text' is int64, not text"),
    "extra Parquet column": ("a.parquet", parquet(text=["a"], edits=[1]), "a.parquet: has a column 'edits' already"),
}


@pytest.mark.parametrize(("name", "data", "message"), WHOLE.values(), ids=WHOLE)
def test_a_file_that_cannot_be_used_leaves_the_target_alone(tmp_path, name, data, message):
    source, target = tmp_path / name, tmp_path / "out"
    target.write_bytes(b"old")
    if data is not None:
        source.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        restore_records(source, target, "text", fake, extra_fields=True)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(message)
    assert "\n" not in str(caught.value)
    assert target.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} <= {name, "out"}


def test_a_bug_leaves_the_target_alone(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "a"}')
    with pytest.raises(ZeroDivisionError):
        restore_records(tmp_path / "a.jsonl", tmp_path / "b.jsonl", "text", lambda text: 1 / 0)
    assert [path.name for path in Path(tmp_path).iterdir()] == ["a.jsonl"]
