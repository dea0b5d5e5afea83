"""Start, speed and memory beside a peer, on the same distinct texts in one run: ``python benchmarks/run.py``.

The peer is SymSpell's ``lookup_compound``, the nearest thing that a user would reach for. Texts are the blind pages,
spun and original; every text is used once. Prints a table in Markdown; ``RESULTS.md`` keeps the last one.
"""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from symspellpy import SymSpell

from cleaner import Restorer

ROOT = Path(__file__).resolve().parent.parent
STEPS = (
    ("Python itself", "pass"),
    ("NumPy", "import numpy"),
    ("regex, RapidFuzz, SymSpell", "import regex, rapidfuzz, symspellpy"),
    ("command line", "import cleaner.cli.app"),
    ("pipeline", "import cleaner.pipeline"),
    ("language model", "from cleaner import Restorer; Restorer().model"),
    ("packs and lexicon", "from cleaner import Restorer; Restorer().lexicon"),
)


def best(command: Sequence[str], text: str = "", runs: int = 5) -> float:
    """The least wall time of a command over several runs, in seconds."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(command, input=text, text=True, capture_output=True, check=True)
        times.append(time.perf_counter() - begin)
    return min(times)


def words_per_second(texts: Sequence[str], work: Callable[[str], object]) -> float:
    """Throughput over distinct texts, each used once."""
    begin = time.perf_counter()
    for text in texts:
        work(text)
    return sum(len(text.split()) for text in texts) / (time.perf_counter() - begin)


def main() -> None:
    """Measure and print."""
    print(f"Python {platform.python_version()}, {platform.machine()}, symspellpy {version('symspellpy')}, 1 process\n")
    print("| start | seconds |\n|---|---|")
    for name, code in STEPS:
        print(f"| {name} (with Python) | {best([sys.executable, '-c', code]):.2f} |")
    command = [str(Path(sys.executable).parent / "cleaner"), "restore", "--quiet", "-"]
    print(f"| **`cleaner restore` of one line** | {best(command, 'The company said so.'):.2f} |")
    load = "from symspellpy import SymSpell; from importlib.resources import files; s = SymSpell()\n" + "".join(
        f"s.load_{kind}dictionary(str(files('symspellpy') / '{name}'), 0, {count})\n"
        for kind, name, count in (
            ("", "frequency_dictionary_en_82_765.txt", 1),
            ("bigram_", "frequency_bigramdictionary_en_243_342.txt", 2),
        )
    )
    print(f"| SymSpell, both dictionaries | {best([sys.executable, '-c', load], runs=2):.2f} |\n")

    pages = sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt"))
    spun = [page.read_text("utf-8") for page in pages if page.name[0] in "td"]
    human = [page.with_name(page.name.replace(".spun.", ".orig.")).read_text("utf-8") for page in pages]
    restorer = Restorer()
    restorer.restore(spun[0])
    print("| words per second | spun | human |\n|---|---|---|")
    ours = [words_per_second(texts, restorer.restore) for texts in (spun, human)]
    print(f"| cleaner | {ours[0]:,.0f} | {ours[1]:,.0f} |")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speller = SymSpell()
    speller.load_dictionary(str(files("symspellpy") / "frequency_dictionary_en_82_765.txt"), 0, 1)
    speller.load_bigram_dictionary(str(files("symspellpy") / "frequency_bigramdictionary_en_243_342.txt"), 0, 2)
    some = 8
    theirs = [
        words_per_second(texts[:some], lambda text: [speller.lookup_compound(line, 2) for line in text.splitlines()])
        for texts in (spun, human)
    ]
    print(f"| SymSpell lookup_compound | {theirs[0]:,.0f} | {theirs[1]:,.0f} |")
    print(f"| ratio | {ours[0] / theirs[0]:.1f} | {ours[1] / theirs[1]:.1f} |\n")
    print(f"Peak memory of cleaner after {len(spun) + len(human)} pages: {memory:,.0f} MB")


if __name__ == "__main__":
    main()
