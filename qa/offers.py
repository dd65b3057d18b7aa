"""Everything that could be said to a question, each way of answering as one `Offer`, before any of them is chosen.

Tables, text cells, sentences and verdicts compete here on equal terms; which of them is likely right is for
`qa.choice` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from index import Hit, Store
from qa.frames import Frame
from qa.months import span_of_months
from qa.persons import lists_persons
from qa.possible import possible
from qa.prose import ProseAnswer, answers_from_prose
from qa.prose_cells import answers_from_cells
from qa.prose_draft import cell_draft, dated, prose_draft
from qa.prose_headings import answers_from_headings
from qa.row_said import with_cost, with_date, with_names, with_place, with_row, with_sentence
from qa.tabular import Proposal, propose, row_by_row
from qa.tell import tell
from qa.totals_told import ALTOGETHER
from qa.types import Draft, Evidence, Explained, Operation, Question
from qa.understand import understand
from qa.unit_lines import with_share
from qa.within import answers_within
from qa.yesno import Verdict, verdicts

_EACH = 4  # of every way so many are weighed
_IN_WORDS = (
    ("prose", "prose", answers_from_prose),
    ("cell", "cells", answers_from_cells),
    ("heading", "headings", answers_from_headings),
    ("parts", "parts", answers_within),
)
_ADDED_UP = ("money", "people", "count")
# 1年間の転入者数は, 全部で何人: no row may print it, but all of them come to it.
_ALTOGETHER = re.compile(rf"{ALTOGETHER}|(?:[1一]年間|年間)(?:の|で|を通)|通年")
_NUMBERS = re.compile(r"(?:件|人|回|個|台|点|冊|世帯|団体|校)数(?:は|を|が|も|の合計)")
_OF_A_WHOLE = re.compile(r"占め|の(?:うち|中)|に対する|全体|合計|総額|総数|何分の")
_LOOKED_UP = (Operation.VALUE, Operation.EACH, Operation.LIST)


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer that could be given. `way` is table, verdict, cell, prose, heading or parts; `place` counts within its way from 0.

    `own` is how sure its own way is of it, in [0, 1]; `source` what the way made. `reading` is the question as that
    way took it.
    """

    way: str
    place: int
    reading: Question
    own: float
    accounts: tuple[Explained, ...]
    evidence: Evidence
    source: Proposal | Verdict | ProseAnswer = field(hash=False, compare=False)

    def draft(self, store: Store) -> Draft | None:
        """What would be said."""
        if isinstance(self.source, Verdict):
            return self.source.draft(store)
        if isinstance(self.source, Proposal):
            return tell(store, self.source.question, self.source.result, self.own)
        return (
            cell_draft(store, self.source)
            if self.way == "cell"
            else dated(prose_draft(store, self.source), self.reading)
        )


def offers(store: Store, question: Question, hits: Sequence[Hit], frames: tuple[Frame, ...], clock: Any) -> list[Offer]:
    """All that could be said; `clock` runs and times each step by its name."""
    found: list[Offer] = []
    if question.operation is Operation.YESNO:
        decided: tuple[Verdict, ...] = clock("yes or no", lambda: verdicts(store, question, frames))
        found += [_of_proposal("verdict", i, one.proposal, one) for i, one in enumerate(decided)]
    for reading, among in _readings(question, frames):
        proposals: tuple[Proposal, ...] = clock("plan", partial(propose, reading, among))
        able = [one for one in proposals if possible(one.question, one.plan)]
        found += [_of_proposal("table", i, one, one) for i, one in enumerate(able[:_EACH])]
    for way, name, answers in _IN_WORDS:
        made: tuple[ProseAnswer, ...] = clock(name, partial(answers, store, question, hits))
        found += _of_prose(way, question, made)
    if question.operation is Operation.COUNT:  # a text may print how many there are: 計109事業
        plain = understand(question.text, plain=True)
        may_print = plain.operation is Operation.VALUE and (plain.unit or plain.wants == "number")
        for way, name, answers in (one for one in _IN_WORDS if may_print and one[0] == "prose"):
            printed: tuple[ProseAnswer, ...] = clock(name, partial(answers, store, plain, hits))
            found += _of_prose(way, plain, printed)
    return found


def offers_row_by_row(question: Question, frames: tuple[Frame, ...]) -> list[Offer]:
    """The answers to a question that looks up one thing and fits several: one for each of them."""
    return [_of_proposal("table", 0, one, one) for one in row_by_row(question, frames)]


def _readings(question: Question, frames: tuple[Frame, ...]) -> Iterator[tuple[Question, tuple[Frame, ...]]]:
    """The question as asked; as a sum where it asks for how much altogether; as a look-up, because a document may print its 合計, 平均 or 増減 itself; and 何人 as how many
    rows there are where each row is a person.
    """
    printed = tuple(frame for frame in frames if _prints_share(question, frame))
    yield question, tuple(frame for frame in frames if frame not in printed)
    altogether = _ALTOGETHER.search(question.folded) or span_of_months(question.folded)
    if question.operation is Operation.VALUE and question.wants in _ADDED_UP and altogether:
        yield replace(question, operation=Operation.SUM), frames
    if question.operation is Operation.COUNT and altogether and _NUMBERS.search(question.folded):
        # Of the 実績件数 of several things, not how many they are.
        yield replace(question, operation=Operation.SUM), frames
    if question.operation is Operation.VALUE and question.wants == "people":
        persons = tuple(one for one in frames if lists_persons(one))
        if persons:
            yield replace(question, operation=Operation.COUNT, wants=None), persons
    in_order = question.rank != 1 or question.after is not None or question.by_year  # no document prints that as such
    if question.operation not in (*_LOOKED_UP, Operation.YESNO) and not in_order:
        plain = understand(question.text, plain=True)
        # 歳入に占める地方交付税の構成比: the printed share is of the whole, and no header says that it takes it up.
        plain = replace(plain, terms=tuple(t for t in plain.terms if t.normal != "占める") or plain.terms)
        if plain.operation is not Operation.LIST:  # a list of all is no answer to which is the largest
            yield plain, frames


def _prints_share(question: Question, frame: Frame) -> bool:
    """Whether a share is asked for by just the header (割合) under which a table prints it, and of no other whole."""
    if question.operation is not Operation.RATIO or not question.cue or _OF_A_WHOLE.search(question.folded):
        return False
    return any(question.cue in c.core for c in frame.columns if c.role == "data" and c.kind == "number")


def _of_proposal(way: str, place: int, proposal: Proposal, source: Proposal | Verdict) -> Offer:
    result = proposal.result
    first = result.operands[0] if result.operands else None
    plan, frame = proposal.plan, proposal.plan.frame
    row, column = (first.row, first.column) if first else (plan.rows[0], frame.key)
    if frame.columns[column].place is None and plan.columns:
        column = plan.columns[0]  # a heading is the name: what is said of it stands in its own column
    evidence = frame.evidence(row, column)
    accounts = with_cost(with_row(plan.accounts, frame, plan.rows), frame, plan.columns)
    accounts = with_share(with_place(accounts, proposal.question, evidence.value), proposal.question, plan)
    return Offer(way, place, proposal.question, proposal.probability, accounts, evidence, source)


def _of_prose(way: str, question: Question, made: Sequence[ProseAnswer]) -> list[Offer]:
    found = []
    for i, one in enumerate(made[:_EACH]):
        told = one.evidence[0].value
        accounts = with_names(with_date(one.accounts, question, told), question, told)
        accounts = with_sentence(accounts, told) if way == "parts" else accounts
        found.append(Offer(way, i, question, one.probability, accounts, one.evidence[0], one))
    return found
