"""What is asked for besides of the thing that is found: 予算が一番大きい事業とその担当課, …はどれですか。開始年度も教えてください。"""

from __future__ import annotations

import re

from corpus.folding import searchable, tidy
from qa.frames import Frame
from qa.lookup import letters
from qa.results import Operand, Result, operand
from qa.synonyms import synonyms_of
from qa.types import Question
from qa.wording import quoted, with_unit

_NAMED = re.compile(
    r"(?:と|、|及び|および|,)(?:その|それぞれの|各)?(?P<what>[一-龥ァ-ヶーA-Za-z]{2,10}?)(?:も|を|は|が|の?(?:教え|お願い)|[?。]|\s*$)"
    r"|(?P<also>[一-龥ァ-ヶーA-Za-z]{2,10}?)も(?:お願い|教え|知り|示し|答え|あわせて|[?。]|\s*$)"
)
_FOUND = ("maximum", "minimum")
_MOST = 3  # things


def besides(question: Question, result: Result) -> tuple[Operand, ...]:
    """The cells of the things found under other headers that the question names behind と or before も."""
    frame = result.plan.frame
    if result.kind not in _FOUND or frame.turned or not 0 < len(result.things) <= _MOST:
        return ()
    said = searchable(question.text)
    asked = [m["what"] or m["also"] for m in _NAMED.finditer(said)]
    told = {*result.plan.columns, result.plan.listed, *(one.column for one in result.operands)}
    columns = dict.fromkeys(c for what in asked if (c := _column(frame, what)) is not None and c not in told)
    return tuple(
        operand(frame, row, column)
        for row in result.things
        for column in columns
        if not frame.says_nothing(row, column)
    )


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
    found = [c.index for c in frame.columns if c.role in ("data", "group") and c.core and letters(c.core) in names]
    return found[0] if len(found) == 1 else None
