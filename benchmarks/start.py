"""What the start of the command is made of: each step with those before it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.compare import LINE, RUNS, run
from benchmarks.tools import Tool, cost

STEPS = (
    ("Python itself", "pass"),
    ("with NumPy", "import numpy"),
    ("with the whole pipeline", "import cleaner.pipeline"),
    ("with the language model", "from cleaner import Restorer; Restorer().model"),
    ("with packs and lexicon", "from cleaner import Restorer; r = Restorer(); r.model, r.lexicon"),
)


def table(cleaner: Tool) -> Iterator[str]:
    """The steps in Markdown: the least processor time of several runs."""
    yield "| start | seconds |"
    yield "|---|---|"
    for name, code in STEPS:
        yield f"| {name} | {min(cost((sys.executable, '-c', code)).cpu for _ in range(RUNS)):.2f} |"
    whole, _ = run(cleaner, [LINE])
    yield f"| **`cleaner restore` of one line** | **{whole.cpu:.2f}** |"
