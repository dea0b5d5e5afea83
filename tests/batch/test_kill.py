"""A batch that is killed again and again ends as one that was not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from contextlib import suppress

import pytest

from .conftest import DRIVER, ENVIRONMENT

FILES, JOBS = 40, 2
TEXT = "There dangle been easy talks of the navy, number {}.\n"


@pytest.fixture
def start(tmp_path):
    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [*DRIVER, "batch", "in", *arguments, "--jobs", str(JOBS)]
        environment = ENVIRONMENT | {"PAUSE": "0.03"}
        return subprocess.Popen(
            command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, start_new_session=True
        )  # fmt: skip

    return start


def test_killed_batch_ends_as_an_undisturbed_one(start, write, tree, tmp_path):
    chance = random.Random(3)
    write({f"in/{n % 7}/{n}.txt": TEXT.format(n) * (n % 5 * 60 + 1) for n in range(FILES)})
    undisturbed = start("whole")
    undisturbed.communicate()
    assert undisturbed.returncode == 0
    partial = 0
    for kills in range(7):
        process = start("out", "--resume")
        kill_at_random(process, tmp_path / "out", chance, whole_group=kills % 2 == 0)
        partial += 0 < len(list((tmp_path / "out").glob("[0-9]/*.txt"))) < FILES
        if process.returncode == 0:
            break
    assert partial >= 3
    last = start("out", "--resume")
    _, err = last.communicate()
    assert last.returncode == 0, err
    assert tree("out") == tree("whole")


def kill_at_random(process, out, chance, *, whole_group):
    """Kill a batch, or its parent process alone, once one to nine more texts are there and a moment has passed; or at
    some moment before that.
    """
    begin, there = time.monotonic(), len(list(out.glob("[0-9]/*.txt")))
    wanted = chance.randint(1, 6) if chance.random() < 0.8 else FILES
    limit = 20 if wanted < FILES else chance.random()
    while len(list(out.glob("[0-9]/*.txt"))) < there + wanted and time.monotonic() < begin + limit:
        if process.poll() is not None:
            break
        time.sleep(0.002)
    time.sleep(chance.random() * 0.05)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL) if whole_group else process.kill()
    process.communicate()


def test_ctrl_c_ends_cleanly(start, write, tmp_path, tree):
    write({f"in/{n}.txt": TEXT.format(n) for n in range(FILES)})
    process = start("out")
    while len(list((tmp_path / "out").glob("*.txt"))) < 8:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert err.decode() == f"stopped; what is done is kept. Go on with: cleaner batch in out --jobs {JOBS} --resume\n"
    assert not [name for name in tree("out") if name.endswith(".tmp")]
    again = start("out", "--resume")
    _, err = again.communicate()
    assert again.returncode == 0
    assert 0 < int(err.split()[0]) < FILES
