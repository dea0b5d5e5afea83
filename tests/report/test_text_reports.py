from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from cleaner.report import FORMATS, diff, markdown, word_diff
from cleaner.report.explain import explain
from cleaner.report.view import visible

from .made import DANGLE, EASY, NEWS, UNTOUCHED, Swap, made, results, texts


def test_formats_are_those_of_the_command_line():
    assert list(FORMATS) == ["diff", "word-diff", "json", "jsonl", "html", "md", "sarif", "docx"]


def test_a_result_without_changes_has_reports():
    assert diff.render(UNTOUCHED, "x.txt") == ""
    assert diff.coloured(UNTOUCHED) == ""
    assert explain(UNTOUCHED) == ""
    assert FORMATS["md"](UNTOUCHED, "x.txt").count("\nNone.\n") == 2


def test_unified_diff_of_the_lines():
    assert diff.render(made("one\n", "There ", DANGLE, " been"), "/news/a.txt") == (
        "--- a/news/a.txt\n+++ b/news/a.txt\n@@ -1,2 +1,2 @@\n one\n"
        "-There dangle been\n\\ No newline at end of file\n+There have been\n\\ No newline at end of file\n"
    )


PATCHED = {
    "news": NEWS,
    "no newline": made("one\n", "There ", DANGLE, " been"),
    "newline lost": made("kept\nThere", Swap("\n", "")),
    "other line ends": made("page\x0cbreak \u2028", DANGLE, "\r\nmore\r\n"),
    "CRLF": made("one\r\nThere ", DANGLE, " been\r\n", Swap("gone\r\n", ""), "kept\r\nno end ", DANGLE),
    "line removed": made(Swap("gone\n", ""), "kept\n"),
    "line added": made("kept\n", Swap("", "new\n")),
    "control characters": made("\x00\x1b\x85 ", Swap("\u202e", "\x07"), "\n"),
}


@pytest.mark.parametrize("command", ["git apply --whitespace=nowarn -", "patch -p1 --binary", "patch -p1"])
@pytest.mark.parametrize("result", PATCHED.values(), ids=PATCHED)
def test_git_and_patch_apply_the_diff(result, command, tmp_path):
    (tmp_path / "my news.txt").write_bytes(result.source.encode())
    patch = diff.render(result, "my news.txt").encode()
    subprocess.run(command.split(), input=patch, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "my news.txt").read_bytes() == result.text.encode()


def test_word_diff_is_that_of_git(tmp_path):
    result = made("one\n\nThere ", DANGLE, " also been, no ", DANGLE, " talks.\nlast ", Swap("line", "row"), "\nend\n")
    for name, text in (("a", result.source), ("b", result.text)):
        (tmp_path / name).write_text(text)
    command = ["git", "diff", "--no-index", "--no-color", "--word-diff", "--unified=0", "a", "b"]
    theirs = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    lines = [line for line in theirs.splitlines() if not line.startswith(("@@", "diff", "index", "---", "+++"))]
    ours = word_diff.render(result, "a")
    assert [line for line in ours.splitlines()[2:] if not line.startswith("@@")] == lines
    assert ours.startswith("--- a/a\n+++ b/a\n@@ -3 +3 @@\nThere [-dangle-]{+have+} also")


def test_word_diff_of_lines_that_come_and_go():
    result = made("one\r\n", Swap("gone\r\n", ""), "two ", EASY, "\r\nthree ", Swap("", "and\n"), "\x1b ", DANGLE)
    assert word_diff.render(result, "n").splitlines()[2:] == [
        "@@ -2,2 +2 @@",
        "[-gone",
        "-]two easy",
        "@@ -4 +3,2 @@",
        "three {+and",
        "+}[U+001B] [-dangle-]{+have+}",
    ]
    assert word_diff.render(UNTOUCHED, "n") == ""


def test_coloured_lines_show_removed_and_added_words():
    shown = diff.coloured(NEWS)
    assert "\x1b[31;9mdangle\x1b[0m \x1b[32mhave\x1b[0m also" in shown
    assert re.findall(r"\x1b\[2m +(\d+)", shown) == ["3", "4"]
    assert "still" not in shown


@given(results)
def test_only_our_own_escapes_reach_the_terminal(result):
    everything = diff.coloured(result) + diff.summary(result) + explain(result) + word_diff.render(result, "n")
    assert "\x1b" not in re.sub(r"\x1b\[(31;9|32|2|0)m", "", everything)
    assert "\u202e" not in everything


def test_summary_counts_by_kind():
    assert diff.summary(NEWS) == (
        "3 changes (spin 1, unicode 1, residue 1), 1 suggestion in 17 words\n"
        "spin rate 28%, dialect double (98% likely spun), mean confidence 98%\n"
    )


def test_changes_in_quotation_marks_are_marked():
    result = made("“There ", replace(DANGLE, quoted=True), " been”, ", EASY)
    assert "1 change (spin 1; 1 in quotation marks), 1 suggestion" in diff.summary(result)
    assert "spin, 93% sure, source double:dangle, in quotation marks\n" in explain(result)
    shown = markdown.render(result, "x")
    assert "- Changes in quotation marks: 1\n" in shown
    assert shown.count("| spin, quoted |") == 1


def test_explanation_of_each_change_and_suggestion():
    assert explain(NEWS) == (
        "3:7  dangle -> have\n"
        "    spin, 93% sure, source double:dangle\n"
        "    language +3.10, channel -0.90, spin rate +0.35, sentence -0.05; sum +2.50\n"
        "    or: hang 4%, keep dangle 2%\n"
        "\n"
        "3:26  [U+00A0] -> ·\n"
        "    unicode, 100% sure, source no-break-space\n"
        "    by rule, without score terms\n"
        "\n"
        "4:7  easy -> still  (suggested, not applied)\n"
        "    spin, 41% sure, source table\n"
        "    by rule, without score terms\n"
        "    or: keep easy 50%\n"
        "\n"
        "4:29  ↵Related Articles -> ∅\n"
        "    residue, >99% sure, source related-articles\n"
        "    by rule, without score terms\n"
    )


def test_markdown_has_figures_and_both_tables():
    report = FORMATS["md"](NEWS, "a_b.txt")
    assert report.startswith("# Changes in a\\_b.txt\n\n- Words: 17\n- Changes: 3 (spin 1, unicode 1, residue 1)\n")
    changes, suggestions = report.split("## Suggestions, not applied")
    assert "| 3:7 | dangle | have | spin | 93% | double\\:dangle |" in changes
    assert "| 4:7 | easy | still | spin | 41% | table |" in suggestions


@pytest.mark.parametrize(
    "text", ["a|b", "`x`", "<script>alert(1)</script>", "*b* _i_ ~~s~~", "[a](javascript:x)", "\\|"]
)
def test_markdown_shows_odd_words_as_they_are(text):
    assert _cells(made(Swap(text, "x")))[0][1:3] == [text, "x"]


@given(results)
@settings(max_examples=60)
def test_markdown_tables_hold_every_word(result):
    wanted = [[visible(e.before), visible(e.after)] for e in (*result.edits, *result.suggestions)]
    assert [row[1:3] for row in _cells(result)] == wanted


@given(texts)
def test_escaped_markdown_holds_no_markup(text):
    (inline,) = (token for token in _parser().parse(f"x {markdown.escape(text)} x") if token.type == "inline")
    assert {child.type for child in inline.children} <= {"text", "text_special"}


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _cells(result) -> list[list[str]]:
    """The texts of all table rows but the heads."""
    rows, inside = [], False
    for token in _parser().parse(FORMATS["md"](result, "x")):
        if token.type in ("tbody_open", "tbody_close"):
            inside = token.type == "tbody_open"
        elif inside and token.type == "tr_open":
            rows.append([])
        elif inside and token.type == "inline":
            assert {child.type for child in token.children} <= {"text", "text_special"}
            rows[-1].append("".join(child.content for child in token.children))
    return rows
