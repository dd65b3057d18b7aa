"""Which of about equally likely offers goes first: what the trees cannot tell, because it lies between two offers."""

from __future__ import annotations

from dataclasses import replace

from qa.choice import Weighed, before_others, choice_model
from qa.labels import core
from qa.lookup import letters, pairs
from qa.measures import is_share, says_share
from qa.parts_asked import TOTAL
from qa.plan import Plan, unexplained
from qa.plan_fits import named_together
from qa.possible import of_the_whole_document
from qa.prose_headings import without_structure
from qa.row_said import ITS_PLACE
from qa.runs import phrases
from qa.same_row import languages_first, same_row_first
from qa.shares import ASKED
from qa.tabular import Proposal
from qa.types import Operation, Question
from qa.understand import EXTREMES, LOOK_UPS, NUMERIC
from qa.yesno import IN_THE_BLACK

QUOTED = ("prose", "cell", "heading")  # ways to answer with a text as it stands
_LOOKED_AT = 3
_TIED = 0.6  # of what is enough, where a question names two headers with と between them
_AS_LIKELY = 0.02
_A_WHOLE_NAME, _A_LONG_NAME = 5, 4  # letters


def put_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers, likeliest first, with the one that gives what is asked before those that only come near it."""
    best = _labelled_first(question, _listed_by_label(question, _headed_by_name(question, best)))
    best = _reckoned_first(question, _counted_by_name(question, _printed_by_name(question, best)))
    best = languages_first(question, best)
    best = same_row_first(question, _named_column_first(question, _all_named_first(question, best)))
    return _in_its_place(_verdict_first(question, _each_listed_first(question, best)))


def _verdict_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with はい or いいえ before the cell that says so without it, and before words about the black or the red
    where a balance itself tells on which side it is.
    """
    enough = choice_model().enough
    balances = [one for one in best if one.offer.way == "verdict" and one.probability >= enough]
    if balances and IN_THE_BLACK.search(question.folded):
        return before_others(balances[0], best)
    for one in best[1:] if best and best[0].offer.way != "verdict" else ():
        first, own = best[0].offer.evidence, one.offer.evidence
        same = (own.document, own.table, own.position, own.value) == (
            first.document,
            first.table,
            first.position,
            first.value,
        )
        if one.offer.way == "verdict" and same and one.probability >= enough:
            return before_others(one, best)
    return best


def _headed_by_name(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with the headings under one that the question calls by its whole name, or that says all it asks about, where
    nothing else is likely enough and may be said.
    """
    enough = choice_model().enough
    if question.operation not in (Operation.LIST, Operation.COUNT) or not best:
        return best
    if best[0].probability >= enough and not _of_any_table(best[0]):
        return best
    said = letters(question.folded)
    named = [letters(question.folded[p.start : p.end]) for p in phrases(without_structure(question))]
    for one in best:
        above = (
            letters(one.offer.evidence.subject[-1]) if one.offer.way == "heading" and one.offer.evidence.subject else ""
        )
        short = letters(core(one.offer.evidence.subject[-1])) if above else ""
        whole = len(short) >= _A_WHOLE_NAME and short in said
        all_said = bool(named) and len(max(named, key=len)) >= _A_LONG_NAME and all(name in above for name in named)
        if above and (whole or all_said) and not one.features["lost"]:
            return _said_first(one, best)
    return best


def _of_any_table(one: Weighed) -> bool:
    source = one.offer.source
    return isinstance(source, Proposal) and of_the_whole_document(source.question, source.plan)


def _in_its_place(best: list[Weighed]) -> list[Weighed]:
    """The offers with the cell that names a place, of the row found, where nothing is likely enough and a word asks for the place."""
    enough, first = choice_model().enough, best[0] if best else None
    if first is None or first.probability >= enough:
        return best
    for one in best:
        there = any(a.by == ITS_PLACE for a in one.offer.accounts) and not one.features["lost"]
        if there and one.offer.evidence.position == first.offer.evidence.position:
            return _said_first(one, best)
    return best


def _labelled_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with a part of a text that is labelled with all that is asked about (支援団(東京、大阪)) before texts that only speak of it.

    Only where something of a kind is asked for: where it is, who, how much.
    """
    if not best or question.wants in (None, "thing", "manner", "reason") or question.operation is not Operation.VALUE:
        return best
    if not best[0].features.get("guessed", 0.0) and best[0].offer.way not in QUOTED:
        return best
    for one in best[1:]:
        own = one.features
        labelled = own.get("label", 0.0) == own.get("named", 0.0) == own["covered"] == own["kind"] == 1.0
        if one.offer.way == "parts" and labelled and one.probability >= choice_model().enough:
            return before_others(one, best)
    return best


def _listed_by_label(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with a label's list of names (モデル校 県立4校(東、西、南、北)) before a sentence that only speaks of such things."""
    if question.operation is not Operation.LIST or not best or best[0].offer.way != "prose" or best[0].features["kind"]:
        return best
    for one in best[1:]:
        listed = one.offer.way == "parts" and one.features["kind"] == 1.0 and not one.features["lost"]
        if listed and one.probability >= choice_model().enough:
            return before_others(one, best)
    return best


def _reckoned_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with what was reckoned of a text before the same text merely quoted, where a calculation is asked for."""
    added = question.operation in (*NUMERIC, *EXTREMES) or TOTAL.search(question.folded)
    if not added or not best or best[0].features["worked_out"]:
        return best
    enough, first = choice_model().enough, best[0].offer.evidence
    for one in best[1:]:
        there = one.offer.evidence
        same = (there.document, there.table, there.position) == (first.document, first.table, first.position)
        made = one.features["worked_out"] or question.operation in EXTREMES
        if one.offer.way == "parts" and made and same and one.probability >= enough:
            return before_others(one, best)
    return best


def _printed_by_name(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers, the first as likely as has to be where a table prints the very share asked for under its name and its row's."""
    if not best or question.operation is not Operation.RATIO:
        return best
    one, own = best[0], best[0].features
    named = own["header_asked"] == own["name_whole"] == own.get("plain", 0.0) == 1.0 and not own["lost"]
    if named and one.offer.way == "table" and not own["worked_out"] and not own.get("guessed", 0.0):
        return [_enough(one), *best[1:]]
    for one in best[:_LOOKED_AT] if ASKED.search(question.folded) and not best[0].features["worked_out"] else ():
        if _prints_share(question, one):
            return before_others(_enough(one), best)
    return best


def _prints_share(question: Question, one: Weighed) -> bool:
    """Whether an offer is the share that a table prints of the one of its things that a question names, all words explained."""
    plan = _plan(one)
    if plan is None or one.features["worked_out"] or one.features["lost"] or len(plan.rows) != 1:
        return False
    columns = [c for c in plan.columns if is_share(plan.frame, c) and says_share(plan.frame, c)]
    said = letters(question.folded)
    names = {own for row in range(len(plan.frame)) if (own := letters(plan.frame.name(row))) and own in said}
    return len(columns) == len(plan.columns) == 1 and names == {letters(plan.frame.name(plan.rows[0]))}


def _counted_by_name(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers, the first as likely as has to be where its label counts just what is asked for: 何話 under 制作話数."""
    if not best or question.wants != "count" or not question.unit or best[0].features["lost"]:
        return best
    evidence = best[0].offer.evidence
    labels = ((evidence.name or ""), *evidence.subject[-1:], *evidence.attribute[-1:])
    counted = any(label.endswith(f"{question.unit}数") for label in labels) and question.unit in evidence.value
    if not counted or best[0].offer.way not in ("cell", "table"):
        return best
    return [_enough(best[0]), *best[1:]]


def _all_named_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with what gives more columns of the same rows first, where words name the others too: 期間・限度額."""
    plan = _plan(best[0]) if best else None
    if plan is None or plan.guessed:
        return best
    enough = choice_model().enough
    for one in best[1:]:
        other = _plan(one)
        if other is None or other.guessed or other.frame is not plan.frame or other.rows != plan.rows:
            continue
        more = set(other.columns) > set(plan.columns) and len(unexplained(other)) <= len(unexplained(plan))
        tied = named_together(question, other)
        if more and other.coverage > plan.coverage and one.probability >= (_TIED * enough if tied else enough):
            return [_enough(one) if tied else one, *(o for o in best if o is not one)]
    return best


def _named_column_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with the column that the question names (計画の期間) before one that is only guessed, of the same rows.

    By a name of its own, not by what is said over several columns (令和3年度予定).
    """
    plan = _plan(best[0]) if best else None
    said = pairs(question.folded)
    if plan is None or not plan.guessed:
        return best
    enough = choice_model().enough
    for one in best[1:]:
        other = _plan(one)
        if other is None or one.probability < enough:
            continue
        same = other.frame is plan.frame and other.rows == plan.rows
        own = any(said & pairs(" ".join(other.frame.columns[c].path[-1:])) for c in other.columns)
        if same and own and not other.guessed and one.features["header_asked"] > best[0].features["header_asked"]:
            return before_others(one, best)
    return best


def _each_listed_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with the rows themselves before a class that several of them share: 7番館、8番館 before 公共施設."""
    plans = [one.offer.source.plan if isinstance(one.offer.source, Proposal) else None for one in best]
    first = plans[0] if plans else None
    if question.operation is not Operation.LIST or first is None or first.listed < 0:
        return best
    told = {first.frame.cells[row][first.listed] for row in first.rows}
    if len(told) == len(first.rows):
        return best
    for one, plan in zip(best, plans, strict=True):
        if plan is None or one.probability < max(choice_model().enough, best[0].probability - _AS_LIKELY):
            continue
        if plan.frame is first.frame and plan.rows == first.rows and plan.listed != first.listed:
            return before_others(one, best)
    return best


def _said_first(one: Weighed, best: list[Weighed]) -> list[Weighed]:
    """The offers with one of them first, likely enough to be said."""
    return [_enough(one), *(other for other in best if other is not one)]


def _enough(one: Weighed) -> Weighed:
    """An offer at least as likely as has to be for it to be said."""
    return replace(one, probability=max(one.probability, choice_model().enough))


def _plan(one: Weighed) -> Plan | None:
    source = one.offer.source
    return source.plan if isinstance(source, Proposal) and source.question.operation in LOOK_UPS else None
