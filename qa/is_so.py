"""はい or いいえ in front of a figure: whether something grew, or is more than another thing, as a question puts it."""

from __future__ import annotations

import re

from corpus.folding import searchable
from qa.lookup import letters
from qa.results import Result
from qa.types import Question

_EXTREMES = ("maximum", "minimum")
_GREW = re.compile(
    r"(?:増|減|伸び|上が|下が|上回|下回)[^、。?はが]{0,9}(?:(?:か|の|よね)[?。]*|[たる]\?+)$"
)  # 減りましたか, 増えてる?
_HOW_MUCH = re.compile(r"何|いくら|どれ|どの|どこ|どう|いつ|なぜ|どちら|どっち|誰")
# 支出は収入を上回っていますか: which of two is more.
_OVER = re.compile(
    r"は[^、。は]{1,20}(?:を(?P<more>上|下)回|より(?:も)?(?P<size>多|大き|高|少な|小さ|低))[^。?はが]{0,9}(?:か|の|よね)[?。、]"
)
# 令和3年度が最も低かったですか: whether that one is.
_THE_MOST = re.compile(
    r"(?P<thing>[^、。?はがの]{2,20})が(?:最も|もっとも|一番|いちばん)[^、。?はがを]{1,12}(?:です|でした|かった|ます|ました|の)[^、。?]{0,6}か[?。]"
)
_MORE = frozenset("上多高") | {"大き"}


def is_so(question: Question, result: Result) -> bool | None:
    """Whether it is so, where a question only asks whether something grew or shrank; None where it asks more."""
    if result.note in ("rows", "columns") and (over := _OVER.search(question.folded)) is not None:
        return _is_over(question, result, (over["more"] or over["size"]) in _MORE)
    most = _THE_MOST.search(question.folded) if result.kind in _EXTREMES else None
    if most is not None and not _HOW_MUCH.search(question.folded, most.end("thing")):
        return _is_the_one(result, most["thing"])
    asks = _GREW.search(question.folded) and not _HOW_MUCH.search(question.folded)
    one = result.note.startswith("printed") or result.note in ("years", "whole", "rate")
    if not asks or not question.change or not one or result.value is None:
        return None
    return result.value * question.change > 0


def _is_the_one(result: Result, thing: str) -> bool | None:
    """Whether a thing named is the one that was found to be most or least so; None where a table has no such thing."""
    frame = result.plan.frame
    said = letters(thing)
    named = {row for row in range(len(frame)) if (own := letters(frame.name(row))) and (own in said or said in own)}
    columns = {c for one in result.operands if letters(frame.columns[c := one.column].core) == said}
    if not named or columns or not result.things:
        return None
    return bool(named & set(result.things)) if len(result.things) == 1 else None


def _is_over(question: Question, result: Result, more: bool) -> bool | None:
    """Whether that of two things which the question names first is the larger (`more`) or the smaller one, as it asks."""
    frame = result.plan.frame
    names = [
        frame.name(one.row) if result.note == "rows" else frame.columns[one.column].core for one in result.operands
    ]
    at = [question.folded.find(searchable(name)) for name in names]
    if len(at) != 2 or -1 in at or at[0] == at[1] or not result.value:
        return None
    return (at[0] < at[1]) == more  # the larger is the first operand
