"""All tools on the same texts: start, speed, memory, and what they do to spun and to human-written text."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.texts import JUDGED, count
from benchmarks.tools import Cost, Tool, cost
from cleaner.evaluate.gate import Page
from cleaner.evaluate.score import Score, false_changes, score_page

LINE = Page("line", "The company said so on Monday.\n", None)
RUNS, ENOUGH = 3, 40.0
"""Runs of each, the best of which counts, and the seconds of processor time after which there is no other."""


@dataclass(frozen=True)
class Outcome:
    """What a tool takes: to start (seconds), at most of memory (MB), for ``spun`` and ``human`` text (words per second
    of processor time, and of wall time with the start in it); and what it does: the score by dialect, false changes
    per 1,000 words.
    """

    tool: Tool
    start: float
    memory: float
    spun: tuple[float, float]
    human: tuple[float, float]
    scores: dict[str, Score]
    false: float


def compare(tools: Sequence[Tool], spun: Sequence[Page], human: Sequence[Page]) -> Iterator[Outcome]:
    """The outcome of each tool that is installed."""
    for tool in tools:
        print(f"{tool.name}: {tool.missing or 'running'}", file=sys.stderr)
        if not tool.missing:
            yield measure(tool, spun, human)


def measure(tool: Tool, spun: Sequence[Page], human: Sequence[Page]) -> Outcome:
    """The outcome of one tool. The processor time is that of all texts but the first, as a run on the first alone is
    taken off: there is no start and no loading in it.
    """
    start, _ = run(tool, [LINE])
    speeds, memory, after = [], start.memory, []
    for pages in (spun, human):
        one, _ = run(tool, pages[:1])
        all_, texts = run(tool, pages)
        words = sum(count(page.spun) for page in pages[1:])
        speeds.append((words / max(1e-3, all_.cpu - one.cpu), sum(count(page.spun) for page in pages) / all_.wall))
        memory = max(memory, all_.memory)
        after.append(texts)
    scores = {dialect: _score(figure, spun, after[0]) for dialect, figure in JUDGED.items()}
    made = [false_changes(page.spun, text) for page, text in zip(human, after[1], strict=True)]
    false = 1000 * sum(changes for changes, _ in made) / sum(words for _, words in made)
    return Outcome(tool, start.wall, memory, speeds[0], speeds[1], scores, false)


def run(tool: Tool, pages: Sequence[Page]) -> tuple[Cost, list[str]]:
    """The least cost of a tool on ``pages``, each run in a process of its own, and the texts as it leaves them."""
    costs: list[Cost] = []
    while len(costs) < RUNS and sum(each.cpu for each in costs) < ENOUGH:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / f"{at}.txt" for at in range(len(pages))]
            for path, page in zip(paths, pages, strict=True):
                path.write_text(page.spun, "utf-8")
            costs.append(cost((*tool.command, *map(str, paths)), tool.exits))
            texts = [path.read_text("utf-8") for path in paths]
    return Cost(*(min(values) for values in zip(*(vars(each).values() for each in costs), strict=True))), texts


def _score(figure: str, pages: Sequence[Page], texts: Sequence[str]) -> Score:
    judged = [(page, text) for page, text in zip(pages, texts, strict=True) if page.figure == figure]
    return sum((score_page(page.spun, text, page.original or "") for page, text in judged), Score())


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The outcomes in Markdown, beside those of the first."""
    ours = outcomes[0]
    yield "| tool | start s | peak MB | words/s, spun | human | × cleaner, spun | human | start to end, spun | human |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for o in outcomes:
        times = f"{o.spun[0] / ours.spun[0]:.2f} | {o.human[0] / ours.human[0]:.2f}"
        walls = f"{o.spun[1]:,.0f} | {o.human[1]:,.0f}"
        yield (
            f"| {_label(o.tool)} | {o.start:.2f} | {o.memory:,.0f} | {o.spun[0]:,.0f} | {o.human[0]:,.0f} "
            f"| {times} | {walls} |"
        )
    yield ""
    dialects = " | ".join(f"{dialect} undone | precision" for dialect in JUDGED)
    yield f"| tool | applied as | {dialects} | false changes per 1,000 words |"
    yield "|---|---|" + "---|---|" * len(JUDGED) + "---|"
    for o in outcomes:
        figures = " | ".join(
            f"{round(s.undone, 2) + 0.0:.2f} | " + (f"{s.precision:.2f} of {s.changes:,}" if s.changes else "–")
            for s in o.scores.values()
        )
        yield f"| {_label(o.tool)} | {o.tool.how} | {figures} | {o.false:.2f} |"


def _label(tool: Tool) -> str:
    return f"**{tool.name}**" if tool.name == "cleaner" else f"{tool.name} {tool.version}"
