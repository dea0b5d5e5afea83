"""Memory and speed of a long stream of JSON Lines: ``python benchmarks/stream.py [MEGABYTES]``.

The records are articles made of shuffled paragraphs of the fixtures, one in ten of them spun. They go through
``cleaner restore --jsonl`` while its resident memory is read; prints a table in Markdown, a row for each tenth.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPUN = 0.1
"""Share of records that are spun."""
PARAGRAPHS = 12


def records(size: int) -> Iterator[bytes]:
    """Lines of about ``size`` bytes in all, the same ones each time."""
    rng = random.Random(1)
    pages = {
        kind: [
            [line for line in page.read_text("utf-8").splitlines() if line]
            for page in sorted((ROOT / "fixtures/blind").glob(f"*/*.{kind}.txt"))
        ]
        for kind in ("spun", "orig")
    }
    number = written = 0
    while written < size:
        kind = "spun" if rng.random() < SPUN else "orig"
        text = "\n".join(rng.choice(rng.choice(pages[kind])) for _ in range(PARAGRAPHS))
        number += 1
        line = json.dumps({"id": number, "text": text, "kind": kind}).encode() + b"\n"
        written += len(line)
        yield line


def resident(process: int) -> int:
    """The resident memory of a process, in MB."""
    rows = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(row.split()[1] for row in rows if row.startswith("VmRSS"))) // 1024


def main() -> None:
    """Measure and print."""
    size = int(sys.argv[1] if len(sys.argv) > 1 else 100) * 1_000_000
    with tempfile.TemporaryFile() as file:
        count = sum(1 for line in records(size) if file.write(line))
        file.seek(0)
        command = [sys.executable, "-m", "cleaner", "restore", "--jsonl", "--quiet"]
        begin = time.perf_counter()
        with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            print("| MB | records | records per second | resident memory (MB) |\n|---|---|---|---|")
            read = at = 0
            for at, line in enumerate(process.stdout, 1):
                read += len(line)
                if at % max(1, count // 10) == 0:
                    rate = at / (time.perf_counter() - begin)
                    print(f"| {read / 1e6:.0f} | {at:,} | {rate:,.0f} | {resident(process.pid)} |", flush=True)
    assert (process.returncode, at) == (0, count)


if __name__ == "__main__":
    main()
