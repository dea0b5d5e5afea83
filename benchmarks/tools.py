"""The tools that are run side by side. Each is a command that rewrites text files in place, as its users would have it.

Libraries without such a command get one here: ``python -m benchmarks.tools NAME FILE …``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from json import loads
from pathlib import Path

from benchmarks import ROOT

HARPER = ROOT / "benchmarks/node_modules/harper.js/package.json"


@dataclass(frozen=True)
class Tool:
    """``command`` takes files behind it; none of ``exits`` is a failure (codespell and typos have one that says that
    some words were left, as more than one other could be meant). ``missing`` says what it would need.
    """

    name: str
    version: str
    how: str
    command: tuple[str, ...]
    exits: Collection[int] = (0,)
    missing: str = ""


def tools() -> list[Tool]:
    """This project first, then the others, also those that are not installed."""
    python = (sys.executable, "-m")
    typos = str(Path(sys.executable).with_name("typos"))
    harper = loads(HARPER.read_text("utf-8"))["version"] if HARPER.exists() else ""
    node = "" if harper and shutil.which("node") else "needs node, and `npm install --prefix benchmarks`"
    return [
        _package("cleaner", "cleaner", "`cleaner restore --in-place`", (*python, "cleaner", "restore", "--in-place")),
        _package("SymSpell", "symspellpy", "`lookup_compound` by line", (*python, "benchmarks.tools", "symspell")),
        _package("codespell", "codespell", "`codespell --write-changes`", (*python, "codespell_lib", "-w"), (0, 65)),
        _package("typos", "typos", "`typos --write-changes`", (typos, "-w", "--threads", "1", "--isolated"), (0, 2)),
        Tool(
            "Harper",
            harper,
            "the first suggestion of each lint, in WebAssembly",
            (shutil.which("node") or "node", str(ROOT / "benchmarks/harper.mjs")),
            missing=node,
        ),
        _package("ftfy", "ftfy", "`fix_text`", (*python, "benchmarks.tools", "ftfy")),
    ]


def _package(name: str, package: str, how: str, command: tuple[str, ...], exits: Collection[int] = (0,)) -> Tool:
    try:
        return Tool(name, version(package), how, command, exits)
    except PackageNotFoundError:
        return Tool(name, "", how, command, exits, f"needs `pip install '.[bench]'` ({package})")


@dataclass(frozen=True)
class Cost:
    """Of a process: wall and processor time (seconds), peak memory (MB)."""

    wall: float
    cpu: float
    memory: float


def cost(command: tuple[str, ...], exits: Collection[int] = (0,)) -> Cost:
    """The cost of a command, on one core where its libraries would take more. Raises ``RuntimeError`` if it fails."""
    timed = (sys.executable, "-I", str(ROOT / "benchmarks/timed.py"), *command)
    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = os.environ | alone | {"PYTHONPATH": paths}
    done = subprocess.run(timed, check=True, capture_output=True, text=True, env=environment)
    found = loads(done.stdout)
    status = found.pop("status")
    if status not in exits:
        raise RuntimeError(f"failed with {status}: {' '.join(command)[:200]}\n{done.stderr[-1000:]}")
    return Cost(**found)


def _symspell() -> Callable[[str], str]:
    from symspellpy import SymSpell

    speller, folder = SymSpell(), files("symspellpy")
    speller.load_dictionary(str(folder / "frequency_dictionary_en_82_765.txt"), 0, 1)
    speller.load_bigram_dictionary(str(folder / "frequency_bigramdictionary_en_243_342.txt"), 0, 2)

    def fix(text: str) -> str:
        lines = text.split("\n")
        return "\n".join(
            speller.lookup_compound(line, 2, ignore_non_words=True, transfer_casing=True)[0].term
            if line.strip()
            else ""
            for line in lines
        )

    return fix


def _ftfy() -> Callable[[str], str]:
    from ftfy import fix_text

    return fix_text


if __name__ == "__main__":
    fix = {"symspell": _symspell, "ftfy": _ftfy}[sys.argv[1]]()
    for path in map(Path, sys.argv[2:]):
        path.write_text(fix(path.read_text("utf-8")), "utf-8")
