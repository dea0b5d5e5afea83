"""Settings of a project: ``[tool.cleaner]`` in ``pyproject.toml``, over the defaults and under the flags."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from dataclasses import field as setting
from pathlib import Path
from typing import Any, TypeVar, get_args

from cleaner.allow import read_entry
from cleaner.documents.read import HtmlMode
from cleaner.edits import KINDS, QUOTE_POLICIES, EditKind, QuotePolicy
from cleaner.normalise.typography import Typography

FILE = "pyproject.toml"
T = TypeVar("T")
Read = Callable[[Any, Path], T]
"""From a value as TOML or a flag has it, and the folder that relative paths start from, to a setting. Raises
``ValueError`` saying what the value must be."""


class ConfigError(ValueError):
    """A setting that cannot be used; the message names its place (file and line, or flag) and what is allowed."""


def _text(value: Any, _: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text")
    return value


def _path(value: Any, folder: Path) -> Path:
    if not isinstance(value, (str, Path)) or not value:
        raise ValueError("must be a path")
    return folder / value


def _share(value: Any, _: Path) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise ValueError("must be a number from 0 to 1")
    return float(value)


def _flag(value: Any, _: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _count(value: Any, _: Path) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("must be a whole number from 1")
    return value


def _entry(value: Any, folder: Path) -> str:
    read_entry(_text(value, folder))
    return str(value)


def _one_of(known: Sequence[T]) -> Read[T]:
    def read(value: Any, _: Path) -> T:
        if value not in known:
            raise ValueError(f"must be one of {', '.join(map(str, known))}")
        return known[known.index(value)]

    return read


def _each(read: Read[T]) -> Read[tuple[T, ...]]:
    def read_all(value: Any, folder: Path) -> tuple[T, ...]:
        if not isinstance(value, (list, tuple)):
            raise ValueError("must be a list")
        return tuple(read(item, folder) for item in value)

    return read_all


def _by(read: Read[Any], flag: str = "") -> dict[str, Any]:
    return {"read": read, "flag": flag}


@dataclass(frozen=True)
class Settings:
    """What can be set, one line each: type, default, how it is read, and its flag where that has another name.

    In ``pyproject.toml`` the names have hyphens. ``None`` leaves the choice to the program.
    """

    packs: tuple[Path, ...] = setting(default=(), metadata=_by(_each(_path), "--pack"))
    lm: Path | None = setting(default=None, metadata=_by(_path))
    kinds: tuple[EditKind, ...] = setting(default=KINDS, metadata=_by(_each(_one_of(KINDS))))
    min_confidence: float | None = setting(default=None, metadata=_by(_share))
    quotes: QuotePolicy = setting(default="apply", metadata=_by(_one_of(QUOTE_POLICIES)))
    allow: tuple[str, ...] = setting(default=(), metadata=_by(_each(_entry)))
    allow_files: tuple[Path, ...] = setting(default=(), metadata=_by(_each(_path), "--allow"))
    only_spun: bool = setting(default=False, metadata=_by(_flag))
    typography: Typography = setting(default="keep", metadata=_by(_one_of(get_args(Typography))))
    html: HtmlMode = setting(default="in-place", metadata=_by(_one_of(get_args(HtmlMode))))
    utf8: bool = setting(default=False, metadata=_by(_flag))
    field: str = setting(default="text", metadata=_by(_text))
    jobs: int | None = setting(default=None, metadata=_by(_count))


@dataclass(frozen=True)
class Config:
    """The settings in force; ``origins`` says where each came from: ``default``, ``FILE:LINE`` or a flag."""

    settings: Settings
    origins: Mapping[str, str]


@dataclass(frozen=True)
class _Given:
    """A value for a setting: ``place`` names it in errors, ``origin`` says where it came from."""

    name: str
    value: Any
    folder: Path
    origin: str
    place: str


def settle(flags: Mapping[str, Any], folder: Path | None) -> Config:
    """The settings in force: each comes from ``flags``, else from the file that governs ``folder``, else is a default.

    ``flags`` are by field name, other names are passed over; ``None`` and empty lists stand for flags that are not
    given. Without a ``folder`` no file is read. Raises :class:`ConfigError`.

    >>> settle({"quotes": "skip"}, None).settings.quotes
    'skip'
    """
    readers = {each.name: each.metadata["read"] for each in fields(Settings)}
    values: dict[str, Any] = {}
    origins = dict.fromkeys(readers, "default")
    for given in (*_in_file(folder), *_in_flags(flags)):
        try:
            values[given.name] = readers[given.name](given.value, given.folder)
        except ValueError as error:
            raise ConfigError(f"{given.place} {error}") from None
        origins[given.name] = given.origin
    return Config(Settings(**values), origins)


def key_of(name: str) -> str:
    """The name of a setting as files and flags have it.

    >>> key_of("min_confidence")
    'min-confidence'
    """
    return name.replace("_", "-")


def _in_flags(flags: Mapping[str, Any]) -> Iterator[_Given]:
    for each in fields(Settings):
        value = flags.get(each.name)
        if value not in (None, (), []):
            flag = each.metadata["flag"] or f"--{key_of(each.name)}"
            yield _Given(each.name, value, Path(), flag, flag)


def _in_file(folder: Path | None) -> Iterator[_Given]:
    """What the nearest file with a ``[tool.cleaner]`` says, from ``folder`` upwards."""
    for place in () if folder is None else (folder, *folder.parents):
        path = place / FILE
        if path.is_file():
            text, table = _read(path)
            if table is not None:
                yield from (_in_table(path, text, key, value) for key, value in table.items())
                return


def _read(path: Path) -> tuple[str, dict[str, Any] | None]:
    try:
        text = path.read_text("utf-8")
        tool = tomllib.loads(text).get("tool")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); --no-config passes it over") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: no TOML in UTF-8 ({error}); --no-config passes it over") from None
    table = tool.get("cleaner") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.cleaner must be a table: [tool.cleaner]")
    return text, table


def _in_table(path: Path, text: str, key: str, value: Any) -> _Given:
    line = _line(text, key)
    origin = str(path) if line is None else f"{path}:{line}"
    names = {key_of(each.name): each.name for each in fields(Settings)}
    if key not in names:
        raise ConfigError(f"{origin}: [tool.cleaner] knows no {key!r}; {_hint(key, list(names))}")
    return _Given(names[key], value, path.parent, origin, f"{origin}: {key}")


def _line(text: str, key: str) -> int | None:
    r"""The line of ``key`` under ``[tool.cleaner]``; ``None`` where it is written in another way.

    >>> _line('[tool.ruff]\nquotes = 1\n[tool.cleaner]\n\nquotes = "skip"', "quotes")
    5
    """
    header = re.search(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*cleaner[ \t]*\]", text, re.MULTILINE)
    found = header and re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE).search(
        text, header.end()
    )
    return text.count("\n", 0, found.start()) + 1 if found else None


def _hint(key: str, known: Sequence[str]) -> str:
    from rapidfuzz.process import extractOne

    close = extractOne(key.lower(), known, score_cutoff=60)
    return f"did you mean {close[0]!r}?" if close else f"it knows {', '.join(known)}"
