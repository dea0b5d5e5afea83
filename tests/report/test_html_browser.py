"""The reading room in a real browser; left out where none is installed."""

from __future__ import annotations

import shutil

import pytest

from cleaner.report.html import render

from .made import DANGLE, EASY, NEWS, Swap, made
from .test_html import XSS

api = pytest.importorskip("playwright.sync_api")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium installed")


@pytest.fixture(scope="module")
def browser():
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def read(browser, tmp_path):
    """Opens the page of a result; fails on script errors, dialogs, requests and breaches of the page's policy."""
    complaints: list[str] = []

    def opened(result, name="news.txt", **options):
        path = tmp_path / "page.html"
        path.write_text(render(result, name), encoding="utf-8")
        page = browser.new_page(viewport={"width": 1400, "height": 900}, **options)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: complaints.append("dialog") or dialog.dismiss())
        page.on("request", lambda request: request.url == path.as_uri() or complaints.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []


def test_j_and_k_move_and_open_the_card(read):
    page = read(NEWS)
    page.keyboard.press("j")
    assert page.locator("#count").inner_text() == "1 of 4"
    assert page.locator(".card.on .words").text_content() == "dangle→ to have"
    assert page.locator(".card.on .sum td").last.inner_text() == "+2.50"
    assert page.locator(".card.on .others th").all_inner_texts() == ["hang", "dangle as it stood"]
    assert page.evaluate("document.activeElement.dataset.n") == "1"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "suggested, not applied" in page.locator(".card.on .detail").inner_text()
    page.keyboard.press("k")
    assert page.locator("#count").inner_text() == "2 of 4"
    page.keyboard.press("Escape")
    assert page.locator(".card.on").count() == 0


def test_filters_leave_the_restored_text(read):
    page = read(NEWS)
    whole = page.locator("[data-text=inline]").inner_text()
    assert "dangle" in whole
    page.locator("[data-kind=spin]").click()
    assert page.locator("#count").inner_text() == "– of 2"
    assert "There have also been" in page.locator("[data-text=inline]").inner_text()
    assert page.locator(".card:visible").count() == 2
    page.locator("[data-kind=spin]").click()
    assert page.locator("[data-text=inline]").inner_text() == whole


def test_confidence_source_and_suggestions_filter(read):
    page = read(NEWS)
    page.locator("#floor").fill("95")
    api.expect(page.locator("#count")).to_have_text("– of 2")
    page.locator("#floor").fill("0")
    api.expect(page.locator("#count")).to_have_text("– of 4")
    page.locator("[data-suggestions]").click()
    assert page.locator("#count").inner_text() == "– of 3"
    page.locator("#source").select_option("no-break-space")
    assert page.locator("#count").inner_text() == "– of 1"


def test_side_by_side_shows_each_text_alone(read):
    page = read(NEWS)
    page.keyboard.press("v")
    assert page.locator("[data-text=inline]").is_hidden()
    assert page.locator(".was").nth(1).inner_text().startswith("There dangle also")
    assert page.locator(".now").nth(1).inner_text().startswith("There have also")
    page.locator(".was .mark").first.click()
    assert page.locator(".card.on .words ins").inner_text() == "have"
    page.locator("[data-view=inline]").click()
    assert page.locator("[data-text=sides]").is_hidden()


def test_help_opens_and_shortcuts_can_be_switched_off(read):
    page = read(NEWS)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.locator("#shortcuts").uncheck()
    page.locator("#keys button").click()
    page.keyboard.press("j")
    assert page.locator(".card.on").count() == 0


def test_hostile_texts_do_nothing(read):
    swaps = [Swap(text, f"{text}!", source=text, reason=((text, 2.0),)) for text in XSS]
    page = read(made(*(piece for swap in swaps for piece in (swap.before, "\n", swap, "\n"))), name=XSS[1])
    for _ in swaps:
        page.keyboard.press("j")
    assert page.locator("#count").inner_text() == f"{len(XSS)} of {len(XSS)}"
    assert page.locator("h1").inner_text() == XSS[1]


def test_three_thousand_changes_stay_quick(read):
    page = read(made(*["There ", DANGLE, " been, ", DANGLE, "\n", DANGLE, EASY] * 1000))
    seconds = page.evaluate(
        """async () => {
            const begin = performance.now();
            document.querySelector("[data-kind]").click();
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return (performance.now() - begin) / 1000;
        }"""
    )
    assert page.locator("#count").inner_text() == "– of 0"
    assert seconds < 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["inline", "sides"])
def test_axe_finds_nothing(read, scheme, view):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = read(NEWS, color_scheme=scheme)
    page.locator(f"[data-view={view}]").click()
    page.keyboard.press("j")
    found = axe.run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_the_open_card_stays_in_sight(read):
    page = read(made(*["There ", DANGLE, " been. ", EASY, "\n"] * 60))
    for _ in range(50):
        page.keyboard.press("j")
        page.wait_for_timeout(30)
        assert page.evaluate(
            """() => {
                const row = document.querySelector(".card.on .row").getBoundingClientRect();
                const list = document.querySelector("aside").getBoundingClientRect();
                const head = document.querySelector("aside h2").getBoundingClientRect();
                return row.top >= list.top + head.height - 2 && row.bottom <= list.bottom;
            }"""
        )
