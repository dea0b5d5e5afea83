from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import apply
from cleaner.normalise.typography import typography_edits
from cleaner.pipeline import Restorer

TYPOGRAPHIC = [
    ('"So," he said.', "“So,” he said."),
    ("'So,' he said.", "‘So,’ he said."),
    ("\"He said 'so' to me.\"", "“He said ‘so’ to me.”"),
    ("It's the boys' and James's.", "It’s the boys’ and James’s."),
    ("the '90s and '99, 'tis, rock 'n' roll", "the ’90s and ’99, ’tis, rock ’n’ roll"),
    ("He is 6' 2\" tall, 5'10\".", "He is 6' 2\" tall, 5'10\"."),
    ('the "class of 99" left', "the “class of 99” left"),
    ('("so") ["so"] -- "so"', "(“so”) [“so”] — “so”"),
    ('"No end.\n\n"A begin."', "“No end.\n\n“A begin.”"),
    ("word--word and so - and so", "word—word and so – and so"),
    ("5 - 3, a-b, --help\n- item\n---", "5 - 3, a-b, --help\n- item\n---"),
    ("so... and so.... and . . .", "so… and so.... and . . ."),
    ("“Done” ‘so’ – it’s…", "“Done” ‘so’ – it’s…"),
    ('" \' "', '" \' "'),
    ("", ""),
]
ASCII = [
    ("“So” ‘so’ it’s „so‟", '"So" \'so\' it\'s "so"'),
    ("1999–2001, so – so, so—so", "1999-2001, so - so, so--so"),
    ("so… 10\u00a0000\u202fkm", "so... 10 000 km"),
    ("café ½ € «so»", "café ½ € «so»"),
]
CASES = [*(("typographic", *case) for case in TYPOGRAPHIC), *(("ascii", *case) for case in ASCII)]


@pytest.mark.parametrize(("style", "text", "wanted"), CASES)
def test_styles(style, text: str, wanted: str) -> None:
    assert apply(text, typography_edits(text, style)) == wanted
    assert typography_edits(text, "keep") == []


@pytest.mark.parametrize("style", ["typographic", "ascii"])
@given(text=st.text("ab1 \"'-.\n‘’“”–—…\u00a0(", max_size=40))
def test_a_style_once_set_stays(style, text: str) -> None:
    once = apply(text, typography_edits(text, style))
    if style == "ascii":
        assert typography_edits(once, style) == []
    assert once.count("\n") == text.count("\n")


def test_styles_work_on_what_was_repaired_and_on_what_was_restored() -> None:
    spun = "There dangle also been talks, and no allege contact has easy been made. They didn't reply. "
    text = f"{spun}donâ€™t `it's` https://a.b/it's"
    result = Restorer(typography="typographic").restore(text)
    assert result.text.endswith("They didn’t reply. don’t `it's` https://a.b/it's")
    assert "There have also been talks" in result.text
    assert apply(text, result.edits) == result.text
    ascii_text = Restorer(typography="ascii").restore("“café” donâ€™t\u00a0so").text
    assert ascii_text == '"café" don\'t so'
    kept = Restorer(typography="ascii", kinds=("spacing",)).restore("“so”\u00a0so")
    assert (kept.text, {edit.kind for edit in kept.edits}) == ("“so” so", {"spacing"})
