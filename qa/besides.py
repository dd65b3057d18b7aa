"""What is asked for besides of the thing that is found: 予算が一番大きい事業とその担当課, …はどれですか。開始年度も教えてください。"""

from __future__ import annotations

import re

from corpus.folding import searchable, tidy
from qa.cell_kinds import REASONS
from qa.frames import Frame
from qa.lookup import letters
from qa.measures import measures, siblings, with_figures
from qa.results import Operand, Result, operand
from qa.synonyms import synonyms_of
from qa.types import Question
from qa.wording import quoted, with_unit

_NAMED = re.compile(
    r"(?:と|、|及び|および|,)(?:その|それぞれの|各)?(?P<what>[一-龥ァ-ヶーA-Za-z]{2,10}?)(?:も|を|は|が|の?(?:教え|お願い)|[?。]|\s*$)"
    r"|(?P<also>[一-龥ァ-ヶーA-Za-z]{2,10}?)も(?:お願い|教え|知り|示し|答え|挙げ|あわせて|[?。]|\s*$)"
)
# 項をすべて、予算額とともに; …をすべて挙げ、それぞれの額も
_WITH_EACH = re.compile(
    r"(?:その|それぞれの|各)?(?P<with>[一-龥ァ-ヶー]{1,10}?)(?:と(?:とも|一緒|あわせ|併せ)[にて]|も(?:答え|教え|示し|挙げ|あわせて|お願い|知り))"
)
_OF_EACH = re.compile(
    r"(?:(?:それぞれ|各々|おのおの)の|と[、,]?その)(?P<with>[一-龥ァ-ヶー]{1,10}?)(?:を|は)?(?:すべて|全て|答え|教え|示し|挙げ|お願い|知り|いくら)"
)
_ANY_FIGURE = frozenset(("額", "金額", "値", "数字", "数値", "数"))  # names none of several measures
_FOUND = ("maximum", "minimum")
_LISTED = ("list", "count")
_MOST = 3  # things


def besides(question: Question, result: Result) -> tuple[Operand, ...]:
    """The cells of the things found under other headers that the question names behind と or before も."""
    frame = result.plan.frame
    if frame.turned or not result.things:
        return ()
    if result.kind in _LISTED:
        columns = with_each(question, result)
    elif result.kind in _FOUND and len(result.things) <= _MOST:
        said = searchable(question.text)
        asked = [m["what"] or m["also"] for m in _NAMED.finditer(said)]
        told = {*result.plan.columns, result.plan.listed, *(one.column for one in result.operands)}
        columns = [c for c in dict.fromkeys(_column(frame, what) for what in asked) if c is not None and c not in told]
    else:
        return ()
    return tuple(
        operand(frame, row, column)
        for row in result.things
        for column in columns
        if not frame.says_nothing(row, column)
    )


def with_each(question: Question, result: Result) -> list[int]:
    """The columns of figures that are asked for with each thing listed: 収入額とともに, それぞれの額も. Of a year asked that year's."""
    frame = result.plan.frame
    said = {period.year for period in question.periods}
    found: list[int] = []
    asked = searchable(question.text)
    for match in (*_WITH_EACH.finditer(asked), *_OF_EACH.finditer(asked)):
        figures = with_figures(frame)
        if match["with"] in _ANY_FIGURE:
            alike = figures if len(measures(frame)) == 1 else []
        else:
            named = _column(frame, match["with"])
            ending = [c for c in figures if letters(match["with"]) in letters(frame.columns[c].core)]
            alike = [named] if named is not None else ending
            if not alike and match["with"].endswith("額") and len(measures(frame)) == 1:
                alike = figures  # 収入額 of the one amount that a settlement gives
        dated = [c for c in alike if said & set(frame.columns[c].years)] or alike
        dated = [c for c in dated if c in measures_of(frame)] or dated
        found += dated if len(dated) == 1 else []
    return list(dict.fromkeys(found))


def measures_of(frame: Frame) -> set[int]:
    """The columns of a frame's measures, of every year."""
    return {c for one in measures(frame) for c in siblings(frame, one)}


def said_besides(frame: Frame, found: tuple[Operand, ...]) -> str:
    """Those cells in words; of several things each with its name."""
    several = len({one.row for one in found}) > 1
    parts = []
    for one in found:
        text = frame.cells[one.row][one.column] or ""
        shown = with_unit(text, one.quantity.unit) if one.quantity else f"「{quoted(text)}」"
        whose = f"「{quoted(frame.name(one.row))}」の" if several else ""
        parts.append(f"{whose}{_called(frame, one.column)}は{shown}")
    return f"{'、'.join(parts)}です。" if parts else ""


def _called(frame: Frame, column: int) -> str:
    at = frame.columns[column]
    return tidy(at.path[-1].split("(")[0].split("（")[0]) if at.path else at.label


def _column(frame: Frame, what: str) -> int | None:
    """The one data column that is called so, or in another word for it."""
    names = synonyms_of(what)
    able = [c for c in frame.columns if c.role in ("data", "group") and c.core]
    found = [c.index for c in able if letters(c.core) in names]
    if not found and (why := REASONS.search(what)):  # 主な理由 under 主な増減理由
        found = [c.index for c in able if c.kind == "text" and letters(c.core).endswith(why.group())]
    return found[0] if len(found) == 1 else None
