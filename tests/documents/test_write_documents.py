from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from cleaner.documents import write
from cleaner.documents.read import DocumentError
from cleaner.documents.write import make_folder, write_file


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", b"new")
    (tmp_path / "usual").touch()
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert names(tmp_path) == ["a.txt", "usual"]


def test_mode_is_kept(old: Path) -> None:
    old.chmod(0o640)
    write_file(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert old.read_bytes() == b"new"


def test_links_are_followed(old: Path) -> None:
    link = old.with_name("link.txt")
    link.symlink_to("a.txt")
    write_file(link, b"new")
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


def test_looped_links_are_refused(tmp_path: Path) -> None:
    link = tmp_path / "loop"
    link.symlink_to("loop")
    with pytest.raises(DocumentError, match=r"loop/a\.txt: cannot be written"):
        write_file(link / "a.txt", b"new")


def test_pipes_are_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("linked", [True, False], ids=["hard links", "no hard links"])
def test_backup_keeps_the_old_content(old: Path, linked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not linked:
        monkeypatch.setattr(os, "link", fail(errno.EPERM))
    old.chmod(0o640)
    backup = old.with_name("a.txt.orig")
    write_file(old, b"new", backup)
    assert (old.read_bytes(), backup.read_bytes()) == (b"new", b"old")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o640
    assert names(old.parent) == ["a.txt", "a.txt.orig"]


def test_backup_is_never_overwritten(old: Path) -> None:
    backup = old.with_name("a.txt.orig")
    backup.write_bytes(b"oldest")
    with pytest.raises(DocumentError, match=r"a\.txt: cannot be written \(its backup .*a\.txt\.orig exists already"):
        write_file(old, b"new", backup)
    assert (old.read_bytes(), backup.read_bytes()) == (b"old", b"oldest")
    assert names(old.parent) == ["a.txt", "a.txt.orig"]


@pytest.mark.parametrize("step", ["fsync", "link and copy", "replace", "chmod"])
def test_what_fails_leaves_all_as_it_was(old: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail(errno.ENOSPC))
    elif step == "link and copy":
        monkeypatch.setattr(os, "link", fail(errno.EPERM))
        monkeypatch.setattr(shutil, "copy2", fail(errno.ENOSPC))
    else:
        monkeypatch.setattr(Path, step, fail(errno.ENOSPC))
    with pytest.raises(DocumentError, match=r"a\.txt: cannot be written \(No space left on device\)"):
        write_file(old, b"new", old.with_name("a.txt.orig"))
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["a.txt"]


def test_interruption_leaves_all_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(old, b"new")
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["a.txt"]


def test_content_is_complete_before_it_takes_the_name(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    replace = Path.replace

    def watch(self: Path, target: Path) -> Path:
        seen.append((self.parent == target.parent, self.read_bytes(), target.read_bytes()))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watch)
    write_file(old, b"new")
    assert seen == [(True, b"new", b"old")]


def test_places_that_cannot_be(tmp_path: Path, old: Path) -> None:
    for place in (tmp_path, tmp_path / "no" / "such" / "a.txt", old / "a.txt", tmp_path / ("n" * 300)):
        with pytest.raises(DocumentError, match="cannot be written"):
            write_file(place, b"new")
    with pytest.raises(DocumentError, match="cannot be made a folder"):
        make_folder(old)
    make_folder(tmp_path / "x" / "y")
    make_folder(tmp_path / "x" / "y")
    assert names(tmp_path) == ["a.txt", "x"]


def test_fresh_names_fit_beside_the_longest_ones(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert write._fresh_name(path) != write._fresh_name(path)


def fail(code: int):  # type: ignore[no-untyped-def]
    def failing(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return failing
