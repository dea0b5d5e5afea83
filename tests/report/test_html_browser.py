"""The reading room in a real browser."""

from __future__ import annotations

import pytest

from cleaner.report.html import render
from cleaner.report.pages import shown
from cleaner.report.view import visible

from .made import DANGLE, EASY, NEWS, Swap, made
from .test_html import HOSTILE


@pytest.fixture
def read(visit, tmp_path):
    """Opens the page of a result from disk."""

    def opened(result, name="news.txt", **options):
        path = tmp_path / "page.html"
        path.write_text(render(result, name), encoding="utf-8")
        return visit(path.as_uri(), **options)

    return opened


def words(page) -> str:
    return page.locator("#card .words").text_content()


def count(page) -> str:
    return page.locator("#count").inner_text()


def test_the_first_change_is_open_and_j_and_k_move(read):
    page = read(NEWS)
    assert (count(page), words(page)) == ("1 of 4", "dangle →to have")
    assert page.locator("#card .sum td").last.inner_text() == "+2.50"
    assert page.locator("#card .readings li span[dir]").all_inner_texts() == ["hang", "dangle"]
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.n") == "2"
    page.keyboard.press("j")
    assert "suggested, not applied" in page.locator("#card .what").first.inner_text()
    page.keyboard.press("k")
    assert count(page) == "2 of 4"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_clicks_on_the_text_and_on_the_list_open_a_card(read):
    page = read(NEWS)
    page.locator(".row[data-n='3'] button").click()
    assert words(page) == "easy →to still"
    page.locator(".inline .mark[data-n='1']").click()
    assert words(page) == "dangle →to have"


def test_filters_leave_the_restored_text(read):
    page = read(NEWS)
    whole = page.locator("[data-text=inline]").inner_text()
    assert "dangle" in whole
    page.locator("[data-hide=spin]").click()
    assert count(page) == "– of 2"
    assert "There have also been" in page.locator("[data-text=inline]").inner_text()
    assert page.locator(".row:visible").count() == 2
    page.locator("[data-hide=spin]").click()
    assert page.locator("[data-text=inline]").inner_text() == whole


def test_confidence_source_and_suggestions_filter(read):
    page = read(NEWS)
    page.locator("#floor").fill("95")
    page.locator("#count", has_text="– of 2").wait_for()
    page.locator("#floor").fill("0")
    page.locator("#count", has_text="– of 4").wait_for()
    page.locator("[data-hide=suggestions]").click()
    assert count(page) == "– of 3"
    page.locator("#source").select_option("no-break-space")
    assert count(page) == "– of 1"


def test_side_by_side_shows_each_text_alone(read):
    page = read(NEWS)
    page.keyboard.press("v")
    assert page.locator("[data-text=inline]").is_hidden()
    assert page.locator(".was").nth(1).inner_text().startswith("There dangle also")
    assert page.locator(".now").nth(1).inner_text().startswith("There have also")
    page.locator(".was .mark").first.click()
    assert words(page) == "dangle →to have"
    page.locator("[data-view=inline]").click()
    assert page.locator("[data-text=sides]").is_hidden()


def test_help_opens_and_shortcuts_can_be_switched_off(read):
    page = read(NEWS)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.locator("#shortcuts").uncheck()
    page.locator("#keys button").click()
    page.keyboard.press("j")
    assert count(page) == "1 of 4"


def test_hostile_texts_are_shown_and_do_nothing(read):
    swaps = [Swap(text, f"{text}!", source=text, reason=((text, 2.0),)) for text in HOSTILE]
    page = read(made(*(piece for swap in swaps for piece in (swap.before, "\n", swap, "\n"))), name=HOSTILE[1])
    for number, swap in enumerate(swaps, 1):
        assert page.locator("#card .words del").text_content() == visible(swap.before)
        assert page.locator(f".inline .mark[data-n='{number}'] del").text_content() == shown(swap.before)
        page.keyboard.press("e")
        page.locator("textarea").fill(f"{swap.before}?")
        page.keyboard.press("Enter")
        assert page.locator(f".inline .mark[data-n='{number}'] ins").text_content() == shown(f"{swap.before}?")
    page.keyboard.press("v")
    assert page.locator("#progress").inner_text() == f"{len(HOSTILE)} of {len(HOSTILE)} reviewed"
    assert page.locator("h1").inner_text() == HOSTILE[1]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_three_thousand_changes_stay_quick(read):
    page = read(made(*["There ", DANGLE, " been, ", DANGLE, "\n", DANGLE, EASY] * 1000))
    seconds = page.evaluate(
        """async () => {
            const begin = performance.now();
            document.querySelector("[data-hide=spin]").click();
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return (performance.now() - begin) / 1000;
        }"""
    )
    assert count(page) == "– of 0"
    assert seconds < 2


STATES = {
    "a change": "",
    "decisions, side by side": "v a r a",
    "own words": "e",
    "help": "Escape ?",
    "no card": "Escape Escape",
}


@pytest.mark.parametrize("width", [1400, 420])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(read, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = read(NEWS, color_scheme=scheme, viewport={"width": width, "height": 800})
    for state, keys in STATES.items():
        for key in keys.split():
            page.keyboard.press(key)
        found = axe.run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], state


def test_the_current_row_stays_in_sight(read):
    page = read(made(*["There ", DANGLE, " been. ", EASY, "\n"] * 300))
    for _ in range(60):
        page.keyboard.press("j")
        assert page.evaluate(
            """() => {
                const row = document.querySelector(".row.on").getBoundingClientRect();
                const list = document.querySelector("#list").getBoundingClientRect();
                const head = document.querySelector("#list h2").getBoundingClientRect();
                return row.top >= list.top + head.height - 2 && row.bottom <= Math.min(list.bottom, innerHeight) + 1;
            }"""
        )
