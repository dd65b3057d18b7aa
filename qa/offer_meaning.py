"""What an offer says compared with what was asked by meaning, where the words differ.

People ask with other words than a document uses. Whether a word that the offer does not hold makes it another thing or
only says the same otherwise shows in what is near it by meaning, in how much of the question is left without it, and
in whether the document uses the very word somewhere else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.folding import tidy
from index import Encoder, Store
from qa.offers import Offer
from qa.prose_candidates import beside, lead
from qa.prose_reading import word_vectors
from qa.roles import is_soft
from qa.types import Evidence, Question, Term

_NOUN = 0.8
_NEAR = 0.5  # a cosine from which on two words are of one field
_MOST_HOLDERS = 400  # a word that so many entries hold tells nothing; more are not counted
_MOST_VECTORS = 20_000
_WORDING = Path(__file__).parent / "model" / "wording.json"
_OF_NAMES = 0.02  # names are hardly ever said in words of one's own
# 「どんな役割」: the noun says what kind of thing is asked for; a text that tells it need not name it.
_ASKED = re.compile(r"(?:どんな|どういう|どういった|どのような|どの|何の|なんの|いかなる)\s*$")

Features = dict[str, float]


def meaning(store: Store, question: Question, offer: Offer) -> Features:
    """How near an offer is to the question, and what the words are worth that it does not hold."""
    evidence, encoder = offer.evidence, store.encoder
    lost = [a.term for a in offer.accounts if a.strength == 0.0 and a.term.weight >= _NOUN and not is_soft(a.term)]
    words = [term for term in lost if term.pos != "数詞"]
    own, around = own_text(evidence), around_text(store, evidence)
    meant = [max(nearest(term, own, encoder), nearest(term, around, encoder)) for term in words]
    asked = [_is_asked(question, term) for term in words]
    mine = vector(question.folded, encoder)
    rare = {a.term: _rareness(store, a.term) for a in offer.accounts}
    total = sum(a.term.weight * rare[a.term] for a in offer.accounts) or 1.0
    return {
        "cos_value": float(mine @ vector(own, encoder)),
        "cos_whole": float(mine @ vector(" ".join((*evidence.subject[:-2], own, around)), encoder)),
        "cos_left": float(mine @ vector(_without(question, lost), encoder)) if lost else 1.0,
        "meant_mean": sum(meant) / len(meant) if meant else 1.0,
        "lost_far": float(sum(m < _NEAR and not a for m, a in zip(meant, asked, strict=True))),
        "lost_asked": float(sum(asked)),
        "covered_rare": sum(a.term.weight * rare[a.term] * a.strength for a in offer.accounts) / total,
        "lost_rare": max((rare[t] for t in words if rare[t] < 1.0), default=0.0),
        "lost_telling": sum(telling(t) for t in words),
        "lost_telling_most": max((telling(t) for t in words), default=0.0),
        "lost_there": float(sum(_in_document(store, evidence.document, t) for t in words)),
    }


def telling(term: Term) -> float:
    """How surprising it is that an answer does not hold a word of its question, in nats (`training/wording.py`)."""
    shares = _wording()
    usual = _OF_NAMES if term.weight > _NOUN else shares[""]
    return -math.log(shares.get(term.normal, usual))


@lru_cache(maxsize=1)
def _wording() -> dict[str, float]:
    """For each noun the share of questions with it whose text does not hold it; "" for all nouns."""
    return msgspec.json.decode(_WORDING.read_bytes(), type=dict[str, float])


def own_text(evidence: Evidence) -> str:
    """What an offer cites, with the heading right above, its row's name and its header."""
    return tidy(" ".join((*evidence.subject[-2:], evidence.name or "", *evidence.attribute, evidence.value)))


def around_text(store: Store, evidence: Evidence) -> str:
    """What stands beside: the sentences before and after and the lead of a passage, the other cells of a row."""
    document = store.documents[evidence.document]
    if evidence.table is not None:
        row = document.tables[evidence.table].rows[evidence.position]
        return tidy(" ".join(cell.text for cell in row.cells if cell.text))
    if evidence.kind != "passage":
        return ""
    at = evidence.position
    return tidy(" ".join((lead(document, at), beside(document, at, -1), beside(document, at, 1))))


def nearest(term: Term, text: str, encoder: Encoder) -> float:
    """The greatest cosine of a word with a word of a text, in [0, 1]."""
    there, mine = word_vectors(text, encoder), word_vectors(term.surface, encoder)
    return max(0.0, float((there @ mine.T).max())) if len(there) and len(mine) else 0.0


_vectors: dict[tuple[str, str], NDArray[np.float32]] = {}


def vector(text: str, encoder: Encoder) -> NDArray[np.float32]:
    """The vector of a text, remembered."""
    key = (encoder.fingerprint, text)
    if key not in _vectors:
        if len(_vectors) >= _MOST_VECTORS:
            _vectors.clear()
        _vectors[key] = encoder.encode_queries([text])[0]
    return _vectors[key]


def _without(question: Question, terms: Sequence[Term]) -> str:
    """The question with some of its words left out."""
    text = question.folded
    for term in sorted(terms, key=lambda t: -t.start):
        text = f"{text[: term.start]} {text[term.end :]}"
    return text


def _is_asked(question: Question, term: Term) -> bool:
    return _ASKED.search(question.folded[: term.start]) is not None


def _rareness(store: Store, term: Term) -> float:
    """How much a word tells entries apart, in (0, 1]: 1 where none holds it."""
    holders = len(store.words.ask(term.surface).best(_MOST_HOLDERS)[0])
    size = max(2, store.words.size)
    return math.log((size + 1) / (holders + 1)) / math.log(size + 1) + 0.01 if holders else 1.0


def _in_document(store: Store, document: str, term: Term) -> bool:
    """Whether another place of the same document uses the word."""
    found = store.words.ask(term.surface).best(_MOST_HOLDERS)[0]
    return any(store.entries[int(i)].document == document for i in found)
