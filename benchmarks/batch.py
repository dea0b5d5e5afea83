"""What a batch costs: two processes against one, memory, 10 to 10,000 files: ``python benchmarks/batch.py``.

Documents are made from the blind spun pages, each another choice and order of their paragraphs. Prints tables in
Markdown, and draws ``batch.svg`` beside this file unless ``--most`` leaves out the largest batch.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10, 30, 100, 300, 1000, 3000, 10_000)


@dataclass(frozen=True)
class Cost:
    """Of one batch: wall time and processor time of all its processes (seconds), and the most memory (MB) that its
    parent and one of its workers had; pages that processes share count by their share.
    """

    seconds: float
    processor: float
    parent: int
    worker: int


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


def batch(source: Path, target: Path, jobs: int) -> Cost:
    """The cost of a batch."""
    command = [sys.executable, "-m", "cleaner", "batch", str(source), str(target), "--jobs", str(jobs), "--quiet"]
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)})
    parent, worker = [0], [0]

    def watch() -> None:
        while process.poll() is None:
            with suppress(OSError, StopIteration):
                parent.append(memory(process.pid))
                children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                worker.extend(memory(int(child)) for child in children)
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    watcher.join()
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"the batch failed with {process.returncode}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, processor, max(parent), max(worker))


def memory(process: int) -> int:
    """The memory (MB) of a process."""
    rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) // 1024


def throughput(folder: Path, files: int, runs: int) -> None:
    """One process and two, in turns, so that what else the machine does touches both."""
    words = write_documents(folder / "articles", files, 12)
    found: dict[int, list[Cost]] = {1: [], 2: []}
    for turn in range(runs):
        for jobs, costs in found.items():
            costs.append(batch(folder / "articles", folder / f"out-{jobs}-{turn}", jobs))
    print(f"{files} articles of {words // files} words, {runs} runs:\n")
    print("| processes | seconds, best | median | words/s, best | processor s | parent MB | worker MB |")
    print("|---|---|---|---|---|---|---|")
    for jobs, costs in found.items():
        times = [cost.seconds for cost in costs]
        best = min(costs, key=lambda cost: cost.seconds)
        speed = f"{words / best.seconds:,.0f} | {best.processor:.1f}"
        print(f"| {jobs} | {best.seconds:.1f} | {median(times):.1f} | {speed} | {best.parent} | {best.worker} |")
    ratios = [one.seconds / two.seconds for one, two in zip(found[1], found[2], strict=True)]
    best = min(cost.seconds for cost in found[1]) / min(cost.seconds for cost in found[2])
    print(f"\nTwo processes against one: {best:.2f}; turn by turn {', '.join(f'{each:.2f}' for each in ratios)}\n")


def growth(folder: Path, most: int) -> list[tuple[int, float]]:
    """Files and seconds of batches of growing size, of one paragraph each."""
    points = []
    print("| files | seconds | ms a file | processor ms a file | parent MB | worker MB |\n|---|---|---|---|---|---|")
    for size in (size for size in SIZES if size <= most):
        write_documents(folder / f"in-{size}", size, 1)
        cost = batch(folder / f"in-{size}", folder / f"out-{size}", 2)
        points.append((size, cost.seconds))
        each = f"{cost.seconds / size * 1000:.1f} | {cost.processor / size * 1000:.1f}"
        print(f"| {size:,} | {cost.seconds:.1f} | {each} | {cost.parent} | {cost.worker} |", flush=True)
    return points


def draw(points: list[tuple[int, float]]) -> str:
    """Seconds over files as SVG, both scales logarithmic: linear cost is a line at 45 degrees."""
    low, high = floor(log10(min(y for _, y in points))), ceil(log10(max(y for _, y in points)))

    def place(files: float, seconds: float) -> tuple[float, float]:
        return round(60 + (log10(files) - 1) * 130, 1), round(40 + (high - log10(seconds)) * 130, 1)

    (right, top), (left, bottom) = place(10**4, 10**high), place(10, 10**low)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 {bottom + 40}" font-family="sans-serif" '
        'font-size="12">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        '<text x="60" y="22">Seconds of a batch by number of files, two processes</text>',
    ]
    for x, label in ((place(10**power, 1)[0], f"{10**power:,}") for power in range(1, 5)):
        parts.append(f'<path d="M{x},{top}V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{label}</text>')
    for y, label in ((place(10, 10.0**power)[1], f"{10.0**power:g}") for power in range(low, high + 1)):
        parts.append(f'<path d="M{left},{y}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{label}</text>')
    line = " ".join("{},{}".format(*place(*point)) for point in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#2b5c8a" stroke-width="2"/>')
    for files, seconds in points:
        x, y = place(files, seconds)
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="4" fill="#2b5c8a"><title>{files:,}: {seconds:.1f} s</title></circle>'
        )
    return "\n".join((*parts, "</svg>\n"))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=SIZES[-1], help="files of the largest batch")
    options.add_argument("--files", type=int, default=400, help="files of the batch for throughput")
    options.add_argument("--runs", type=int, default=3, help="runs with one process and with two")
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as name:
        throughput(Path(name), chosen.files, chosen.runs)
        points = growth(Path(name), chosen.most)
    if chosen.most >= SIZES[-1]:
        Path(__file__).with_name("batch.svg").write_text(draw(points), "utf-8")


if __name__ == "__main__":
    main()
