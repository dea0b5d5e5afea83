from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaner.documents.confine import confine
from cleaner.documents.document import DocumentError
from cleaner.documents.html import HtmlDocument, read_html
from cleaner.edits import Edit, EditError, Result, apply, inverse
from cleaner.normalise.headline import headline_edits

TEXTS = {
    "blocks": ("<h1>One</h1><p>Two<p>Three<ul><li>Four</ul>", "One\n\nTwo\n\nThree\n\nFour"),
    "inline": ("<p>There <b>have</b> <a href=x>been</a>.", "There have been."),
    "white space": ("<p>\n  There\n\thave  been \n</p>\n<p>\n</p>", "There have been"),
    "white space around tags": ("<p>There <b> have </b> been", "There have been"),
    "line breaks": ("<p>One<br>two<br/>\n three<br><br>four", "One\ntwo\nthree\n\nfour"),
    "entities": ("<p>caf&eacute; &#8217;&#x2019; AT&amp;T &lt;b&gt; a&nbsp;b", "café ’’ AT&T <b> a\u00a0b"),
    "entities without semicolon": (
        "<p>&copy2 &ampx &notit; &nosuch; & &; &#; &#x;",
        "©2 &x ¬it; &nosuch; & &; &#; &#x;",
    ),
    "forbidden references": ("<p>a&#0;b&#1;c&#xD800;&#x110000;", "a\ufffdbc\ufffd\ufffd"),
    "title": ("<title>A <b> &amp; B</title><p>C", "C\n\nA <b> & B"),
    "not prose": (
        "<script>a<b</script><style>p{}</style><pre>b</pre><textarea>c</textarea><template>d</template>e"
        "<svg><title>f</title><text>g</text></svg><noscript>h</noscript><iframe>i</iframe><select><option>j</select>",
        "e",
    ),
    "code": ("<p>Run <code>make &amp;</code> now", "Run make & now"),
    "attributes": ("""<p title="a>b" data-x='c>d' e=f>g</p>""", "g"),
    "broken attributes": ("<p a=b'c\"d =e f= g>h</p>", "h"),
    "an attribute without end": ("<p>a</p><p title='b>c</p>", "a"),
    "comments": ("a<!-- b -->c<!--> d --><!--->e<!-- f --!>g<!doctype h><!i>j<?k>l</ m>n", "ac d -->egjln"),
    "a comment without end": ("a<!-- b", "a"),
    "stray marks": ("a < b > c <3 d </> e & f </", "a < b > c <3 d e & f </"),
    "nested scripts": ("<script><!--<script>a</script>b--></script>c", "c"),
    "a script without end": ("a<script>b</p>", "a"),
    "case": ("<SCRIPT>a</ScRiPt ><P>b<BR>c", "b\nc"),
    "xml": ("<?xml version='1.0'?><p>a<![CDATA[ b > c ]]>d", "ad"),
    "php": ("<p>a <?php if ($b->c) echo 'd' ?> e", "a e"),
    "plaintext": ("a<plaintext>b</plaintext>", "a"),
    "skipped within skipped": ("<pre>a<pre>b</pre>c</pre>d", "d"),
    "skipped without end": ("<svg><pre></svg>a</pre>b<svg/>c<pre/>d", "bc"),
    "nothing": ("", ""),
    "no tags": ("There have\nbeen.", "There have been."),
}


@pytest.mark.parametrize(("page", "text"), TEXTS.values(), ids=TEXTS)
def test_text(page: str, text: str) -> None:
    document = read(page)
    assert document.text == text
    assert document.rewrite(()) == page.encode()


EDITS = [
    ("<p>They dangle on", "dangle", "hang", "<p>They hang on"),
    ("<p>They <b>dangle</b> on", "dangle", "hang", "<p>They <b>hang</b> on"),
    ("<p>They dangle&eacute;d on", "dangleéd", "hang", "<p>They hang on"),
    ("<p>AT&amp;T dangle&nbsp;on", "dangle", "hang", "<p>AT&amp;T hang&nbsp;on"),
    ("<p>a\n  dangle\n  on", "a dangle", "they hang", "<p>they hang\n  on"),
    ("<p>R & D dangle", "dangle", "<hang> & so", "<p>R & D &lt;hang&gt; &amp; so"),
    ("<p>x <b>dangle</b>", "dangle", "", "<p>x <b></b>"),
    ("<p>a &dangle", "dangle", "lt;", "<p>a &amp;lt;"),
    ("<p>a <dangle", "dangle", "b", None),
    ("<p>a <1dangle", "1dangle", "b>", "<p>a &lt;b&gt;"),
    ("<p>a &x lt;", "x ", "", "<p>a &amp;lt;"),
    ("<title>dangle</title>", "dangle", "</title>", "<title>&lt;/title&gt;</title>"),
    ("<p>dangle <!-- --> <1/x", "1", "", "<p>dangle <!-- --> &lt;/x"),
]


@pytest.mark.parametrize(("page", "before", "after", "wanted"), EDITS)
def test_edits_change_text_alone(page: str, before: str, after: str, wanted: str | None) -> None:
    document = read(page)
    if wanted is None:
        assert before not in document.text
        return
    edit = change(document, before, after)
    assert document.rewrite([edit]).decode() == wanted
    assert read(wanted).text == apply(document.text, [edit]).strip()


def test_many_edits_in_many_nodes() -> None:
    document = read("<p>one <i>one</i> one</p><p>one")
    edits = [edit(at, "one", "two") for at in (0, 4, 8, 13)]
    assert document.rewrite(edits) == b"<p>two <i>two</i> two</p><p>two"
    assert read("<p>two <i>two</i> two</p><p>two").rewrite(inverse(edits)) == document.source.encode()


def test_a_title_is_no_headline_that_stands_twice() -> None:
    page = read("<title>Talks fall through</title><h1>Talks fall through</h1>" + "<p>They fell." * 6)
    assert headline_edits(page.text) == []
    edits = [edit(at, "fall", "fell") for at in (6, page.text.rindex("fall"))]
    assert page.rewrite(edits).decode() == page.source.replace("fall ", "fell ")


def test_what_is_put_in_goes_to_the_node_before() -> None:
    document = read("<p>a<b>c</b></p><p>d")
    assert [document.rewrite([edit(at, "", "x")]).decode() for at in (0, 1, 2, 4)] == [
        "<p>xa<b>c</b></p><p>d",
        "<p>ax<b>c</b></p><p>d",
        "<p>a<b>cx</b></p><p>d",
        "<p>a<b>c</b></p><p>xd",
    ]


REFUSED = [("<p>a <b>dangle</b> on", "a dangle"), ("<p>a</p><p>b", "a\n\nb"), ("<p>a</p><p>b", "\n\n")]


@pytest.mark.parametrize(("page", "before"), REFUSED)
def test_edits_across_markup_are_refused_and_confined(page: str, before: str) -> None:
    document = read(page)
    wrong = change(document, before, "x")
    with pytest.raises(EditError):
        document.rewrite([wrong])
    assert confine(result(document.text, [wrong]), document.barriers).edits == ()


def test_barriers() -> None:
    document = read("<p>There <b>have</b> been <code>x</code> {{ y }}</p><p>Read more")
    kept = [change(document, before, "z") for before in ("There", "have", "been", "Read")]
    crossing = [change(document, "have been", "z"), change(document, "Read more", "")]
    dropped = [change(document, before, "z") for before in ("x", "y", "been x", "\n\n", "y }}\n\nRead")]
    for each in kept:
        assert confine(result(document.text, [each]), document.barriers).edits == (each,)
    for each in crossing:
        confined = confine(result(document.text, [each]), document.barriers)
        assert (confined.edits, confined.suggestions, confined.text) == ((), (each,), document.text)
    for each in dropped:
        confined = confine(result(document.text, [each]), document.barriers)
        assert (confined.edits, confined.suggestions) == ((), ())


ENCODED = [
    (b"<meta charset=iso-8859-15>\xa4 a", "€ a", b"<meta charset=iso-8859-15>\xa4 &#322;", b"<meta charset=utf-8>"),
    (
        b'<meta content="text/html; charset=windows-1251">\xf0 a',
        "р a",
        None,
        b'<meta content="text/html; charset=utf-8">',
    ),
    (b"<?xml version='1.0' encoding='koi8-r'?>\xd2 a", "р a", None, b"<?xml version='1.0' encoding='utf-8'?>"),
    (b"caf\xe9 a", "café a", b"caf\xe9 &#322;", b"\xef\xbb\xbfcaf"),
    ("\ufeff<p>é a".encode("utf-16-le"), "é a", "\ufeff<p>é ł".encode("utf-16-le"), b"\xef\xbb\xbf<p>"),
    ("<meta charset=koi8-r>é a".encode(), "é a", "<meta charset=koi8-r>é ł".encode(), b"<meta charset=koi8-r>"),
]


@pytest.mark.parametrize(("page", "text", "changed", "as_utf8"), ENCODED)
def test_encodings(page: bytes, text: str, changed: bytes | None, as_utf8: bytes) -> None:
    document = read_html("a", page)
    assert (document.text, document.rewrite(())) == (text, page)
    if changed is not None:
        assert document.rewrite([change(document, "a", "ł", last=True)]) == changed
    converted = read_html("a", page, utf8=True).rewrite(())
    assert converted.startswith(as_utf8)
    assert text.encode() in converted


PARTS = """
<p> </p> <b> </b> <a/href='x>y'> <br/> <pre> </pre> <code> </code> <script> </script> <style> </style> <svg> </svg>
<title> </title> <textarea> </textarea> <select> </select> <table><td> <ul><li> <![CDATA[ ]]> <!-- --> <? ?> </ <! < >
& &amp; &lt &#65; amp; lt; # x; dangle word. = ' " / é &nbsp; {{ }}
"""
SOUP = st.lists(st.sampled_from([*PARTS.split(), " ", "\n", "  "]), max_size=25).map("".join)


@given(st.one_of(SOUP, st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50)))
def test_any_page_comes_back(page: str) -> None:
    document = read(page)
    assert document.rewrite(()) == page.encode()


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_come_back(data: bytes) -> None:
    with suppress(DocumentError):
        assert read_html("a", data).rewrite(()) == data


@settings(max_examples=300, deadline=None)
@given(SOUP, st.data())
def test_edits_of_any_page_change_its_text_nodes_alone(page: str, data: st.DataObject) -> None:
    """A parser of its own sees the same tree, but for the text; and the page reads as its edited text."""
    document = read(page)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, min(len(document.text), start + 8)))
    after = data.draw(st.sampled_from(["new", "&", "<p>", "lt;", "-->", "</script>", "é", "x y"]))
    confined = confine(result(document.text, [edit(start, document.text[start:end], after)]), document.barriers)
    try:
        rewritten = document.rewrite(confined.edits).decode()
    except EditError:
        assert not document.text[start:end].strip()
        return
    assert skeleton(page) == skeleton(rewritten)
    assert read(rewritten).text.split() == confined.text.split()


def skeleton(page: str) -> list[object]:
    """All of a page but what may change: elements with attributes, and text where code stands."""
    nodes = LexborHTMLParser(page).root.traverse(include_text=True)
    held = ("script", "style", "pre", "textarea", "code", "select", "svg")
    return [
        (node.tag, node.attributes) if node.is_element_node else (node.parent.tag, node.text_content)
        for node in nodes
        if node.is_element_node or (node.is_text_node and node.parent and node.parent.tag in held)
    ]


def test_comments_leave_parts_of_a_page_alone() -> None:
    document = read(
        "<p>one <!-- cleaner: off -->two</p><p>three</p><!-- cleaner: on --><p>four\n"
        "five <b>six</b> <!-- cleaner: skip -->\nseven <!-- cleaner: off --> eight</p>"
    )
    words = document.text.split()
    edits = [change(document, word, "x") for word in words]
    made = confine(result(document.text, edits), document.barriers).edits
    assert [each.before for each in made] == ["one", "four", "seven"]


def test_hostile_pages_take_no_time() -> None:
    for part in (
        "<",
        "<a",
        "<!--",
        "<![CDATA[>",
        "<?>",
        "</",
        "&",
        "&#",
        "<a '",
        "<a =",
        "<script>",
        "<pre>",
        "<p>",
        "{{",
        "<!-- cleaner: off -->a",
        "<!-- cleaner: skip -->a\n",
    ):
        page = part * (50_000 // len(part))
        assert read(page).rewrite(()) == page.encode()


def read(page: str) -> HtmlDocument:
    return read_html("a", page.encode())


def edit(at: int, before: str, after: str) -> Edit:
    return Edit(at, at + len(before), before, after, "spin", "x", 0.9)


def change(document: HtmlDocument, before: str, after: str, last: bool = False) -> Edit:
    return edit(document.text.rindex(before) if last else document.text.index(before), before, after)


def result(text: str, edits: Sequence[Edit]) -> Result:
    return Result(text, apply(text, edits), tuple(edits), (), 0.3, "table", 0.9)
