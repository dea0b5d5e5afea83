from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.config import Config, ConfigError, Settings, settle

EVERYTHING = """\
[project]
name = "pages"

[tool.cleaner]
packs = ["house", "/abs/pack"]
lm = "../news.arpa"
kinds = ["residue", "spin"]
"min-confidence" = 1
  quotes   = "suggest"  # the desk decides
allow = [
  "crypto wallet",
  "dangle → have",
]
allow-files = ["words.txt"]
only-spun = true
typography = "ascii"
html = "extract"
utf8 = true
field = "body"
jobs = 2

[tool.other]
quotes = "skip"
"""


@pytest.fixture
def project(tmp_path: Path):
    """Writes pyproject.toml and gives a folder below it."""

    def write(text: str | bytes) -> Path:
        (tmp_path / "pyproject.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
        below = tmp_path / "pages" / "today"
        below.mkdir(parents=True, exist_ok=True)
        return below

    return write


def test_every_key_is_read_and_paths_start_from_the_file(project, tmp_path):
    found = settle({}, project(EVERYTHING))
    assert found.settings == Settings(
        packs=(tmp_path / "house", Path("/abs/pack")),
        lm=tmp_path / "../news.arpa",
        kinds=("residue", "spin"),
        min_confidence=1.0,
        quotes="suggest",
        allow=("crypto wallet", "dangle → have"),
        allow_files=(tmp_path / "words.txt",),
        only_spun=True,
        typography="ascii",
        html="extract",
        utf8=True,
        field="body",
        jobs=2,
    )
    lines = {"packs": 5, "lm": 6, "kinds": 7, "min_confidence": 8, "quotes": 9, "allow": 10, "allow_files": 14}
    lines |= {"only_spun": 15, "typography": 16, "html": 17, "utf8": 18, "field": 19, "jobs": 20}
    assert found.origins == {name: f"{tmp_path / 'pyproject.toml'}:{line}" for name, line in lines.items()}


def test_flags_go_before_the_file_and_the_file_before_defaults(project, tmp_path):
    folder = project('[tool.cleaner]\nquotes = "skip"\nmin-confidence = 0.9\n')
    found = settle({"quotes": "suggest", "packs": ["p"], "allow": (), "lm": None, "files": ["x"]}, folder)
    assert found.settings == Settings(quotes="suggest", min_confidence=0.9, packs=(Path("p"),))
    assert found.origins["quotes"] == "--quotes"
    assert found.origins["packs"] == "--pack"
    assert found.origins["min_confidence"] == f"{tmp_path / 'pyproject.toml'}:3"
    assert found.origins["allow"] == found.origins["lm"] == "default"


def test_the_nearest_file_with_a_table_governs(project, tmp_path):
    folder = project('[tool.cleaner]\nquotes = "skip"\n')
    (folder / "pyproject.toml").write_text("[tool.ruff]\nline-length = 120\n")
    assert settle({}, folder).settings.quotes == "skip"
    (folder.parent / "pyproject.toml").write_text("[tool.cleaner]\n")
    assert settle({}, folder).settings.quotes == "apply"


def test_without_a_folder_or_a_file_all_are_defaults(project):
    project("no = TOML [")
    settled = Config(Settings(), dict.fromkeys(Settings.__dataclass_fields__, "default"))
    assert settle({}, None) == settled
    assert settle({}, Path("/nowhere")) == settled


def test_a_place_without_a_line_names_the_file(project, tmp_path):
    found = settle({}, project('tool.cleaner.quotes = "skip"\n'))
    assert found.settings.quotes == "skip"
    assert found.origins["quotes"] == str(tmp_path / "pyproject.toml")


WRONG = [
    ("[tool.cleaner]\nquote = 'skip'", ":2: [tool.cleaner] knows no 'quote'; did you mean 'quotes'?"),
    ("[tool.cleaner]\n\nmin_confidence = 1", ":3: [tool.cleaner] knows no 'min_confidence'; did you mean 'min-conf"),
    ("[tool.cleaner]\nxyzzy = 1", ":2: [tool.cleaner] knows no 'xyzzy'; it knows packs, lm, kinds, min-confidence,"),
    ("[tool.cleaner]\n'a.b' = 1", ":2: [tool.cleaner] knows no 'a.b'"),
    ("[tool.cleaner]\nquotes = 'never'", ":2: quotes must be one of apply, suggest, skip"),
    ("[tool.cleaner]\nquotes = true", ":2: quotes must be one of apply, suggest, skip"),
    ("[tool.cleaner]\nquotes = ['skip']", ":2: quotes must be one of"),
    ("[tool.cleaner]\nkinds = 'spin'", ":2: kinds must be a list"),
    ("[tool.cleaner]\nkinds = ['spin', 'typo']", ":2: kinds must be one of spin, spelling"),
    ("[tool.cleaner]\nmin-confidence = true", ":2: min-confidence must be a number from 0 to 1"),
    ("[tool.cleaner]\nmin-confidence = nan", ":2: min-confidence must be a number from 0 to 1"),
    ("[tool.cleaner]\nmin-confidence = '1'", ":2: min-confidence must be a number from 0 to 1"),
    ("[tool.cleaner]\njobs = 0", ":2: jobs must be a whole number from 1"),
    ("[tool.cleaner]\njobs = 2.0", ":2: jobs must be a whole number from 1"),
    ("[tool.cleaner]\nutf8 = 1", ":2: utf8 must be true or false"),
    ("[tool.cleaner]\nfield = []", ":2: field must be a text"),
    ("[tool.cleaner]\nlm = 3", ":2: lm must be a path"),
    ("[tool.cleaner]\nlm = ''", ":2: lm must be a path"),
    ("[tool.cleaner]\npacks = [1979-05-27]", ":2: packs must be a path"),
    ("[tool.cleaner]\nallow = [' ']", ":2: allow must be a text"),
    ("[tool.cleaner]\nallow = ['a → ']", ":2: allow 'a →': write a word or phrase, or before → after"),
    ("[tool]\ncleaner = 3", ": tool.cleaner must be a table"),
    ("[[tool.cleaner]]\nquotes = 'skip'", ": tool.cleaner must be a table"),
    ("[tool.cleaner]\nquotes = 'skip", ": no TOML in UTF-8 (Expected"),
    ("x = " + "[" * 100_000, ": no TOML in UTF-8 ("),
    (b"[tool.cleaner]\nlm = '\xff'", ": no TOML in UTF-8 ('utf-8' codec"),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_cannot_be_used_is_refused_by_its_place(project, tmp_path, text, message):
    folder = project(text)
    with pytest.raises(ConfigError, match="^" + re.escape(str(tmp_path / "pyproject.toml") + message)):
        settle({}, folder)


def test_a_tool_that_is_no_table_is_not_ours(project):
    assert settle({}, project("tool = 3")).settings == Settings()
