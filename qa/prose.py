"""Answers from prose: which sentence of the documents, quoted, answers a question, and how probably.

Read top to bottom: `answers_from_prose` is the whole way. What stands around a sentence may explain words of the
question, but only sentences themselves are quoted, and figures are calculated only from cited ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Hit, Store
from qa.asked_kinds import REASON_ASKED, kinds, lacks_reason
from qa.prose_beside import announced, same_label, together
from qa.prose_candidates import candidate_at, candidates
from qa.prose_claims import judged
from qa.prose_features import Compared
from qa.prose_figures import quantity_at
from qa.prose_kinds import asked_noun, things
from qa.prose_lists import counted, each, listed
from qa.prose_operations import calculated, figure
from qa.prose_rank import ProseAnswer, Ranking, rank
from qa.prose_reading import read
from qa.prose_told import is_told, says_nothing
from qa.types import Evidence, Explained, Operation, Question, Value

__all__ = ["ProseAnswer", "answers_from_prose"]

_NOTHING_SAID = 0.1  # and where it repeats the question or only announces what it asks for
_NOT_DONE = (
    0.3  # how much of its probability a bare quote keeps where a calculation was asked for that it does not print
)

_FOR_WHAT = re.compile(
    r"何のため|なんのため|(?:どんな|どういう|どのような|何の)目的|何を目的|何に(?:使|活用|役立|利用)"
)
_PURPOSE = re.compile(r"ため|目的|ように|として(?:活用|利用|使用|使)|に向け|に資する|を図る|のもと")
_TAKES_UP = re.compile(
    r"(?:これ(?:ら)?(?:は|も|に(?:より|よって|伴)|を受け)|(?:この|その)(?:ため|結果)|こうしたこと|したがって|よって)(?![一-龥])"
)
_EXPLAINS = re.compile(
    r"^(?:これ(?:ら)?は|(?:その|主な|増加の|減少の)(?:理由|要因|原因)は)[^。]*(?:ため|より|よる|から|伴う)"
    r"|ため(?:である|です|であります)。?$"
)
_PREDICATE = 0.4  # verbs and heavier words
_TOLD_LATER = ("date", "month", "day", "money", "people", "number", "count", "percent")


def answers_from_prose(
    store: Store, question: Question, hits: Sequence[Hit], limit: int = 8
) -> tuple[ProseAnswer, ...]:
    """The likeliest answers among the sentences of the hits and beside them, best first; none when there are none."""
    found = candidates(store, hits)
    ranking = rank(store, question, found)
    if ranking is None:
        return ()
    question = ranking.asked.question
    if question.operation is Operation.YESNO and (verdict := judged(store, question, found)):
        return (verdict,)
    quotes = [
        _quote(store, question, ranking, one, p)
        for one, p in zip(ranking.compared[:limit], ranking.probabilities[:limit], strict=True)
    ]
    pair = together(store, question, ranking)
    if pair is not None:
        quotes = sorted((pair, *quotes), key=lambda q: -q.probability)[:limit]
    told = is_told(question, ranking.compared[0], ranking)
    made = None if told else calculated(store, question)
    made = made or each(store, question) or listed(store, question, ranking) or counted(question, ranking)
    if made is None or _lacks_its_reason(question, made):
        return tuple(quotes)
    return (made, *(_less(q, 1 - made.probability) for q in quotes))[:limit]


def _quote(store: Store, question: Question, ranking: Ranking, one: Compared, probability: float) -> ProseAnswer:
    """A sentence as it stands, with the thing asked for in it as its value."""
    if not is_told(question, one, ranking):
        probability *= _NOT_DONE
    if says_nothing(question, one):
        probability *= _NOTHING_SAID
    quote = one.candidate.text
    spot = figure(question, one, ranking) if one.spots else None
    reading = read(quote)
    quantity = quantity_at(reading, spot) if spot else None
    value = Value(None, None, quote)
    if quantity is not None:
        number = quantity.value
        value = Value(
            int(number) if number == number.to_integral_value() else float(number), quantity.unit, quantity.text
        )
    elif spot is not None:
        value = Value(None, None, reading.folded[slice(*spot)])
    evidence = same_label(store, question, one.candidate)
    if (behind := _told_behind(store, question, one)) is not None:
        evidence = (*evidence, behind)
    elif points := announced(store, one.candidate):
        evidence = (*evidence, *points)
    elif (ahead := _told_ahead(store, question, one)) is not None:
        evidence = (ahead, *evidence)
    values = (value,) if len(evidence) == 1 else tuple(Value(None, None, e.value) for e in evidence)
    return ProseAnswer(evidence, one.accounts, probability, one.features, None, values)


def _told_behind(store: Store, question: Question, one: Compared) -> Evidence | None:
    """The sentence right behind one that speaks of what is asked and gives nothing of the kind, where that one does: …を拡大する。
    実施は令和8年10月から。 Of a reason also the sentence that gives it: これは、…によるものです。
    """
    own = one.candidate
    asks_why = question.wants == "reason" or REASON_ASKED in kinds(question.folded)
    explained = asks_why and _EXPLAINS.search(read(own.after).folded) is not None
    goes_on = explained or _is_asked_behind(question, one)
    if question.operation not in (Operation.VALUE, Operation.YESNO) or not own.after:
        return None
    if not goes_on and (question.operation is Operation.YESNO or not _gives_nothing(question, one)):
        return None
    document = store.documents[own.document]
    if own.position + 1 >= len(document.passages) or not (goes_on or _gives(question, own.after)):
        return None
    following = candidate_at(document, own.position + 1, own.rank)
    return following.evidence if following.text == own.after and following.heading == own.heading else None


def _is_asked_behind(question: Question, one: Compared) -> bool:
    """Whether what is asked of something, yes or no, or what kind of thing (どのような対応), stands only in the sentence behind the one
    that speaks of it.
    """
    asked = predicate(one.accounts) if question.operation is Operation.YESNO else None
    noun = asked_noun(question) if asked is None else None
    of_what_kind = bool(noun) and any(a.by == "after" and a.term.surface == noun for a in one.accounts)
    return of_what_kind or (asked is not None and asked.by == "after")


def predicate(accounts: Sequence[Explained]) -> Explained | None:
    """How the last word that weighs something is explained: in a question of yes or no what is asked of its subject."""
    said = [a for a in accounts if a.term.weight >= _PREDICATE]
    return max(said, key=lambda a: a.term.start, default=None)


def _told_ahead(store: Store, question: Question, one: Compared) -> Evidence | None:
    """The sentence right before one that takes it up, where a reason is asked for: 設備の故障により休館した。このため、…."""
    own = one.candidate
    if question.wants != "reason" or own.position < 1 or not own.before or not _TAKES_UP.match(read(own.text).folded):
        return None
    ahead = candidate_at(store.documents[own.document], own.position - 1, own.rank)
    return ahead.evidence if ahead.text == own.before and ahead.heading == own.heading else None


def _gives_nothing(question: Question, one: Compared) -> bool:
    """Whether a sentence tells nothing of the kind that is asked for, as far as that can be seen."""
    if _FOR_WHAT.search(question.folded):
        return _PURPOSE.search(read(one.candidate.text).folded) is None
    return question.wants in _TOLD_LATER and not one.spots


def _gives(question: Question, text: str) -> bool:
    if _FOR_WHAT.search(question.folded):
        return _PURPOSE.search(read(text).folded) is not None
    return bool(things(question, read(text)))


def _lacks_its_reason(question: Question, made: ProseAnswer) -> bool:
    """Whether nothing but a reason is asked for and a list or a calculation gives none."""
    given = (made.text or "", *(one.value for one in made.evidence))
    return kinds(question.folded) == (REASON_ASKED,) and lacks_reason(question, given)


def _less(answer: ProseAnswer, most: float) -> ProseAnswer:
    """An answer beside a likelier one: together they are at most certain."""
    return ProseAnswer(
        answer.evidence, answer.accounts, min(answer.probability, most), answer.features, answer.calculation,
        answer.values, answer.text,
    )  # fmt: skip
