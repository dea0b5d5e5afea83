"""Batches with workers: files that kill one, a full disk, a restorer that does not load."""

from __future__ import annotations

import subprocess
import sys

from .conftest import ENVIRONMENT
from .test_batch import TEXTS


def test_bad_files_fail_alone(processes, write, tree):
    bad = {"in/b.txt": "SEGFAULT", "in/c.txt": "BUG", "in/d.txt": b"\0\1\2\3" * 9}
    write(TEXTS | bad)
    code, err = processes("in", "out", "--jobs", "2")
    assert code == 3
    assert "b.txt: the worker process died of it (SIGSEGV)" in err
    assert "failed inside (KeyError: 'a bug' at driver.py" in err
    assert "d.txt: binary" in err
    assert "4 files done, 3 failed" in err
    assert {name for name in tree("out") if not name.startswith("reports/")} == {
        name.removeprefix("in/") for name in TEXTS
    }
    write(dict.fromkeys(bad, "navy"))
    code, err = processes("in", "out", "--resume")
    assert (code, "4 done already, 3 to do" in err) == (0, True)
    assert tree("out")["b.txt"] == b"military"


def test_full_disk_stops_the_batch(processes, write, tree, tmp_path):
    write(TEXTS)
    (tmp_path / "out/reports").mkdir(parents=True)
    (tmp_path / "out/reports/a.txt.json").symlink_to("/dev/full")
    code, err = processes("in", "out", "--jobs", "1")
    assert code == 2
    assert "a.txt.json: cannot be written (No space left on device); make room" in err
    (tmp_path / "out/reports/a.txt.json").unlink()
    assert processes("in", "out", "--resume")[0] == 0
    assert processes("in", "fresh")[0] == 0
    assert tree("out") == tree("fresh")


def test_packs_that_cannot_be_read_stop_the_batch(write, tmp_path):
    write(TEXTS | {"broken/pack.toml": "name = 1\n"})
    command = [sys.executable, "-m", "cleaner", "batch", "in", "out", "--pack", "broken"]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"broken/pack.toml" in done.stderr
