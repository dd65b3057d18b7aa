"""A second look at the likeliest offers, where the trees are not sure: what would be said is read together with the question.

Named features tell most answers from what only comes near them; where they do not, the words have to be read. What both say
is weighed by trees of its own (`qa/model/second_look.json`; stacked generalisation, Wolpert 1992), fitted on questions that
neither had seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import msgspec

from index import Store
from qa.choice import Weighed
from qa.offer_features import Features
from qa.reader import read
from qa.sayable import may_be_said
from qa.trees import Trees
from qa.types import Draft, Operation, Question

_FILE = Path(__file__).parent / "model" / "second_look.json"
MOST = 2  # different texts that are read; a third changed nothing measured
_SURE = (0.03, 0.95)  # below and above it nothing read would change what is said
_CLEAR = 0.9  # from there on nothing read of another text would be said instead
_FAR = 0.1  # behind the first; nearer ones are read, whatever the first is
_BEHIND = 0.01  # what is not read stays behind the clear one, which may yet turn out to tell but half
_NOT_SAID = 0.49
_UNREAD = 0.3  # the most that is left to what the trees put behind those that were read
_LEAST = 1e-4
_TITLE, _HEADING, _ROW, _COLUMN, _TEXT = 28, 36, 24, 24, 260  # letters of each that are read
_SEEN_ROW, _SEEN_COLUMN = 12, 8  # letters by which the text is seen to say it itself


def seen_again(first: Features, probability: float, read: float) -> Features:
    """The features of the second look: those of the first, the log odds of its trees, and those of the reader."""
    kept = min(max(probability, _LEAST), 1.0 - _LEAST)
    return {**first, "trees": math.log(kept / (1.0 - kept)), "read": read}


def second_look(store: Store, question: Question, best: Sequence[Weighed]) -> list[Weighed]:
    """The offers weighed anew, the likeliest first; as they are where the trees are sure, or what they tell cannot be read: a
    calculation, whose figures no reading checks, or column names of open data; nor is はい or いいえ left to reading.

    A text is as likely as its likeliest offer, and of the offers that tell it the one the trees hold likeliest stays first.
    Verdicts are as sure as they say; what the trees put behind the texts that are read stays below what is said, or, where
    the first text read is clear, behind it.
    """
    if question.operation is Operation.YESNO:
        return list(best)
    texts: dict[str, list[Weighed]] = {}
    top = 0.0
    for one, draft in _that_may_be_said(store, question, best):
        if not texts:
            top = one.probability
            if not _SURE[0] <= top <= _SURE[1] or _is_reckoned(one, draft) or _is_coded(draft):
                return list(best)
        said = said_of(draft)
        if said not in texts and len(texts) == MOST:
            break
        texts.setdefault(said, []).append(one)
    anew: dict[int, float] = {}
    unread = _UNREAD
    for said, ones in texts.items():
        if anew and ones[0].probability < _SURE[0]:
            break
        if anew and (clear := max(anew.values())) >= _CLEAR and ones[0].probability < top - _FAR:
            unread = clear - _BEHIND
            break
        found = read(question.text, said)
        likely = [_anew(one, found) for one in ones]
        anew |= {id(one): own for one, own in zip(ones, [max(likely), *likely[1:]], strict=True)}
    looked = [
        one if one.offer.way == "verdict" else replace(one, probability=anew.get(id(one), min(one.probability, unread)))
        for one in best
    ]
    return sorted(looked, key=lambda one: (-round(one.probability, 2), one.features["lost"]))


def _that_may_be_said(store: Store, question: Question, best: Sequence[Weighed]) -> Iterator[tuple[Weighed, Draft]]:
    """The offers but for verdicts, with what they say, the likeliest first; what would not be said is not worth reading."""
    for one in sorted(best, key=lambda one: -one.probability):
        draft = one.offer.draft(store) if one.offer.way != "verdict" else None
        if draft is not None and may_be_said(store, question, one, draft):
            yield one, draft


def _anew(one: Weighed, read: float) -> float:
    """The probability by all that is known now. Reading does not make up for a name that is passed over, nor, where a figure of
    a table is told, for a word that no document holds; a sentence may tell it in other words.
    """
    likely = second_trees().probability(seen_again(one.features, one.probability, read))
    unknown = one.features["lost_unknown"] and one.offer.way != "prose"
    return min(likely, max(one.probability, _NOT_SAID)) if one.features["lost_names"] or unknown else likely


def _is_reckoned(one: Weighed, draft: Draft) -> bool:
    """Whether figures were reckoned with or things counted: reading tells nothing of whether they are all, and the right ones."""
    return bool(one.features["worked_out"]) or draft.kind == "count"


def _is_coded(draft: Draft) -> bool:
    """Whether it is told by a column name of open data (incomeRate), which the reader never learned to read."""
    labels = [label for one in draft.citations for label in one.column[-1:]]
    return any(
        label.isascii() and label.isalpha() and len(label) > 1 for label in (one.replace("_", "") for one in labels)
    )


def said_of(draft: Draft) -> str:
    """What is read of an answer: where it stands, as far as its text does not say so itself, and the text."""
    text = draft.text.replace("\n", " ")
    parts: list[str] = []
    for first in draft.citations[:1]:
        parts.append(first.title[:_TITLE])
        above = [heading for heading in first.heading if heading not in first.title][-2:]
        if above:
            parts.append(" ".join(above)[-_HEADING:])
        if first.row and first.row[:_SEEN_ROW] not in text:
            parts.append(first.row[:_ROW])
        column = " ".join(first.column)
        if column and first.column[-1][:_SEEN_COLUMN] not in text:
            parts.append(column[-_COLUMN:])
    return "|".join((*parts, text[:_TEXT]))


@lru_cache(maxsize=1)
def second_trees() -> Trees:
    """The shipped trees, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Trees)
