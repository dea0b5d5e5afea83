"""A whole review in a real browser: the page from disk, its decisions, and the text that they lead to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cleaner
from cleaner.report.html import render
from cleaner.review.decisions import apply_decisions, read
from tests.report.made import DANGLE, EASY, NEWS, made

ROOT = Path(cleaner.__file__).parent.parent
SEED = next((ROOT / "seeds").glob("*.txt"))
SCREENS = ROOT / "out" / "screens"
SHOWN = """() => [...document.querySelectorAll(".now")].map((paragraph) => {
    const copy = paragraph.cloneNode(true);
    copy.querySelectorAll("del").forEach((gone) => gone.remove());
    return copy.textContent;
}).join("")"""


@pytest.fixture
def read_page(visit, tmp_path):
    def opened(result, name="news.txt", **options):
        (tmp_path / "page.html").write_text(render(result, name), "utf-8")
        return visit((tmp_path / "page.html").as_uri(), **options)

    return opened


def press(page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def write(page, text: str) -> None:
    page.keyboard.press("e")
    page.locator("textarea").fill(text)
    page.keyboard.press("Enter")


def progress(page) -> str:
    return page.locator("#progress").inner_text()


def saved(page) -> str:
    with page.expect_download() as download:
        page.keyboard.press("s")
    return Path(download.value.path()).read_text("utf-8")


def outcome(page, result) -> str:
    """The text that the saved decisions lead to, which must be what the page shows."""
    text, _ = apply_decisions(result.source, read(saved(page)))
    press(page, "v")
    assert "".join(page.evaluate(SHOWN).split()) == "".join(text.split())
    press(page, "v")
    return text


LINE, END = "A first line\n\nThere have also been no contact.\n", "It is easy to be guaranteed.\n"
CASES = {
    "": LINE + END,
    "r": LINE.replace("have", "dangle") + END,
    "a r a r": LINE.replace("no ", "no\u00a0") + END.replace("easy", "still") + "Related Articles\n",
    "1": LINE.replace("have", "hang") + END,
    "2": LINE.replace("have", "dangle") + END,
    "9": LINE + END,
    "r r r r u u u": LINE.replace("have", "dangle") + END,
    "r k a": LINE + END,
    "j j a k k r u": LINE + END.replace("easy", "still"),
    "Escape a r 1 e u": LINE + END,
}


@pytest.mark.parametrize("keys", CASES)
def test_keys_decide(read_page, keys):
    page = read_page(NEWS)
    press(page, keys)
    assert outcome(page, NEWS) == CASES[keys]


def test_the_reviewers_own_words(read_page):
    page = read_page(NEWS)
    write(page, "had")
    page.keyboard.press("e")
    page.keyboard.type("never")
    page.keyboard.press("Escape")
    assert progress(page) == "1 of 4 reviewed"
    assert outcome(page, NEWS).startswith("A first line\n\nThere had also been no contact.")
    press(page, "k")
    assert [each["verdict"] for each in json.loads(saved(page))["decisions"]] == ["edited", *["undecided"] * 3]
    write(page, "have")
    press(page, "k")
    assert [each["verdict"] for each in json.loads(saved(page))["decisions"]] == ["accepted", *["undecided"] * 3]


REPEATED = made(*["There ", DANGLE, " been ", EASY, ".\n"] * 3)


def test_all_of_the_same_substitution(read_page):
    page = read_page(REPEATED)
    press(page, "a Shift+R")
    assert progress(page) == "4 of 6 reviewed"
    assert page.locator("#say").text_content() == "3 rejected"
    press(page, "u Shift+A")
    assert outcome(page, REPEATED).count("still") == 3


def test_all_above_a_confidence(read_page):
    page = read_page(REPEATED)
    page.locator("#floor").fill("90")
    button = page.locator("[data-do=acceptShown]", has_text="Accept 3 shown")
    button.click()
    assert progress(page) == "3 of 6 reviewed"
    assert button.count() == 0
    page.locator("#floor").fill("0")
    page.locator("[data-do=rejectShown]", has_text="Reject 3 shown").click()
    assert page.locator("#say").text_content() == "All 6 reviewed"
    page.locator("[data-do=undo]").click()
    assert progress(page) == "3 of 6 reviewed"


def test_an_article_goes_back_with_its_word(read_page):
    article = DANGLE.__class__("a", "an", kind="agreement", source="agreement")
    result = made("It was ", article, " ", DANGLE.__class__("bodily", "orderly"), " move")
    page = read_page(result)
    press(page, "j r")
    assert progress(page) == "2 of 2 reviewed"
    assert outcome(page, result) == "It was a bodily move"
    press(page, "u")
    assert outcome(page, result) == "It was an orderly move"


def test_what_is_reviewed_can_be_hidden(read_page):
    page = read_page(REPEATED)
    page.locator("[data-hide=decided]").click()
    press(page, "a")
    assert page.locator("#count").inner_text() == "1 of 5"
    assert page.locator(".inline .mark.off").count() == 1


def test_decisions_survive_a_reload_and_stay_with_their_text(read_page, tmp_path):
    page = read_page(NEWS)
    write(page, "</script>")
    press(page, "r")
    page.reload()
    assert progress(page) == "2 of 4 reviewed"
    assert page.locator("#count").inner_text() == "3 of 4"
    assert outcome(page, NEWS).startswith("A first line\n\nThere </script> also been no\u00a0contact")
    (tmp_path / "page.html").write_text(render(REPEATED, "news.txt"), "utf-8")
    page.reload()
    assert progress(page) == "0 of 6 reviewed"


def test_damaged_storage_is_no_harm(read_page):
    page = read_page(NEWS)
    press(page, "a")
    for value in ("{", "null", "[]", '{"x": 1}', "7"):
        page.evaluate("(value) => localStorage.setItem(localStorage.key(0), value)", value)
        page.reload()
        assert progress(page) == "0 of 4 reviewed"


def test_buttons_of_the_card_keep_the_focus(read_page):
    page = read_page(NEWS)
    page.locator("[data-do=reject]").focus()
    press(page, "Enter Enter")
    assert page.evaluate("document.activeElement.dataset.do") == "reject"
    assert progress(page) == "2 of 4 reviewed"


@pytest.fixture(scope="module")
def restored(tmp_path_factory) -> Path:
    """A folder with the report on the seed."""
    folder = tmp_path_factory.mktemp("seed")
    name = str(SEED.relative_to(ROOT))
    run("restore", name, "-o", f"{folder}/restored.txt", "--report", f"html={folder}/page.html", cwd=ROOT)
    return folder


def run(*arguments: str, cwd: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "cleaner", *arguments], cwd=cwd, env=env, check=True, capture_output=True)


def test_the_seed_from_report_to_final_text(restored, visit):
    page = visit((restored / "page.html").as_uri())
    press(page, "a a r j a a 1 u")
    write(page, "a wording of one's own")
    press(page, "Shift+A r r")
    page.reload()
    assert not progress(page).startswith("0 ")
    press(page, "a a r a")
    (restored / "d.json").write_text(saved(page), "utf-8")
    run("apply", str(SEED), "d.json", "-o", "final.txt", "--report", "json=final.json", cwd=restored)
    final = (restored / "final.txt").read_text("utf-8")
    assert "a wording of one's own" in final
    assert final != (restored / "restored.txt").read_text("utf-8")
    press(page, "v")
    assert "".join(page.evaluate(SHOWN).split()) == "".join(final.split())
    run("revert", "final.txt", "final.json", "-o", "source.txt", cwd=restored)
    assert (restored / "source.txt").read_bytes() == SEED.read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screens(restored, visit, scheme):
    """Pictures of every state for people to look at, in out/screens."""
    page = visit((restored / "page.html").as_uri(), color_scheme=scheme, viewport={"width": 1240, "height": 760})
    SCREENS.mkdir(parents=True, exist_ok=True)
    press(page, "r r a r a a a")
    for state, keys in {"inline": "", "edit": "e", "sides": "Escape v", "help": "?", "end": "Escape v Escape"}.items():
        press(page, keys)
        page.screenshot(path=SCREENS / f"{scheme}-{state}.png")
    page.set_viewport_size({"width": 420, "height": 860})
    page.keyboard.press("j")
    page.screenshot(path=SCREENS / f"{scheme}-narrow.png")
    page.pdf(path=SCREENS / f"{scheme}.pdf")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
