"""The index page: what it says, and what it does in a browser."""

from __future__ import annotations

import pytest

from cleaner.batch import index
from cleaner.batch.index import plot, render
from cleaner.batch.manifest import Total
from cleaner.batch.outcome import Example, Figures, Outcome
from cleaner.batch.settings import read_rejections
from cleaner.batch.summary import Summary

XSS = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)>"
PAIRS = [("dangle", "have"), ("#a\tb\\\r\nc", "d"), (XSS, "x")]


def made(count, confidence, rate=0.5, dialect="table", name="{}.txt"):
    return [
        Outcome(name.format(n), figures=Figures(100 + n, n, 1, rate, dialect, 0.9, confidence)) for n in range(count)
    ]


def total(pair, times, rejected=False):
    example = Example("left ", *pair, " right")
    return Total(pair, "spin", times, 1, 1, rejected, (("0.txt", example), (XSS, example)))


FILES = [*made(3, 0.9), *made(2, 0.4, dialect="double", name="{}.doubt.txt"), *made(1, None, 0.0, None, "clean.md")]
FAILED = [Outcome(XSS, reason=XSS)]
SUMMARY = Summary((*FILES, *FAILED), tuple(total(pair, 9 - n) for n, pair in enumerate(PAIRS)), 2)


def test_bars_of_the_plot_are_stacked_to_its_height():
    shown = plot(FILES[:5])
    assert [(bar.dialect, bar.label) for bar in shown.bars] == [
        ("table", "50.0% to 52.5%, table: 3"),
        ("double", "50.0% to 52.5%, double: 2"),
    ]
    low, high = shown.bars
    assert (low.y + low.height, high.y + high.height, high.y) == (shown.height, low.y, 0)
    assert plot(made(1, 0.9, rate=1.0)).bars[0].x < shown.width
    assert plot([]).bars == ()


def test_page_holds_the_substitutions_made_most_often_and_all_rejected_ones(monkeypatch, tmp_path):
    monkeypatch.setattr(index, "MOST", 2)
    totals = (total(("one", "1"), 5), total(("two", "2"), 9), total(("three", "3"), 0, rejected=True))
    page = render(Summary((), totals, 0), tmp_path, tmp_path)
    assert [word for word in ("one", "two", "three") if f">{word}<" in page] == ["two", "three"]
    assert "The 1 made least often are in" in page


@pytest.fixture
def look(visit, tmp_path):
    """Opens the page of a summary, see :func:`visit`."""
    path = tmp_path / "index.html"

    def look(summary=SUMMARY, **options):
        path.write_text(render(summary, tmp_path, tmp_path), encoding="utf-8")
        return visit(path.as_uri(), **options)

    return look


def column(page, table, at):
    return page.locator(f"[data-table={table}] tbody td:nth-child({at})").all_inner_texts()


def test_files_are_sorted_by_doubt_and_by_any_column(look):
    page = look()
    assert column(page, "files", 7) == ["40%", "40%", "90%", "90%", "90%", "–"]
    page.get_by_role("button", name="Words").click()
    assert column(page, "files", 2) == ["102", "101", "101", "100", "100", "100"]
    page.get_by_role("button", name="Words").click()
    assert column(page, "files", 2) == ["100", "100", "100", "101", "101", "102"]
    page.get_by_role("button", name="Dialect").click()
    assert page.locator("[data-table=files] th[aria-sort]").all_inner_texts() == ["Dialect"]
    page.get_by_role("searchbox", name="Filter files").fill("Doubt")
    assert column(page, "files", 1) == ["0.doubt.txt text", "1.doubt.txt text"]


def test_long_tables_are_shown_in_part_until_asked_for(look):
    page = look(Summary(tuple(made(300, 0.5)), (), 0))
    assert len(column(page, "files", 1)) == 200
    page.get_by_role("button", name="Show all 300").click()
    assert len(column(page, "files", 1)) == 300


def test_rejections_are_saved_as_they_are_read(look, tmp_path):
    page = look()
    assert page.locator(".save").is_hidden()
    for box in page.locator("[data-pair]").all():
        box.check()
    assert page.locator(".save p").inner_text() == "3 substitutions rejected, not saved yet"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save rejections").click()
    assert saved.value.suggested_filename == "rejections.tsv"
    saved.value.save_as(tmp_path / "rejections.tsv")
    assert read_rejections(tmp_path / "rejections.tsv") == {(before.casefold(), after) for before, after in PAIRS}
    assert page.locator(".save p").inner_text() == "3 substitutions rejected, saved"


def test_what_is_rejected_already_is_ticked(look):
    page = look(Summary(tuple(FILES), (total(PAIRS[0], 0, rejected=True), total(PAIRS[1], 2)), 0))
    assert page.locator("[data-pair]:checked").count() == 1
    assert page.locator(".save").is_hidden()
    page.locator("[data-pair]:checked").uncheck()
    assert page.locator(".save").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible(look, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = look(color_scheme=scheme)
    page.locator("[data-pair]").first.check()
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
