"""A sentence that tells of another thing of the kind asked for: of 財政調整基金, where 都市整備基金 is asked about.

The sentence before may name the one asked about, and the words of both be found; what is told is told of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import searchable
from qa.runs import phrases
from qa.types import Explained, Question

_A_NAME = 6  # letters; 自己負担 may be called 一部負担
_NOUN = 0.8  # what nouns and names weigh
_IN_ITSELF = frozenset({"sentence"})  # what explains a word that the quoted sentence holds
_BESIDE = frozenset(
    {"lead", "before", "opener", "after", "earlier"}
)  # and what explains one that a sentence beside it does
_COMPOUND = re.compile(r"[一-龥ァ-ヶー々]$")


def of_another_of_its_kind(question: Question, accounts: Sequence[Explained], quote: str) -> bool:
    """Whether a compound's last word (基金) stands in a quote only as the end of other compounds, and all that goes before it
    in the question (都市整備) only in the sentences beside it.
    """
    text = searchable(quote)
    by_start = {a.term.start: a for a in accounts}
    for phrase in phrases(question):
        told = [by_start[t.start] for t in phrase.terms if t.start in by_start]
        if (
            len(told) < 2
            or phrase.end - phrase.start < _A_NAME
            or told[-1].by not in _IN_ITSELF
            or told[-1].term.weight < _NOUN
        ):
            continue
        own = [a for a in told[:-1] if a.term.weight >= _NOUN]
        if not own or any(a.by not in _BESIDE for a in own):
            continue
        ends = [m.start() for m in re.finditer(re.escape(searchable(told[-1].term.surface)), text)]
        if ends and all(_COMPOUND.search(text[:at]) for at in ends):
            return True
    return False
