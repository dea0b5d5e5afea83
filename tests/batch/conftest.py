from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cleaner
from cleaner.batch.clean import clean_file
from cleaner.cli import main

from .driver import Swapper

DRIVER = [sys.executable, str(Path(__file__).with_name("driver.py"))]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(cleaner.__file__).parent.parent)}
Tree = dict[str, bytes]


@pytest.fixture
def batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs ``cleaner batch`` without workers, in a folder of its own: exit code and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cleaner.pipeline.Restorer", Swapper)
    monkeypatch.setattr("cleaner.batch.run.work", lambda tasks, restorer, _: (clean_file(t, restorer) for t in tasks))

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(["batch", *arguments])
        out, err = capsys.readouterr()
        assert out == ""
        return code, err

    return run


@pytest.fixture
def processes(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """As ``batch``, as a process of its own with workers."""

    def run(*arguments: str) -> tuple[int, str]:
        command = [*DRIVER, "batch", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, timeout=60)
        assert done.stdout == b""
        return done.returncode, done.stderr.decode()

    return run


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[str], Tree]:
    """What a folder holds, by name, but for the manifest."""

    def read(folder: str) -> Tree:
        root = tmp_path / folder
        paths = (path for path in sorted(root.rglob("*")) if path.is_file())
        found = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
        return {name: data for name, data in found.items() if not name.startswith(".cleaner/")}

    return read
