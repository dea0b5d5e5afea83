"""What the HTML pages share: templates, parts to put into them, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from cleaner.report.view import percent, visible

PALETTE = "report/page/palette.css"
"""Colours, light and dark, and typefaces."""


@cache
def template(path: str) -> Template:
    """The template at ``path`` in the package."""
    environment = Environment(
        loader=PackageLoader("cleaner", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "visible": visible, "shown": shown}
    return environment.get_template(path)


@cache
def part(path: str) -> str:
    """A style or script at ``path`` in the package."""
    return (files("cleaner") / path).read_text("utf-8")


def policy(style: str, script: str, served: bool = False) -> str:
    """The content security policy of a page: its own style and script, and if it is ``served`` its own server."""
    connect = " connect-src 'self';" if served else ""
    return (
        f"default-src 'none'; style-src {source_hash(style)}; script-src {source_hash(script)};{connect}"
        " base-uri 'none'; form-action 'none'"
    )


def source_hash(part: str) -> str:
    """The source expression by which a content security policy allows this style or script and no other."""
    return f"'sha256-{base64.b64encode(sha256(part.encode()).digest()).decode()}'"


def shown(text: str) -> str:
    r"""``text`` with signs for control characters, which HTML cannot hold, and for those that turn the writing
    direction, which would show words in another order than the text has them.

    >>> shown("\x00 \u202egnp.txt")
    '␀ [U+202E]gnp.txt'
    """
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", lambda match: chr(0x2400 + ord(match.group())), text)
    return re.sub(r"[\u202a-\u202e\u2066-\u2069]", lambda match: f"[U+{ord(match.group()):04X}]", text)
