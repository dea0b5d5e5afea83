from __future__ import annotations

import re

import pytest

from cleaner.allow import AllowError, read_allow


def test_an_allow_list_has_an_entry_a_line(tmp_path):
    path = tmp_path / "allow.txt"
    path.write_text(
        "\ufeff# of the desk\ncrypto  wallet\n\ndangle → have # in sport\r\neasy\tstill\nC#\nD\t# musical\n"
        "\t\n #a\nBack\\tto top\t\n"
    )
    found = ["crypto wallet", ("dangle", "have"), ("easy", "still"), "C#", "D", ("Back\tto top", "")]
    assert list(read_allow(path)) == found


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("fine\n→ have", ":2: '→ have': write a word or phrase, or before → after"),
        ("a\n\nb\tc\td", ":3: 'b\\tc\\td': write a word"),
        ("a\n\nb →", ":3: 'b →': write a word"),
        ("a -> b -> c", ":1: 'a -> b -> c': write a word"),
        (b"caf\xe9", ": not UTF-8 at byte 3"),
        (None, ": cannot be read (No such file or directory)"),
    ],
)
def test_a_broken_allow_list_is_refused_by_its_line(tmp_path, data, message):
    path = tmp_path / "allow.txt"
    if data is not None:
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(AllowError, match=re.escape(f"{path}{message}")):
        list(read_allow(path))
