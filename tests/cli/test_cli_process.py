"""The real thing: ``python -m cleaner`` as a process, with the shipped packs."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import cleaner
from cleaner.edits import KINDS

COMMAND = [sys.executable, "-m", "cleaner"]
ROOT = Path(cleaner.__file__).parent.parent
SPUN = (
    "There dangle also been talks, and no allege contact has easy been made.\r\n"
    "The navy stated that individuals had misplaced the whole lot this day.\r\n"
) * 5


def start(*arguments: str, **options) -> subprocess.Popen[bytes]:
    env = os.environ | {"PYTHONPATH": str(ROOT)} | options.pop("env", {})
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([*COMMAND, *arguments], env=env, **(pipes | options))


def run(*arguments: str, stdin: bytes = b"", **options) -> tuple[int, bytes, str]:
    process = start(*arguments, **options)
    out, err = process.communicate(stdin or None, timeout=120)
    return process.returncode, out, err.decode()


def test_a_text_goes_there_and_back(tmp_path):
    source = b"\xef\xbb\xbf" + SPUN.encode()
    (tmp_path / "a.txt").write_bytes(source)
    code, out, err = run("restore", "a.txt", "-o", "b.txt", "--report", "json=r.json", "--report", "diff", cwd=tmp_path)
    restored = (tmp_path / "b.txt").read_bytes()
    assert (code, out[:10]) == (0, b"--- a/a.tx")
    assert err.startswith("a.txt: ")
    assert restored != source
    assert restored.startswith(b"\xef\xbb\xbf")
    assert restored.count(b"\r\n") == source.count(b"\n")
    assert run("revert", "b.txt", "r.json", cwd=tmp_path) == (0, source, "")
    assert run("restore", "--quiet", stdin=source) == (0, restored, "")


def test_bytes_that_are_not_changed_come_out_as_they_went_in():
    for data in (b"", b"\xef\xbb\xbf", "😀👩‍👩‍👧🇬🇧\r\n".encode(), b"x" * 1_900_000, "日本語。\0 да\r".encode() * 9):
        assert run("restore", "--quiet", stdin=data) == (0, data, "")


def test_streams_are_bytes_whatever_the_locale():
    data = "Café naïve – 日本\r\n".encode()
    assert run(
        "restore", "--quiet", stdin=data, env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ) == (
        0,
        data,
        "",
    )


def test_names_that_are_not_unicode(tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_bytes(b"fine\n")
    code, out, err = run("restore", name, "-o", "b.txt", "--report", "html=r/", "--report", "json=r.json", cwd=tmp_path)
    assert (code, out) == (0, b"")
    assert err.startswith("caf\ufffd.txt: 0 changes")
    assert "caf\ufffd.txt" in (tmp_path / "r" / f"{name}.html").read_text("utf-8")


def test_a_reader_that_goes_away_is_no_drama():
    process = start("restore", "--quiet", "-")
    process.stdout.close()
    process.stdin.write(b"x" * 1_000_000)
    process.stdin.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_one_line():
    with Path("/dev/full").open("wb") as full:
        code, _, err = run("restore", "--quiet", stdin=b"words", stdout=full)
    assert (code, err) == (2, "cleaner: standard output cannot be written (No space left on device)\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with <&- and >&-")
@pytest.mark.parametrize(
    ("redirection", "code", "message"),
    [
        ("<&-", 2, "cleaner: <stdin>: is closed"),
        ("</dev/null >&-", 2, "cleaner: standard output is closed"),
        ("</dev/null 2>&-", 0, ""),
    ],
)
def test_closed_streams(redirection, code, message):
    line = f'"{sys.executable}" -m cleaner restore {redirection}'
    ran = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=60
    )
    assert (ran.returncode, ran.stdout) == (code, b"")
    assert ran.stderr.decode().startswith(message)
    assert b"Traceback" not in ran.stderr


def test_no_files_on_a_terminal_gives_help():
    ours, theirs = pty.openpty()
    try:
        with start("restore", stdin=theirs) as process:
            out, err = process.communicate(timeout=60)
    finally:
        os.close(ours)
        os.close(theirs)
    assert (process.returncode, out) == (2, b"")
    assert err.startswith(b"Usage: cleaner restore")


def test_devices_are_written_through():
    assert run("restore", "-", "-o", "/dev/null", "--quiet", stdin=b"words") == (0, b"", "")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--pack", "nowhere"], "cleaner: nowhere/pack.toml: No such file or directory\n"),
        (["--lm", "nowhere.arpa"], "cleaner: nowhere.arpa: "),
    ],
)
def test_broken_models_and_packs_are_one_line(arguments, message, tmp_path):
    code, out, err = run("restore", "-", *arguments, stdin=b"words", cwd=tmp_path)
    assert (code, out) == (2, b"")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_kinds_in_the_help_are_all_kinds():
    _, out, _ = run("restore", "--help")
    assert ", ".join(KINDS) in " ".join(out.decode().split())


def test_the_command_line_alone_loads_nothing_heavy():
    """With the package's own imports kept out, help and start need Typer only."""
    script = (
        "import sys, types; package = types.ModuleType('cleaner');"
        f"package.__path__ = [{str(ROOT / 'cleaner')!r}]; sys.modules['cleaner'] = package;"
        "import cleaner.cli; print(sorted({'numpy', 'regex', 'rich', 'jinja2', 'rapidfuzz'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout == "[]\n"


def test_detecting_and_leaving_alone_what_is_not_spun(tmp_path):
    human = "It doesnâ€™t matter, he said.\r\n".encode() + (ROOT / "fixtures/blind/fit/t-uk-01.orig.txt").read_bytes()
    (tmp_path / "human.txt").write_bytes(human)
    (tmp_path / "spun.txt").write_bytes(SPUN.encode())
    code, out, err = run("detect", "human.txt", "spun.txt", "--check", cwd=tmp_path)
    assert (code, err) == (1, "")
    one, two = out.decode().splitlines()
    assert one.startswith("human.txt: human (")
    assert two.startswith("spun.txt: spun (")
    assert run("restore", "--only-spun", "--quiet", "human.txt", cwd=tmp_path) == (0, human, "")
