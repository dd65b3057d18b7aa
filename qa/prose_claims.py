"""Is what the question claims what the sentence says? 「〜は250回ですよね」 → はい or いいえ, where the sentence decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.values import Period, Quantity
from index import Store
from qa.grammar import grammar
from qa.labels import mentions_period
from qa.prose_candidates import Candidate
from qa.prose_features import matched
from qa.prose_figures import pulls, quantity_at
from qa.prose_kinds import same_units, things
from qa.prose_operations import figure
from qa.prose_rank import ProseAnswer, Ranking, rank
from qa.prose_reading import Reading, read
from qa.types import Operation, Question, Value
from qa.wording import quoted

_ALONE = 0.5  # the figure that contradicts must belong to the words this much more than any other of its kind


@dataclass(frozen=True, slots=True)
class Claim:
    """What the question says of the thing: a figure or a date, and the question that asks for it instead."""

    figure: Quantity | None
    date: Period | None
    question: Question


def claim(question: Question) -> Claim | None:
    """The one figure the question claims, or where it names none, its one date; None where it claims neither."""
    if question.claim is not None:
        wants, unit = _kind(question.claim)
        asked = replace(
            question, operation=Operation.VALUE, wants=wants, unit=unit, claim=None,
            folded=_blanked(question.folded, question.claim.start, question.claim.end),
        )  # fmt: skip
        return Claim(question.claim, None, asked)
    if len(question.periods) == 1 and question.periods[0].month is not None:
        date = question.periods[0]
        asked = replace(
            question, operation=Operation.VALUE, wants="date", unit=None, periods=(),
            folded=_blanked(question.folded, date.start, date.end),
        )  # fmt: skip
        return Claim(None, date, asked)
    return None


def _kind(quantity: Quantity) -> tuple[str, str | None]:
    """The kind of thing a figure is: by the grammar's units, else a count of its own unit."""
    for name, kind in grammar().kinds.items():
        if quantity.unit in kind.units and name != "span":
            return name, None
    return "count", quantity.unit


def _blanked(text: str, start: int, end: int) -> str:
    """The text with a stretch taken out and all places kept."""
    return text[:start] + " " * (end - start) + text[end:]


def judged(store: Store, question: Question, found: Sequence[Candidate]) -> ProseAnswer | None:
    """はい or いいえ with the sentence that decides it; the bare sentence where it does not; None without a claim."""
    claimed = claim(question)
    ranking = rank(store, claimed.question, found) if claimed else None
    if claimed is None or ranking is None:
        return None
    one, probability = ranking.compared[0], ranking.probabilities[0]
    reading = read(one.candidate.text)
    quote = quoted(one.candidate.text)
    verdict = _verdict(claimed, ranking, reading)
    text = None if verdict is None else f"{'はい' if verdict else 'いいえ'}、{quote}"
    return ProseAnswer(
        (one.candidate.evidence,), one.accounts, probability, one.features, None, (Value(None, None, quote),), text
    )


def _verdict(claimed: Claim, ranking: Ranking, reading: Reading) -> bool | None:
    """Whether the sentence bears the claim out (True), says otherwise (False), or neither."""
    one = ranking.compared[0]
    spots = things(claimed.question, reading) or ()
    if claimed.date is not None:
        if mentions_period(claimed.date, reading.periods):
            return True
        dates = [p for p in reading.periods if any((p.start, p.end) == s for s in spots)]
        return False if len(dates) == 1 and dates[0].month is not None else None
    assert claimed.figure is not None
    chosen = figure(claimed.question, one, ranking)
    printed = quantity_at(reading, chosen) if chosen else None
    if printed is None:
        return None
    if _equal(printed, claimed.figure):
        return True
    if any(_equal(q, claimed.figure) for q in reading.figures):
        return None
    pulled = sorted(pulls(reading, matched(ranking.asked, reading), spots), reverse=True)
    alone = len(pulled) == 1 or pulled[1] <= _ALONE * pulled[0]
    comparable = printed.unit == claimed.figure.unit or printed.unit in same_units(claimed.figure.unit)
    return False if alone and comparable else None


def _equal(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and (one.unit == other.unit or one.unit in same_units(other.unit))
