"""Documents of all formats through the commands."""

from __future__ import annotations

import io
import json
import sys

import docx
import pytest

PAGE = b"<html><title>They dangle</title><script>dangle</script><p class=dangle>They <b>dangle</b> caf\xe9 &amp; on."
CLEAN = PAGE.replace(b"They dangle", b"They have").replace(b"<b>dangle", b"<b>have")
ARTICLE = "<html><body><nav>Home</nav><article><h1>Talks</h1>{}</article></body></html>".format(
    "<p>They dangle on, and talks went on for many days in the old town hall.</p>" * 5
)


def word(*texts: str) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for text in texts:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


FORMATS = {
    "a.html": (PAGE, CLEAN),
    "a.htm": ("<p>dangle".encode("utf-16"), "<p>have".encode("utf-16")),
    "a.md": (b"They dangle `dangle`\n\n    dangle\n", b"They have `dangle`\n\n    dangle\n"),
    "a.txt": (b"They dangle caf\xe9\r\n", b"They have caf\xe9\r\n"),
    "a.tab": (b"dangle\t1\ndangle\t2\nThey dangle", b"dangle\t1\ndangle\t2\nThey have"),
    "a": ("They dangle".encode("utf-16"), "They have".encode("utf-16")),
}


@pytest.mark.parametrize(("name", "data", "clean"), [(n, *each) for n, each in FORMATS.items()], ids=FORMATS)
def test_formats_there_and_back(run, write, tmp_path, name, data, clean):
    write({name: data})
    assert run("restore", name).out == clean
    assert run("restore", name, "-o", "out/", "--report", "json=r.json").code == 0
    assert (tmp_path / "out" / name).read_bytes() == clean
    assert run("revert", f"out/{name}", "r.json").out == data
    assert run("restore", name, "--in-place").code == 0
    assert ((tmp_path / name).read_bytes(), (tmp_path / f"{name}.orig").read_bytes()) == (clean, data)
    assert b"dangle" in run("explain", f"{name}.orig").out


def test_word_documents(run, write, tmp_path):
    write({"a.docx": word("They dangle", "on"), "b.docx": word("fine")})
    refused = "cleaner: a .docx is no text for stdout; give -o or --in-place\n"
    assert run("restore", "a.docx", "b.docx").err == refused
    assert run("restore", "a.docx", terminals="stdout").err == refused
    assert run("restore", "a.docx", "--check", "--quiet").out == b"a.docx:1:6: dangle -> have\n"
    assert run("restore", "a.docx", "b.docx", "-o", "out/", "--report", "json={name}.json").code == 0
    assert [p.text for p in docx.Document(tmp_path / "out/a.docx").paragraphs] == ["They have", "on"]
    assert (tmp_path / "out/b.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert run("revert", "out/a.docx", "a.docx.json", "-o", "c.docx").code == 0
    assert [p.text for p in docx.Document(tmp_path / "c.docx").paragraphs] == ["They dangle", "on"]
    assert run("restore", "--format", "docx", stdin=word("They dangle")).out.startswith(b"PK")


def test_the_article_of_a_page(run, write, tmp_path):
    write({"a.html": ARTICLE, "b.txt": "dangle"})
    text = run("restore", "a.html", "--html", "extract").out.decode()
    assert text.startswith("Talks\nThey have on, and talks")
    assert "Home" not in text
    assert run("restore", "a.html", "b.txt", "--html", "extract", "-o", "out/").code == 0
    assert ((tmp_path / "out/a.txt").read_text(), (tmp_path / "out/b.txt").read_text()) == (text, "have")
    assert run("restore", "a.html", "--html", "extract", "--in-place").err == (
        "cleaner: --html extract makes plain text of pages; give -o instead of --in-place\n"
    )
    empty = run("restore", "--html", "extract", "--format", "html", stdin=b"<p>")
    assert (empty.code, empty.err.startswith("cleaner: <stdin>: holds no article")) == (2, True)


def test_stdin_may_be_any_format(run):
    assert run("restore", "--format", "html", stdin=PAGE).out == CLEAN
    assert run("restore", "--format", "md", stdin=b"`dangle` dangle").out == b"`dangle` have"


def test_utf8_may_be_asked_for(run, write, tmp_path):
    write({"a.txt": "dangle é".encode("utf-16"), "b.txt": b"caf\xe9", "c.txt": "é"})
    assert run("restore", "a.txt", "b.txt", "--utf8").out.decode() == "have écafé"
    assert run("restore", "a.txt", "b.txt", "c.txt", "--utf8", "--in-place").code == 0
    assert [(tmp_path / name).read_text() for name in ("a.txt", "b.txt", "c.txt")] == ["have é", "café", "é"]
    assert not (tmp_path / "c.txt.orig").exists()


def test_reports_speak_of_the_text(run, write, tmp_path):
    write({"a.html": "<p>One\n  two<p>a <b>dangle</b>"})
    assert run("restore", "a.html", "--check", "--quiet").out == b"a.html:3:3: dangle -> have\n"
    run("restore", "a.html", "-o", "b.html", "--report", "json=r.json")
    assert [edit["start"] for edit in json.loads((tmp_path / "r.json").read_text())["edits"]] == [11]


@pytest.mark.parametrize(
    ("arguments", "module", "extra"),
    [(["a.docx", "-o", "b"], "lxml", "docx"), (["a.html", "--html", "extract"], "trafilatura", "html")],
)
def test_missing_libraries_are_named(run, write, monkeypatch, arguments, module, extra):
    write({"a.docx": word("dangle"), "a.html": ARTICLE})
    monkeypatch.setitem(sys.modules, module, None)
    ran = run("restore", *arguments)
    assert ran.code == 2
    assert ran.err.endswith(f"needs {module}: pip install 'cleaner[{extra}]'\n")
    assert ran.err.count("\n") == 1
