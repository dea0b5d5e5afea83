from __future__ import annotations

import json
import re
import tomllib

import pytest

from cleaner.config import Settings, settle

PROJECT = '[tool.cleaner]\npacks = ["house"]\nquotes = "skip"\nallow = ["crypto wallet", "a → b"]\n'


def test_settings_are_printed_with_where_they_came_from(run, write, tmp_path):
    write({"pyproject.toml": PROJECT})
    ran = run("config", "--min-confidence", "0.5", "--allow", "x.txt", "--utf8")
    file = tmp_path / "pyproject.toml"
    assert (ran.code, ran.err) == (0, "")
    assert [re.split(r" {2,}# ", line) for line in ran.out.decode().splitlines()[1:]] == [
        [f'packs = ["{tmp_path / "house"}"]', f"{file}:2"],
        ["# lm is not set", "default"],
        ['kinds = ["spin", "spelling", "spacing", "unicode", "residue", "agreement"]', "default"],
        ["min-confidence = 0.5", "--min-confidence"],
        ['quotes = "skip"', f"{file}:3"],
        ['allow = ["crypto wallet", "a → b"]', f"{file}:4"],
        ['allow-files = ["x.txt"]', "--allow"],
        ["only-spun = false", "default"],
        ['typography = "keep"', "default"],
        ['html = "in-place"', "default"],
        ["utf8 = true", "--utf8"],
        ['field = "text"', "default"],
        ["# jobs is not set", "default"],
    ]


@pytest.mark.parametrize("odd", ["plain", "quoted \" and ' and \\ back", "DEL \x7f, BEL \x07, 😀 → x", "a\nb"])
def test_what_is_printed_is_a_file_that_sets_the_same(run, write, tmp_path, odd):
    entry = json.dumps(odd, ensure_ascii=False).replace("\x7f", "\\u007f")
    write({"pyproject.toml": f"[tool.cleaner]\nallow = [{entry}]\nmin-confidence = 0.25\n"})
    write({"pyproject.toml": run("config").out})
    assert settle({}, tmp_path).settings == Settings(allow=(odd,), min_confidence=0.25)


def test_as_json(run, write, tmp_path):
    write({"pyproject.toml": PROJECT})
    shown = json.loads(run("config", "--json").out)
    assert shown["quotes"] == {"value": "skip", "from": f"{tmp_path / 'pyproject.toml'}:3"}
    assert shown["lm"] == {"value": None, "from": "default"}


def test_without_the_file(run, write):
    write({"pyproject.toml": PROJECT})
    assert tomllib.loads(run("config", "--no-config").out.decode())["tool"]["cleaner"]["quotes"] == "apply"


@pytest.mark.parametrize("command", ["restore", "explain"])
def test_commands_take_their_defaults_from_the_file(run, write, restorers, tmp_path, command):
    write({"pyproject.toml": PROJECT, "a.txt": "dangle", "words.txt": "wallet\neasy → still\n"})
    assert run(command, "a.txt").code == 0
    assert run(command, "a.txt", "--quotes", "suggest", "--allow", "words.txt").code == 0
    assert run(command, "a.txt", "--no-config").code == 0
    packs = (tmp_path / "house",)
    assert restorers == [
        {"packs": packs, "quotes": "skip", "allow": ["crypto wallet"], "rejected": [("a", "b")]},
        {
            "packs": packs,
            "quotes": "suggest",
            "allow": ["crypto wallet", "wallet"],
            "rejected": [("a", "b"), ("easy", "still")],
        },
        {},
    ]


@pytest.mark.parametrize("command", [["restore", "a.txt"], ["explain", "a.txt"], ["config"]])
def test_a_broken_file_is_one_line(run, write, tmp_path, command):
    write({"pyproject.toml": "[tool.cleaner]\nqoutes = 'skip'\n", "a.txt": "dangle"})
    ran = run(*command)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert ran.err.startswith(f"cleaner: {tmp_path / 'pyproject.toml'}:2: [tool.cleaner] knows no 'qoutes'; did you")
    assert run(*command, "--no-config").code == 0
