"""Which cell of one row goes first where several are about as likely: that of the time asked for, one that says something.

When a thing began stands in another cell than when it was held, and a dash under a header that a question only touches
(何施設が対象: 対象国) beside the cell that gives so many 施設.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import prod

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities, is_nothing
from qa.cell_kinds import LOOSE
from qa.choice import Weighed, before_others, choice_model
from qa.labels import year_of
from qa.languages import ASKS_LANGUAGES, lists_languages
from qa.lookup import letters
from qa.started import BEGINNING
from qa.synonyms import synonyms_of
from qa.types import Evidence, Operation, Question
from qa.understand import LOOK_UPS

_BEGAN = re.compile(
    r"始ま|始め(?:た|られ|まし)|開始|スタート|いつ(?:頃|ごろ)?から(?!いつ|の?開か)|何年度?から|から(?:ずっと)?続[いけ]"
)
_HELD = re.compile(
    r"開か(?:れ|っ)|開催|行[わな]*われ|実施(?:され|し(?:た|まし))|いつからいつまで|いつあ(?:り|っ)|(?:やっ|行っ)た"
)
_SINCE_WHEN = re.compile(
    r"(?:いつ(?:頃|ごろ)?|何年度?)から(?:行[わな]*われ|実施され)て(?:い)?(?:ます|る)"
)  # and goes on


def languages_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with the cell that lists languages first, where it is asked in which; as likely as that its row is the one meant."""
    if not best or question.operation not in (*LOOK_UPS, Operation.LIST) or not ASKS_LANGUAGES.search(question.folded):
        return best
    for one in best:
        there = one.offer.evidence
        if there.table is None or not lists_languages(there.value):
            continue
        cells: dict[int | None, float] = {}
        for other in best:
            e = other.offer.evidence
            if _of_one_row(e, there):
                cells[e.column] = max(cells.get(e.column, 0.0), other.probability)
        sure = 1.0 - prod(1.0 - p for p in cells.values())
        if sure < choice_model().enough:
            return best
        return [replace(one, probability=sure), *before_others(one, best)[1:]]
    return best


def same_row_first(question: Question, best: list[Weighed]) -> list[Weighed]:
    """The offers with the cell of the first one's row that tells what is asked before one that only comes near it."""
    if not best or question.operation not in LOOK_UPS:
        return best
    first = best[0].offer.evidence
    if first.table is None:
        return best
    wanted = _better_than(question, best[0])
    if wanted is None:
        return best
    for one in best[1:]:
        if one.probability < choice_model().enough:
            break
        there = one.offer.evidence
        if _of_one_row(there, first) and wanted(there):
            return before_others(one, best)
    return best


def _of_one_row(one: Evidence, other: Evidence) -> bool:
    return (one.document, one.table, one.position) == (other.document, other.table, other.position)


def _better_than(question: Question, best: Weighed) -> Callable[[Evidence], bool] | None:
    """What a cell has to be to go before that of the likeliest offer; None where that one stands."""
    first = best.offer.evidence
    if question.wants == "date":
        began, held = bool(_BEGAN.search(question.folded)), bool(_HELD.search(question.folded))
        held = held and _SINCE_WHEN.search(question.folded) is None
        if began is held or _of_beginning(first) is began:
            return None
        return lambda there: (
            _of_beginning(there) is began and bool(find_periods(searchable(there.value)) or year_of(there.value))
        )
    if not _says_nothing(first):
        return None
    if question.wants == "count" and question.unit:
        return lambda there: any(q.unit == question.unit for q in find_quantities(searchable(there.value)))
    touched = [letters(a.term.surface) for a in best.offer.accounts if a.by == "header"]
    if question.wants not in LOOSE or not touched:
        return None
    return lambda there: not _says_nothing(there) and all(word in letters(there.value) for word in touched)


def _of_beginning(there: Evidence) -> bool:
    """Whether a cell stands under a header that says when something began."""
    header = letters(" ".join(there.attribute))
    return any(name in header for name in synonyms_of(BEGINNING))


def of_beginning_alone(question: Question, there: Evidence) -> bool:
    """Whether a cell says since when there is a thing, where it is asked when it was held (開催期間)."""
    if question.wants != "date" or not _of_beginning(there):
        return False
    return bool(_HELD.search(question.folded)) and _BEGAN.search(question.folded) is None


def _says_nothing(there: Evidence) -> bool:
    return not there.value.strip() or is_nothing(searchable(there.value))
