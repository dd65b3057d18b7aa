"""How an answer came about, in a few lines for people: what was understood, found, weighed, and stopped at the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.folding import tidy
from index import Store
from qa import Answer, Question, UnaskableQuestion
from qa import answer as ask_alone
from qa.choice import Weighed
from qa.types import Step

_SHOWN = 3
_LETTERS = 60


def explained(store: Store, given: Answer, steps: Sequence[Step] = ()) -> tuple[str, ...]:
    """The way of an answer by the steps it took; without them it is asked again by itself, as it was understood."""
    if not steps:
        again: list[Step] = []
        steps = again
        try:
            ask_alone(given.standalone or given.question, store, steps=again)
        except UnaskableQuestion as error:
            return (str(error),)
    return tuple(line for step in steps for line in _lines(step))


def _lines(step: Step) -> Iterator[str]:
    made = step.outcome
    if step.name == "understand" and isinstance(made, Question):
        years = "、".join(one.text for one in made.periods) or "—"
        yield f"理解: {made.operation.value}、年 {years}、語 {'・'.join(term.surface for term in made.terms) or '—'}"
    elif step.name == "retrieve":
        for hit in made[:_SHOWN]:
            yield f"検索 {hit.rank}: {_short(hit.entry.text)}"
    elif step.name == "weigh":
        yield from _weighed(made)
    elif step.name == "verify" and made:
        yield f"検証で止めた理由: {'、'.join(made)}"


def _weighed(found: Sequence[Weighed]) -> Iterator[str]:
    if not found:
        yield "候補: なし"
    for one in found[:_SHOWN]:
        evidence = one.offer.evidence
        lost = "・".join(dict.fromkeys(a.term.surface for a in one.offer.accounts if not a.strength))
        place = " / ".join((*evidence.subject[-1:], *([evidence.name] if evidence.name else []), *evidence.attribute))
        unexplained = f"、説明できない語 {lost}" if lost else ""
        yield f"候補 {one.probability:.2f} {one.offer.way}: {_short(place)} = {_short(evidence.value)}{unexplained}"


def _short(text: str) -> str:
    text = tidy(text)
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"
