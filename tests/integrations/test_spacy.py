from __future__ import annotations

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from cleaner import Restorer
from cleaner.integrations.spacy import restored

SPUN = (
    "There dangle also been quieter attempts away from the limelight, and no allege contact has easy been made. "
    "The navy stated that individuals had misplaced the whole lot this day."
)
HUMAN = "The government said on Tuesday that talks would go on."


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("cleaner")
    return nlp


def test_a_component_tells_what_a_text_was(nlp, restorer):
    doc, result = nlp(SPUN), restorer.restore(SPUN)
    assert result.edits
    assert (doc.text, doc._.restored, doc._.cleaner) == (SPUN, result.text, result)
    at = SPUN.index("allege")
    assert doc.char_span(at, at + len("allege contact"))._.restored == "direct contact"
    assert nlp(HUMAN)._.restored == HUMAN


def test_docs_of_other_pipelines_have_no_result(nlp):
    doc = spacy.blank("en")(SPUN)
    assert doc._.cleaner is None
    assert (doc._.restored, doc[:3]._.restored) == (SPUN, "There dangle also")


def test_docs_keep_their_result_on_disk_and_in_pickles(nlp):
    doc = nlp(SPUN)
    for copy in (
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        pickle.loads(pickle.dumps(doc)),
        next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab))),
    ):
        assert copy._.cleaner == doc._.cleaner


def test_a_pipeline_is_saved_with_its_options(tmp_path, nlp):
    careful = spacy.blank("en")
    careful.add_pipe("cleaner", config={"kinds": ["residue"], "min_confidence": 0.9})
    careful.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded(SPUN)._.restored == SPUN
    assert nlp(SPUN)._.restored != SPUN


def test_processes_give_what_one_gives(nlp):
    texts = [SPUN, HUMAN] * 3
    docs = nlp.pipe(texts, n_process=2, batch_size=2)
    assert [doc._.restored for doc in docs] == [nlp(text)._.restored for text in texts]


def test_texts_can_be_restored_before_the_pipeline():
    found = list(spacy.blank("en").pipe(restored([SPUN, HUMAN], Restorer()), as_tuples=True))
    assert [doc.text for doc, _ in found] == [result.text for _, result in found]
    doc, result = found[0]
    entity = doc.char_span(*result.offsets.to_restored(SPUN.index("allege"), SPUN.index(" contact")))
    assert entity.text == "direct"
    start, end = result.offsets.to_source(entity.start_char, entity.end_char)
    assert SPUN[start:end] == "allege"
