"""A sentence and the one beside it as one answer, where each gives one of the things that are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace as changed

from corpus.folding import searchable
from corpus.values import fold_kanji_numbers
from index import Store
from qa.asked_kinds import kinds, told
from qa.explain import literal
from qa.prose_candidates import Candidate, beside, candidate_at, paragraphs
from qa.prose_features import Compared, compare, with_meaning
from qa.prose_headings import children, evidence_of
from qa.prose_model import prose_model
from qa.prose_rank import ProseAnswer, Ranking
from qa.types import Evidence, Question, Value

_LOOKED_AT = 4
_FEWEST = 2
_LABEL = re.compile(r"(?P<label>\S{2,12}?)(?:[ \u3000]{2,}|[:：／])\s*\S")
_MOST_ALIKE = 8
_MOST_POINTS = 12
_FOLLOWS = re.compile(r"(?:次|以下|下記)の(?:とおり|通り|各号)[^。、]{0,12}。?\s*$")
_SO_MANY_FOLLOW = re.compile(r"(?:次|以下|下記)の(?P<many>[2-9]|1[0-9])(?:つの)?(?:点|項目|事項|件|つ|取組|柱|観点)")
_POINT = re.compile(r"[(]?(?:[0-9]{1,2}|[一二三四五六七八九十]|[ア-ン])[).、\s]|[①-⑳・○●◎◆■▪-]")
_MORE = 0.15  # so much more of the question a neighbour explains where a figure of the kind stands in the sentence too


def together(store: Store, question: Question, ranking: Ranking) -> ProseAnswer | None:
    """The likeliest pair of neighbours that gives more of what is asked for, or of its words, than either of them."""
    if len(kinds(question.folded)) < _FEWEST:
        return None
    best: tuple[float, Compared, int] | None = None
    for one, first in _pairs(store, question, ranking):
        likely = prose_model().probabilities([one.features, *(o.features for o in ranking.compared)])[0]
        if best is None or likely > best[0]:
            best = likely, one, first
    if best is None:
        return None
    likely, one, first = best
    document = store.documents[one.candidate.document]
    evidence = tuple(candidate_at(document, p, one.candidate.rank).evidence for p in (first, first + 1))
    return ProseAnswer(
        evidence, one.accounts, likely, one.features, None, tuple(Value(None, None, e.value) for e in evidence)
    )


def same_label(store: Store, question: Question, one: Candidate) -> tuple[Evidence, ...]:
    """A line with all that stand beside it under the same label (監査委員　A / 監査委員　B), where nothing asked tells them apart."""
    document = store.documents[one.document]
    label = _label(one.text)
    if one.position < 0 or not label:
        return (one.evidence,)
    first = last = one.position
    while (
        first > 0 and last - first < _MOST_ALIKE and _label(document.quote(document.passages[first - 1].span)) == label
    ):
        first -= 1
    while (
        last + 1 < len(document.passages)
        and last - first < _MOST_ALIKE
        and _label(document.quote(document.passages[last + 1].span)) == label
    ):
        last += 1
    alike = [candidate_at(document, p, one.rank) for p in range(first, last + 1)]
    apart = any(len({literal(t, c.text) > 0.0 for c in alike}) > 1 for t in question.terms)
    return (one.evidence,) if apart else tuple(c.evidence for c in alike)


def announced(store: Store, one: Candidate) -> tuple[Evidence, ...]:
    """The points right below a sentence that only says that they follow (…場合は、次のとおりと定める。 / (1)…); () where none are."""
    if one.position < 0:
        return ()
    document = store.documents[one.document]
    so_many = _SO_MANY_FOLLOW.search(fold_kanji_numbers(searchable(one.text)))
    if so_many is not None:  # 次の3点について、: three headings below
        at = document.passages[one.position].span.start
        below = [s for s in children(document).get(tuple(one.heading), ()) if document.sections[s].span.start > at]
        return tuple(evidence_of(document, s) for s in below) if len(below) == int(so_many["many"]) else ()
    if _FOLLOWS.search(searchable(one.text)) is None:
        return ()
    found: list[Evidence] = []
    for at in range(one.position + 1, min(one.position + 1 + _MOST_POINTS, len(document.passages))):
        point = candidate_at(document, at, one.rank)
        if point.heading != one.heading or _POINT.match(searchable(point.text)) is None:
            break
        found.append(point.evidence)
    return tuple(found)


def _label(text: str) -> str:
    match = _LABEL.match(text)
    return match["label"] if match else ""


def _pairs(store: Store, question: Question, ranking: Ranking) -> Iterator[tuple[Compared, int]]:
    """The neighbours of the likeliest sentences with them, compared as one sentence, and the place of the first."""
    for own in ranking.compared[:_LOOKED_AT]:
        document, at = store.documents[own.candidate.document], own.candidate.position
        alone = told(question, (own.candidate.text,))
        for first in (at - 1, at):
            if (
                not 0 <= first < len(document.passages) - 1
                or paragraphs(document)[first] != paragraphs(document)[first + 1]
            ):
                continue
            texts = [document.quote(document.passages[p].span) for p in (first, first + 1)]
            joined = changed(
                own.candidate,
                text="".join(texts),
                before=beside(document, first, -1),
                after=beside(document, first + 1, 1),
            )
            both = with_meaning(ranking.asked, compare(ranking.asked, joined), store.encoder)
            more = both.features["in_sentence"] - own.features["in_sentence"]
            if more > (0.0 if told(question, texts) > alone else _MORE):
                yield both, first
