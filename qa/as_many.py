"""Lists of which the question says how long they are: 5つの重点施策をすべて is answered by five things, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.folding import searchable
from qa.choice import Weighed
from qa.prose_rank import ProseAnswer
from qa.tabular import Proposal
from qa.types import Operation, Question

_MANY = re.compile(
    r"(?<![0-9.,第])(?P<many>[2-9]|1[0-9])(?:つ|項目|点|本|件|種類)(?!以|未満|を超|より)"
    r"(?:とも|(?:ある)?の?[^、。はがを0-9]{1,16}(?:を(?=すべて|全て|全部|ぜんぶ|挙げ|列挙|教え)|(?:と?は|って)(?=何|どれ|[?。]|$)|の(?:名前|名称|呼び名)))"
)


_BETWEEN = re.compile(r"[、,・/と]|及び|並びに|\n|\s{2,}")


def many_asked(question: Question) -> int | None:
    """How many things a question says that it wants to be told; None where it does not say."""
    said = _MANY.search(question.folded)
    return int(said["many"]) if said else None


def as_asked(question: Question, best: Sequence[Weighed]) -> list[Weighed]:
    """The offers, likeliest first, without lists of another length than asked for; one of just that length is likelier by it."""
    many = many_asked(question) if question.operation is Operation.LIST else None
    if many is None:
        return list(best)
    kept = [(one, _listed(one)) for one in best]
    told = [
        replace(one, probability=(1.0 + one.probability) / 2) if size == many else one
        for one, size in kept
        if size == many or (size is None and _may_name(one, many))
    ]
    return sorted(told, key=lambda one: -one.probability)


def _may_name(one: Weighed, many: int) -> bool:
    """Whether a quoted text has so many pieces that it may name so many things, not only say that there are so many."""
    texts = " ".join(e.value for e in one.offer.source.evidence) if isinstance(one.offer.source, ProseAnswer) else ""
    return not texts or len(_BETWEEN.split(searchable(texts))) >= many


def _listed(one: Weighed) -> int | None:
    """How many things an offer lists; None where it quotes a text."""
    source = one.offer.source
    if isinstance(source, ProseAnswer):
        return len(source.values) if len(source.values) > 1 else None
    if isinstance(source, Proposal):
        return len(source.result.things) if source.result.kind == "list" else None
    return None
