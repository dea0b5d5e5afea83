"""The command line with a restorer that needs no data, for real processes: ``python driver.py batch IN OUT``."""

from __future__ import annotations

import os
import re
import signal
import sys
import time

from cleaner.cli import main
from cleaner.edits import Edit, Result, apply
from cleaner.pipeline import Restorer
from cleaner.text.tokens import fold

SWAPS = {"dangle": "have", "easy": "still", "allege": "direct", "navy": "military"}
DOUBTFUL = "easy"
PAUSE = float(os.environ.get("PAUSE", "0"))


class Swapper(Restorer):
    """Knows four swaps; a text may kill the process, or run into a bug."""

    def restore(self, text: str) -> Result:
        if "SEGFAULT" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "BUG" in text:
            raise KeyError("a bug")
        if text:
            time.sleep(PAUSE)
        found = [
            Edit(match.start(), match.end(), match[0], SWAPS[fold(match[0])], "spin", "swapper", 0.8)
            for match in re.finditer("|".join(SWAPS), text, re.IGNORECASE)
        ]
        found = [edit for edit in found if not self._is_rejected(edit)]
        edits = tuple(edit for edit in found if fold(edit.before) != DOUBTFUL)
        others = tuple(edit for edit in found if fold(edit.before) == DOUBTFUL)
        return Result(text, apply(text, edits), edits, others, 0.25, "table" if edits else None, 0.9)


if __name__ == "__main__":
    import cleaner.pipeline

    cleaner.pipeline.Restorer = Swapper  # type: ignore[misc]
    sys.exit(main())
