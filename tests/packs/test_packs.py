"""Packs: loading, merging, and errors that name file, line and cause."""

import pytest

from cleaner.packs.lexicon import build_lexicon
from cleaner.packs.load import load_pack
from cleaner.packs.model import PackError
from cleaner.pipeline import Restorer

ABOUT = 'name = "house"\nversion = "1"\nlanguage = "en"\nlicence = "MIT"\nprovenance = "ours"\n'
HEADER = "original\tspun\tform\tswap\tnote\n"
DECIDED = "original\tspun\taccepted\trejected\tgain\tloss\ttext\n"
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
        ({"decided__tsv": DECIDED + "a\tb\t1\t0\t1.5\t0\tx\n"}, r"decided\.tsv:2: gain must lie between"),
        ({"decided__tsv": DECIDED + "a\tb\t0\t1\t0\tnan\tx\n"}, r"decided\.tsv:2: .* loss between"),
        ({"decided__tsv": DECIDED + "a\tb\t1\t0\t1\n"}, r"decided\.tsv:2: has 5 cells, needs 7"),
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


def taught(folder, *verdicts):
    table = DECIDED + "\n".join(verdicts)
    pack(folder, forward__tsv=HEADER + "price\tworth\t1\t0.8\t\n", decided__tsv=table)
    return build_lexicon([load_pack(folder)])


@pytest.mark.parametrize(
    ("verdicts", "share"),
    [
        ([], 0.8),
        (["price\tworth\t0\t1\t0\t1\tx"], 0.4),
        (["price\tworth\t0\t1\t0\t1\tx", "price\tworth\t1\t0\t1\t0\ty"], 0.8),
        (["price\tworth\t0\t3\t0\t3\tx"], 0.2),
        (["price\tworth\t3\t0\t3\t0\tx"], 0.8),
    ],
    ids=["none", "rejected", "both", "rejected often", "at most certain"],
)
def test_verdicts_weigh_on_what_packs_know(tmp_path, verdicts, share):
    (entry,) = taught(tmp_path, *verdicts).entries["worth"]
    assert entry.swap * entry.form == pytest.approx(share)


@pytest.mark.parametrize(
    ("verdict", "known"),
    [("value\tworth\t1\t0\t1\t0\tx", {"price", "value"}), ("value\tworth\t1\t1\t1\t1\tx", {"price"})],
)
def test_what_only_reviewers_know_enters_where_more_speaks_for_it(tmp_path, verdict, known):
    lexicon = taught(tmp_path, verdict)
    assert {entry.original for entry in lexicon.entries["worth"]} == known
    assert lexicon.dialects == ("house",)


def test_verdicts_know_british_spelling(tmp_path):
    folder = pack(
        tmp_path,
        forward__tsv=HEADER + "organize\tset up\t1\t0.8\t\n",
        decided__tsv=DECIDED + "organise\tset up\t0\t1\t0\t1\tx\n",
    )
    (entry,) = build_lexicon([load_pack(folder)]).entries["set up"]
    assert (entry.original, entry.form) == ("organize", 0.5)


def test_what_is_rejected_often_and_never_accepted_is_not_made(tmp_path):
    text = (
        "Officers mentioned the crypto worth had fallen, in keeping with the corporate. People have been ready "
        "for information, and they mentioned the federal government ought to assist households."
    )
    rejected = pack(tmp_path, decided__tsv=DECIDED + "company\tcorporate\t0\t3\t0\t2.7\tx\n")
    result = Restorer(packs=[rejected]).restore(text)
    assert "corporate" in result.text
    assert ("corporate", "company") not in {(e.before, e.after) for e in result.suggestions}


def test_what_was_ever_accepted_is_not_ruled_out(tmp_path):
    assert taught(tmp_path, "price\tworth\t0\t3\t0\t2.7\tx").never == {("worth", "price")}
    assert taught(tmp_path, "price\tworth\t1\t3\t0\t2.7\tx").never == frozenset()
