"""How fast the review page is on a long text, in Chromium: ``python benchmarks/review.py [WORDS CHANGES]``.

A text of 10,000 words with 3,000 changes and suggestions is made up, and its page opened from disk. Each figure is the
time from the reader's act until the frame that shows its effect has been handed to the screen: median and worst of
several, in milliseconds. Two frames of 16.7 ms are the least that can be measured so.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from cleaner.edits import KINDS, Alternative, Edit, Result, apply
from cleaner.report.html import render

WORDS = "government people company interest first military quick future likely direct still agreement month".split()
ACT = """async (act) => {
    const begin = performance.now();
    new Function(act)();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - begin;
}"""
KEY = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true, cancelable: true}))"
ACTS = (
    ("j: next change", KEY % "j", 50),
    ("k: previous change", KEY % "k", 50),
    ("a: accept, on to the next", KEY % "a", 50),
    ("1: choose a reading", KEY % "1", 20),
    ("u: undo", KEY % "u", 20),
    ("filter by kind", "document.querySelector('[data-hide=spin]').click()", 10),
    ("side by side and back", KEY % "v", 6),
    ("accept all that are shown", "document.querySelector('[data-do=acceptShown]').click()", 1),
    ("undo of all", KEY % "u", 1),
)


def article(words: int, changes: int) -> Result:
    """A made-up text of so many words, a paragraph every 80, with changes and a fifth as suggestions."""
    chance = random.Random(1)
    swapped = set(chance.sample(range(words), changes))
    source, edits, suggestions = [], [], []
    at = 0
    for number in range(words):
        word = chance.choice(WORDS)
        if number in swapped:
            others = tuple(Alternative(chance.choice(WORDS), chance.random() / 3) for _ in range(3))
            reason = {name: chance.uniform(-3, 3) for name in ("language", "channel", "rate", "sentence")}
            after = chance.choice([other for other in WORDS if other != word])
            kind = KINDS[0] if chance.random() < 0.8 else chance.choice(KINDS)
            edit = Edit(at, at + len(word), word, after, kind, "made up", chance.uniform(0.3, 1), others, reason)
            (suggestions if chance.random() < 0.2 else edits).append(edit)
        blank = "\n\n" if number % 80 == 79 else " "
        source.append(word + blank)
        at += len(word) + len(blank)
    text = "".join(source)
    return Result(text, apply(text, edits), tuple(edits), tuple(suggestions), 0.3, "table", 1.0)


def opened(page: Page, path: Path) -> dict[str, float]:
    """Milliseconds from the start of loading until the page can be used and until it was first painted."""
    page.goto(path.as_uri())
    return page.evaluate(
        """async () => {
            const paint = await new Promise((done) => {
                const first = (list) => done(list.getEntriesByName("first-contentful-paint")[0].startTime);
                new PerformanceObserver(first).observe({ type: "paint", buffered: true });
            });
            return { paint, ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd };
        }"""
    )


def measure(path: Path) -> list[tuple[str, list[float]]]:
    """Each act with its times."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        loads = [opened(page, path) for _ in range(5)]
        found = [("load to first paint", [load["paint"] for load in loads])]
        found.append(("load to interactive", [load["ready"] for load in loads]))
        for name, act, times in ACTS:
            found.append((name, [page.evaluate(ACT, act) for _ in range(times)]))
        # 50 were accepted one by one, and all else was undone: what was measured did happen.
        assert page.locator("#progress").inner_text().startswith("50 of ")
        chromium.close()
    return found


def main() -> None:
    """Make, measure and print."""
    words, changes = map(int, sys.argv[1:3] or (10_000, 3_000))
    result = article(words, changes)
    begin = time.perf_counter()
    html = render(result, "made-up.txt")
    seconds = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(html, "utf-8")
        print(f"{words:,} words, {changes:,} changes: {len(html) / 1e6:.1f} MB, written in {seconds:.2f} s\n")
        print("| act | median ms | worst ms |\n|---|---|---|")
        for name, times in measure(path):
            print(f"| {name} | {median(times):.0f} | {max(times):.0f} |")


if __name__ == "__main__":
    main()
