from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as Tree

import docx
import pytest
from hypothesis import given, settings

from cleaner.edits import apply
from cleaner.report.docx import render, signs
from cleaner.report.view import items
from cleaner.review.tracked import read_tracked
from cleaner.review.word_text import read_word
from tests.report.made import DANGLE, EASY, NEWS, RESIDUE, UNTOUCHED, Swap, made, results
from tests.review.word import decided

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SPUN = Path(__file__).parents[2] / "fixtures/blind/fit/d-01.spun.txt"


def parts(data: bytes) -> dict[str, Tree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: Tree.fromstring(file.read(name)) for name in file.namelist()}


def changes(root: Tree.Element) -> list[str]:
    """The ids of all tracked changes."""
    return [each.attrib[f"{W}id"] for each in root.iter() if each.tag in (f"{W}ins", f"{W}del")]


@settings(max_examples=150, deadline=None)
@given(results)
def test_accepted_it_is_the_text_and_rejected_the_source(result):
    data = render(result, "n")
    for verdict, wanted in ((None, result.text), (True, result.text), (False, result.source)):
        assert read_word(decided(data, lambda _, verdict=verdict: verdict)).text == signs(wanted)


@settings(max_examples=100, deadline=None)
@given(results)
def test_ids_are_unique_and_comments_have_their_places(result):
    found = parts(render(result, "n"))
    body = found["word/document.xml"]
    assert len(changes(body)) == len(set(changes(body)))
    comments = [each.get(f"{W}id") for each in found["word/comments.xml"]]
    for anchor in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [each.get(f"{W}id") for each in body.iter(f"{W}{anchor}")] == comments


def test_the_same_bytes_each_time():
    assert render(NEWS, "n") == render(NEWS, "n")


def test_python_docx_opens_it_with_its_comments():
    document = docx.Document(io.BytesIO(render(NEWS, "n")))
    assert [paragraph.text for paragraph in document.paragraphs[:2]] == ["A first line", ""]
    first, *_, suggestion, _ = document.comments
    assert first.author == "cleaner"
    assert first.text.split("\n") == [
        "dangle -> have",
        "spin, 93% sure, source double:dangle",
        "language +3.10, channel -0.90, spin rate +0.35, sentence -0.05; sum +2.50",
        "or: hang 4%, keep dangle 2%",
    ]
    assert suggestion.text.startswith("perhaps easy -> still\n")


def test_a_text_without_changes():
    found = parts(render(UNTOUCHED, "n"))
    assert not changes(found["word/document.xml"])
    assert not list(found["word/comments.xml"])


def test_hostile_text_is_shown_by_signs():
    result = made("]]> &amp; <w:t> \x00\x1b\ud800\ufffe\u202e", Swap("a" * 100_000, "]]>\x07"), "\tend")
    assert read_word(render(result, "\x00<n>")).text == "]]> &amp; <w:t> ␀␛��\u202e]]>␇\tend"


@pytest.fixture(scope="session")
def convert(tmp_path_factory) -> Callable[[bytes, str], bytes]:
    """Converts by LibreOffice, without its windows and with settings of its own."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    folder = tmp_path_factory.mktemp("office")

    def convert(data: bytes, suffix: str) -> bytes:
        (folder / "in.docx").write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/settings", "--headless", "--convert-to", suffix]
        out = folder / "out"
        subprocess.run([*command, "--outdir", out, folder / "in.docx"], check=True, capture_output=True, timeout=120)
        return (out / f"in.{suffix}").read_bytes()

    return convert


HARD = made("\ttwo  blanks \x07 \r\nThere ", DANGLE, "\u00a0no", EASY, " <b>", RESIDUE, "\r\n", Swap("", "\nnew"), "\n")


@pytest.mark.parametrize("name", ["news", "hard", "page"])
def test_libreoffice_shows_tracked_changes_and_keeps_them(convert, restorer, name):
    result = {"news": NEWS, "hard": HARD}.get(name) or restorer.restore(SPUN.read_text("utf-8"))
    data = render(result, "n")
    with zipfile.ZipFile(io.BytesIO(convert(data, "odt"))) as file:
        content = Tree.fromstring(file.read("content.xml"))
    assert odt_text(content) == signs(result.text)
    assert len(list(content.iter(f"{TEXT}changed-region"))) >= len(result.edits)
    assert len(list(content.iter(f"{OFFICE}annotation"))) == len(items(result))
    saved = read_tracked(convert(data, "docx"), result.source)
    assert {each.verdict for each in saved.decisions} == {"undecided"}
    assert apply(result.source, [each.edit for each in saved.decisions if each.applied]) == result.text


def odt_text(content: Tree.Element) -> str:
    (body,) = content.iter(f"{OFFICE}text")
    return "\n".join("".join(_odt(paragraph)) for paragraph in body if paragraph.tag == f"{TEXT}p")


def _odt(element: Tree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag != f"{OFFICE}annotation":
            yield from _odt(child)
        yield child.tail or ""
