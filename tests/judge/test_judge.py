"""The language model and the search over the lattice."""

import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.judge.arpa import ArpaError, read_arpa
from cleaner.judge.lattice import Arc, build, posterior
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


arcs = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(1, 2), st.lists(st.integers(0, 4), min_size=1, max_size=2), st.floats(-3, 1)
    ),
    max_size=5,
)


@settings(max_examples=80, deadline=None)
@given(arcs)
def test_posteriors_equal_enumeration(tiny, rows):
    """Forward-backward gives what adding up all paths gives."""
    length = 4
    words = [Arc(i, i + 1, (i,)) for i in range(length)]
    swaps = [Arc(s, min(s + n, length), tuple(ids)) for s, n, ids, _ in rows]
    own = [0.0] * length + [score for *_, score in rows]
    all_arcs = words + swaps
    found = posterior(build([all_arcs], [length], tiny, 1.0)[0], own)
    mass = [0.0] * len(all_arcs)
    total = 0.0
    for path in paths(all_arcs, 0, length):
        ids = [-1, tiny.begin, *itertools.chain.from_iterable(all_arcs[a].ids for a in path), tiny.end]
        columns = np.array(ids)
        logp = float(tiny.score(columns[:-2], columns[1:-1], columns[2:]).sum()) + sum(own[a] for a in path)
        total += math.exp(logp)
        for a in path:
            mass[a] += math.exp(logp)
    assert found.arcs == pytest.approx([m / total for m in mass], abs=1e-6)


def paths(all_arcs, at, length):
    if at == length:
        yield []
        return
    for number, arc in enumerate(all_arcs):
        if arc.start == at:
            for rest in paths(all_arcs, arc.end, length):
                yield [number, *rest]
