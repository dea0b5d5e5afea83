"""Everything in one go: ``python -m benchmarks.run [--data FOLDER] [--quick] [--write]``.

Runs this project and other tools side by side on the same texts, measures how the time grows, and where it goes. Prints
Markdown; ``--write`` puts it into ``RESULTS.md`` and draws the plots beside that. Takes about ten minutes of one core.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import compare, growth, stages, start
from benchmarks.texts import count, human, spun
from benchmarks.tools import tools
from cleaner.evaluate.gate import Page

FOLDER = Path(__file__).resolve().parent
BEGIN, END = "<!-- written by benchmarks/run.py -->\n", "<!-- end -->\n"
SPEED = """
Words per second of processor time, one process each, start and loading left out; the best of three runs, each in a
process of its own. *Start* is the wall time for one line; *start to end* are words per second of wall time. *Undone*,
*precision* and *false changes* are defined in the README; they are measured on the blind test pages and on
human-written text, with every tool's changes applied as they come.

"""
GROWTH = """
The time for a word grows as the size to the power of the *exponent*: at 0 twice the text takes twice the time. For
lengths it is fitted from 1,000 words on. Times are processor time, no text is used twice. Human-written documents
mostly end at the screen, which looks at single words; where one part of a long text does not, all of it is judged.

"""
STAGES = """
Processor time by stage, each without the stages within it. Which stages pay for garbage collection is chance.

"""


def report(data: Path | None, words: int, quick: bool, draw: bool) -> Iterator[str]:
    """The results, part by part; ``draw`` plots them too."""
    texts = spun(data, words), human(data, words)
    yield f"{machine()}\n\n{described(*texts)}\n\n## Beside other tools\n"
    known = tools()
    outcomes = list(compare.compare(known, *texts))
    yield SPEED + "\n".join(compare.table(outcomes))
    yield "".join(f"\n{tool.name} was left out: {tool.missing}\n" for tool in known if tool.missing)
    yield "\n".join(("\n\n## Start\n", *start.table(known[0])))
    yield "\n\n## Growth\n"
    curves = list(growth.curves(data, quick))
    yield GROWTH + "\n".join(growth.table(curves))
    yield "\n\n## Where the time goes\n"
    found = stages.by_kind(*texts)
    yield STAGES + "\n".join(stages.table(found)) + "\n"
    if draw:
        from benchmarks import plot

        plot.tools(outcomes, FOLDER / "tools.svg")
        plot.growth(curves, FOLDER / "growth.svg")
        plot.stages(found, FOLDER / "stages.svg")


def machine() -> str:
    """The machine and its Python, in a line."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    name = next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    system = f"{platform.system()} {platform.machine()}"
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, {system}, Python {platform.python_version()}"


def described(*texts: list[Page]) -> str:
    """How much text there is of each kind."""
    kinds = [
        f"{len(pages)} {kind} documents of {sum(count(page.spun) for page in pages):,} words in all"
        for kind, pages in zip(("spun", "human-written"), texts, strict=True)
    ]
    return f"{' and '.join(kinds)}, no text twice."


def write(text: str, path: Path) -> None:
    """Put ``text`` between the marks in the file at ``path``."""
    before, _, rest = path.read_text("utf-8").partition(BEGIN)
    path.write_text(f"{before}{BEGIN}{text}{END}{rest.partition(END)[2]}", "utf-8")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="folder with corpora/; without it the blind pages have to do")
    options.add_argument("--words", type=int, help="words of spun and of human text to compare on (default 40,000)")
    options.add_argument("--quick", action="store_true", help="12,000 words, and texts of up to 10,000")
    options.add_argument("--write", action="store_true", help="into RESULTS.md, with plots")
    chosen = options.parse_args()
    data = chosen.data if chosen.data and (chosen.data / "corpora").is_dir() else None
    if data is None:
        print("no corpora at hand: only the blind pages are measured", file=sys.stderr)
    parts = []
    for part in report(data, chosen.words or (12_000 if chosen.quick else 40_000), chosen.quick, chosen.write):
        print(part, end="", flush=True)
        parts.append(part)
    if chosen.write:
        write("".join(parts), FOLDER / "RESULTS.md")


if __name__ == "__main__":
    main()
