"""Packs: loading, merging, and errors that name file, line and cause."""

import pytest

from cleaner.packs.lexicon import build_lexicon
from cleaner.packs.load import load_pack
from cleaner.packs.model import PackError
from cleaner.pipeline import Restorer

ABOUT = 'name = "house"\nversion = "1"\nlanguage = "en"\nlicence = "MIT"\nprovenance = "ours"\n'
HEADER = "original\tspun\tform\tswap\tnote\n"
RULE = '[[rule]]\nname = "r"\nkind = "residue"\npattern = "x+"\nreplace = ""\nconfidence = 0.9\n'


def pack(folder, **files):
    (folder / "pack.toml").write_text(files.pop("about", ABOUT), "utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"about": "name = "}, r"pack\.toml: "),
        ({"about": 'name = "x"\n'}, "needs a line version"),
        ({"about": ABOUT + "dialect = 3\n"}, "dialect must be text"),
        ({"about": ABOUT + "colour = 3\n"}, "unknown key 'colour'"),
        ({"forward__tsv": "a\tb\n"}, r"forward\.tsv:1: the first line"),
        ({"forward__tsv": HEADER + "a\tb\t1\n"}, r"forward\.tsv:2: has 3 cells"),
        ({"forward__tsv": HEADER + "a\tb\t2\t1\t\n"}, r"forward\.tsv:2: form and swap"),
        ({"forward__tsv": HEADER + "a\ta\t1\t1\t\n"}, r"forward\.tsv:2: 'a' stands on both sides"),
        ({"forward__tsv": HEADER + "a\tb\tone\t1\t\n"}, r"forward\.tsv:2: could not convert"),
        ({"learnt__tsv": "original\tspun\tcount\tkept\tnote\na\tb\t0\t0\t\n"}, r"learnt\.tsv:2: count"),
        ({"rules__toml": RULE}, "needs examples"),
        ({"rules__toml": RULE + 'changes = [["a"]]\nleaves = ["b"]\n'}, "needs examples"),
        ({"rules__toml": RULE.replace("x+", "(") + 'changes = [["x", ""]]\nleaves = ["b"]\n'}, "rule 1"),
        ({"rules__toml": RULE.replace("residue", "magic") + 'changes = [["x", ""]]\nleaves = ["b"]\n'}, "kind must be"),
        ({"rules__toml": 'rule = "x"\n'}, r"\[\[rule\]\]"),
    ],
)
def test_broken_packs_say_what_is_wrong(tmp_path, files, message):
    with pytest.raises(PackError, match=message):
        load_pack(pack(tmp_path, **files))


def test_missing_pack_is_named(tmp_path):
    with pytest.raises(PackError, match=r"pack\.toml: No such file"):
        load_pack(tmp_path / "nowhere")


def test_missing_first_link_is_named(tmp_path):
    folder = pack(tmp_path, about=ABOUT + 'after = "elsewhere"\n', forward__tsv=HEADER + "a\tb\t1\t1\t\n")
    with pytest.raises(PackError, match="elsewhere"):
        build_lexicon([load_pack(folder)])


def test_links_compose(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    pack(first, about=ABOUT.replace("house", "one"), forward__tsv=HEADER + "fast\tquick\t1\t0.9\t\n")
    pack(
        second,
        about=ABOUT.replace("house", "two") + 'after = "one"\n',
        forward__tsv=HEADER + "quick\thasty\t1\t0.9\t\n",
    )
    lexicon = build_lexicon([load_pack(first), load_pack(second)])
    assert {"fast", "quick"} == {entry.original for entry in lexicon.entries["hasty"]}


def test_names_get_spun_variants(tmp_path):
    folder = pack(tmp_path, forward__tsv=HEADER + "court\tcourtroom\t1\t0.9\t\n", names__txt="Supreme Court\n")
    (entry,) = build_lexicon([load_pack(folder)]).entries["supreme courtroom"]
    assert (entry.original, entry.named) == ("Supreme Court", True)


def test_own_pack_stacks_and_protects(tmp_path):
    text = (
        "Officers mentioned the crypto worth had fallen, in keeping with the corporate. People have been ready "
        "for information, and they mentioned the federal government ought to assist households."
    )
    assert "company" in Restorer().restore(text).text
    folder = pack(tmp_path, protect__txt="corporate\n")
    assert "corporate" in Restorer(packs=[folder]).restore(text).text
