"""The language model and the search over the lattice."""

import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.judge.arpa import ArpaError, read_arpa
from cleaner.judge.frame import Arc, frame, gains
from cleaner.judge.lattice import build, posterior
from cleaner.judge.ngram import NgramModel
from cleaner.pipeline import Restorer

ARPA = """\\data\\
ngram 1=6
ngram 2=4
ngram 3=1

\\1-grams:
-1.0 <s> -0.3
-1.0 </s>
-0.7 still -0.2
-0.9 easy -0.1
-0.8 been -0.1
-2.0 <unk>

\\2-grams:
-0.3 <s> still -0.1
-0.4 still been -0.1
-1.5 easy been
-0.2 been </s>

\\3-grams:
-0.1 <s> still been

\\end\\
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    path = tmp_path_factory.mktemp("lm") / "tiny.arpa"
    path.write_text(ARPA, "utf-8")
    return NgramModel.of(read_arpa(path))


def test_backoff_is_katz(tiny):
    nat = math.log(10)
    scores = tiny.sentence(["easy", "been"])
    assert scores[0] == pytest.approx((-0.9 - 0.3) * nat, abs=0.07)
    assert scores[1] == pytest.approx(-1.5 * nat, abs=0.07)
    assert tiny.sentence(["still", "been"])[1] == pytest.approx(-0.1 * nat, abs=0.07)


def test_shipped_model_prefers_the_original(restorer):
    model = restorer.model
    for original, spun in (
        ("there has still been no contact", "there has easy been no contact"),
        ("the former prime minister", "the feeble prime minister"),
        ("the collapse of the government", "the crumple of the government"),
    ):
        assert model.sentence(original.split()).sum() > model.sentence(spun.split()).sum()


def test_british_words_are_known_by_their_american_spelling(restorer):
    model = restorer.model
    assert model.word_id("organisation's") != model.unknown
    assert model.word_id("zzxyq") == model.unknown
    assert model.word_id("1,200") == model.number


def test_model_saves_and_opens(tiny, tmp_path):
    tiny.save(tmp_path)
    again = pickle.loads(pickle.dumps(NgramModel.open(tmp_path)))
    assert np.array_equal(again.sentence(["still", "been"]), tiny.sentence(["still", "been"]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no"),
        ("\\1-grams:\n-1.0 a b c d\n", ":2: not an entry"),
        ("\\1-grams:\n-1 a\n\\2-grams:\n-1 a b\n", "'b'"),
    ],
)
def test_broken_arpa_is_refused(tmp_path, text, message):
    path = tmp_path / "x.arpa"
    path.write_text(text, "utf-8")
    with pytest.raises(ArpaError, match=message):
        read_arpa(path)


def test_own_model_is_used(tmp_path):
    path = tmp_path / "tiny.arpa"
    path.write_text(ARPA, "utf-8")
    restorer = Restorer(lm=path)
    assert restorer.model.word_id("government") == restorer.model.unknown
    assert restorer.restore("Nothing here.").text == "Nothing here."


swaps = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(1, 2), st.lists(st.integers(0, 4), min_size=1, max_size=3), st.floats(-3, 1)
    ),
    max_size=4,
)
sentences = st.lists(st.tuples(st.lists(st.integers(0, 4), min_size=1, max_size=4), swaps), min_size=1, max_size=3)


@settings(max_examples=80, deadline=None)
@given(sentences)
def test_posteriors_equal_enumeration(tiny, drawn):
    """Forward-backward over a whole text gives what adding up all paths of each sentence gives."""
    standing, swapped, own = [], [], []
    sentence = [number for number, (words, _) in enumerate(drawn) for _ in words]
    for words, rows in drawn:
        begin, end = len(standing), len(standing) + len(words)
        standing += [Arc(begin + at, begin + at + 1, (word,)) for at, word in enumerate(words)]
        for start, length, ids, score in rows:
            if begin + start < end:
                swapped.append(Arc(begin + start, min(begin + start + length, end), tuple(ids)))
                own.append(score)
    arcs = standing + swapped
    own = np.array([-0.1] * len(standing) + own)
    stands = frame([arc.ids[0] for arc in standing], sentence, tiny)
    found = posterior(build(arcs, stands, tiny, 1.0), own)
    gain = gains(swapped, stands, tiny)
    at = 0
    for number, (words, _) in enumerate(drawn):
        inside = [a for a, arc in enumerate(arcs) if sentence[arc.start] == number]
        mass = dict.fromkeys(inside, 0.0)
        for path in paths([(a, arcs[a]) for a in inside], at, at + len(words)):
            likelihood = math.exp(path_score(path, arcs, tiny) + sum(own[a] for a in path))
            for a in path:
                mass[a] += likelihood
            if all(a < len(standing) for a in path):
                plain, kept = likelihood, path_score(path, arcs, tiny)
            alone = [a for a in path if a >= len(standing)]
            if len(alone) == 1:
                assert gain[alone[0] - len(standing)] == pytest.approx(path_score(path, arcs, tiny) - kept, abs=1e-4)
        total = sum(mass[a] for a in inside if arcs[a].start == at)
        assert found.arcs[inside] == pytest.approx([mass[a] / total for a in inside], abs=1e-6)
        assert found.evidence[number] == pytest.approx(math.log(total / plain), abs=1e-5)
        at += len(words)


def path_score(path, arcs, model):
    ids = np.array([-1, model.begin, *itertools.chain.from_iterable(arcs[a].ids for a in path), model.end])
    return float(model.score(ids[:-2], ids[1:-1], ids[2:]).astype(float).sum())


def paths(arcs, at, end):
    """All ways through, the one of the words as they stand first."""
    if at == end:
        yield []
        return
    for number, arc in arcs:
        if arc.start == at:
            for rest in paths(arcs, arc.end, end):
                yield [number, *rest]
