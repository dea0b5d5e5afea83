"""What a batch costs: two processes against one, memory of a worker, 10 to 10,000 files: ``python benchmarks/batch.py``.

Documents are made from the blind spun pages, each a different selection and order of their paragraphs. Prints tables in
Markdown and draws ``batch.svg`` beside this file. All of it takes about ten minutes; ``--most 1000`` is quicker.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10, 30, 100, 300, 1000, 3000, 10_000)


def write_documents(folder: Path, count: int, paragraphs: int) -> int:
    """Distinct documents of so many paragraphs each; how many words they have."""
    pages = sorted((ROOT / "fixtures/blind").glob("*/[td]-*.spun.txt"))
    stock = [part for page in pages for part in page.read_text("utf-8").split("\n") if len(part.split()) > 20]
    chance, words = random.Random(count), 0
    for number in range(count):
        path = folder / f"{number // 1000}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n\n".join(chance.sample(stock, paragraphs)) + "\n"
        words += len(text.split())
        path.write_text(text, "utf-8")
    return words


def resident(process: int) -> int:
    """Private memory (KiB) of a process: what one more of its kind costs. Shared files count by share."""
    with open(f"/proc/{process}/smaps_rollup") as rows:  # noqa: PTH123
        return next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def batch(source: Path, target: Path, jobs: int) -> tuple[float, int, int]:
    """Seconds of a batch, with the peak memory (MiB) of its parent process and of a worker."""
    command = [sys.executable, "-m", "cleaner", "batch", str(source), str(target), "--jobs", str(jobs), "--quiet"]
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)})
    peaks = [0, 0]

    def watch() -> None:
        while process.poll() is None:
            try:
                peaks[0] = max(peaks[0], resident(process.pid))
                peaks[1] = max([peaks[1], *map(resident, children(process.pid))])
            except (OSError, StopIteration):
                pass
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    if process.wait():
        raise SystemExit(f"the batch failed with {process.returncode}")
    seconds = time.perf_counter() - begin
    watcher.join()
    return seconds, peaks[0] // 1024, peaks[1] // 1024


def draw(points: list[tuple[int, float]], path: Path) -> None:
    """Seconds over files, both scales logarithmic: a straight line at 45 degrees is linear."""
    from math import log10

    low = min(log10(seconds) for _, seconds in points) // 1
    high = -(-max(log10(seconds) for _, seconds in points) // 1)

    def at(files: float, seconds: float) -> str:
        return f"{60 + (log10(files) - 1) * 140:.1f},{40 + (high - log10(seconds)) * 300 / (high - low):.1f}"

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 400" font-family="sans-serif" font-size="12">',
        '<rect width="520" height="400" fill="#fff"/><text x="60" y="24">seconds of a batch by number of files</text>',
    ]
    for power in range(1, 5):
        place = at(10**power, 10**low).split(",")[0]
        parts.append(f'<text x="{place}" y="362" text-anchor="middle">{10**power:,}</text>')
        parts.append(f'<path d="M{at(10**power, 10**low)}L{at(10**power, 10**high)}" stroke="#ddd"/>')
    for power in range(int(low), int(high) + 1):
        y = at(10, 10**power).split(",")[1]
        parts.append(f'<text x="52" y="{float(y) + 4}" text-anchor="end">{10.0**power:g}</text>')
        parts.append(f'<path d="M{at(10, 10**power)}L{at(10_000, 10**power)}" stroke="#ddd"/>')
    line = "L".join(at(files, seconds) for files, seconds in points)
    parts.append(f'<path d="M{line}" fill="none" stroke="#2b5c8a" stroke-width="2"/>')
    for files, seconds in points:
        x, y = at(files, seconds).split(",")
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="4" fill="#2b5c8a"><title>{files:,}: {seconds:.1f} s</title></circle>'
        )
    path.write_text("\n".join((*parts, "</svg>\n")), "utf-8")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=SIZES[-1], help="files of the largest batch")
    options.add_argument("--files", type=int, default=200, help="files of the batch for throughput")
    options.add_argument("--runs", type=int, default=3, help="runs of each setting")
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = write_documents(folder / "articles", chosen.files, 12)
        print(f"{chosen.files} articles of {words // chosen.files} words, best and median of {chosen.runs} runs:\n")
        print(
            "| processes | seconds, best | median | words per second, best | parent MB | worker MB |\n|---|---|---|---|---|---|"
        )
        times: dict[int, list[float]] = {1: [], 2: []}
        memory: dict[int, tuple[int, int]] = {}
        for turn in range(chosen.runs):
            for jobs in times:  # in turns, so that what else the machine does touches both
                seconds, *used = batch(folder / "articles", folder / f"out-{jobs}-{turn}", jobs)
                times[jobs].append(seconds)
                memory[jobs] = used[0], used[1]
        for jobs, seconds in times.items():
            best = min(seconds)
            parent, worker = memory[jobs]
            print(f"| {jobs} | {best:.1f} | {median(seconds):.1f} | {words / best:,.0f} | {parent} | {worker} |")
        ratios = [one / two for one, two in zip(times[1], times[2], strict=True)]
        print(
            f"\nTwo processes against one: {min(times[1]) / min(times[2]):.2f} (turn by turn {', '.join(f'{r:.2f}' for r in ratios)})\n"
        )
        points = []
        print("| files | seconds | ms a file | parent MB | worker MB |\n|---|---|---|---|---|")
        for size in (size for size in SIZES if size <= chosen.most):
            write_documents(folder / f"in-{size}", size, 1)
            seconds, parent, worker = batch(folder / f"in-{size}", folder / f"small-{size}", 2)
            points.append((size, seconds))
            print(f"| {size:,} | {seconds:.1f} | {seconds / size * 1000:.1f} | {parent} | {worker} |", flush=True)
        draw(points, Path(__file__).with_name("batch.svg"))


if __name__ == "__main__":
    main()
