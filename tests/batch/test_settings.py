"""What makes a batch do files again, and the file of rejections."""

from __future__ import annotations

import shutil

import pytest

from cleaner import Restorer
from cleaner.batch.plan import BatchError
from cleaner.batch.settings import read_rejections, settings_key
from cleaner.packs.load import shipped_folder


def test_key_changes_with_whatever_decides(tmp_path):
    pack, lm = tmp_path / "pack", tmp_path / "lm.arpa"
    shutil.copytree(shipped_folder() / "residue", pack)
    lm.write_text("one")

    def key(field="text", **options):
        return settings_key(Restorer(**options), field)

    keys = [
        key(),
        key("body"),
        key(kinds=["spin"]),
        key(min_confidence=0.5),
        key(typography="ascii"),
        key(allow=["navy"]),
        key(quotes="skip"),
        key(packs=[pack]),
        key(lm=lm),
    ]
    lm.write_text("two")
    (pack / "names.txt").write_text("Wexbridge\n")
    keys += [key(packs=[pack]), key(lm=lm)]
    assert len(set(keys)) == len(keys)
    assert key() == keys[0] == key(rejected=[("a", "b")])


def test_rejections_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "rejections.tsv"
    path.write_bytes(b"\xef\xbb\xbf# comment\r\nNavy\tmilitary\r\n\\#a\\tb\\n\\\\n\t\n\nit\xe2\x80\x99s\thas\n")
    assert read_rejections(path) == {("navy", "military"), ("#a\tb\n\\n", ""), ("it's", "has")}


@pytest.mark.parametrize(("line", "columns"), [("navy", 1), ("a\tb\tc", 3)])
def test_broken_rejections_name_their_line(tmp_path, line, columns):
    path = tmp_path / "rejections.tsv"
    path.write_text(f"a\tb\n{line}\n")
    with pytest.raises(BatchError, match=rf"rejections.tsv:2: .* {columns} columns"):
        read_rejections(path)
