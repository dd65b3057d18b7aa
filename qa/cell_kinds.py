"""Does a cell hold the kind of thing a question asks for? The same evidence as for sentences, with the cell's own unit."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.folding import searchable
from qa.frames import Frame
from qa.prose_kinds import things
from qa.prose_reading import read
from qa.types import Question
from qa.wording import with_unit

_NOTHING = 0.2  # a blank or a mark under the header asked for is an answer too
_SAYS_NOTHING = -0.5  # but none to what, how or who
_BARE = 0.2  # a number without a unit may be what is asked for
REASONS = re.compile(r"理由|原因|要因")  # a header that says why
# How tables say why in a few words: 工事の完了, 交付金の皆減.
_BRIEFLY_WHY = re.compile(
    r"の(?:皆)?(?:増|減)(?:加|少|額)?[。]?$|の(?:完了|終了|開始|中止|廃止|進捗|改正|改定|実施)[。]?$"
)
_LASTING = {"day": ("日", "日間"), "month": ("か月", "カ月", "ヵ月", "ヶ月", "月")}
LOOSE = (None, "thing", "person", "manner")


@lru_cache(maxsize=2048)
def cell_kind(frame: Frame, question: Question, row: int, column: int) -> float:
    """1: holds the kind; 0: nothing can be said; -1: does not; something between for blanks and bare numbers."""
    text = frame.cells[row][column]
    if frame.says_nothing(row, column):
        return _NOTHING if question.wants not in LOOSE else _SAYS_NOTHING
    wants = question.wants
    if wants in LOOSE:
        return 0.0
    if wants == "reason" and (
        REASONS.search(frame.columns[column].core) or _BRIEFLY_WHY.search(searchable(text or ""))
    ):
        return 1.0
    if wants == "date" and frame.columns[column].kind == "date":
        return 1.0
    lone = frame.quantity(row, column)
    if lone is not None and wants in ("day", "month") and lone.unit in _LASTING[wants]:
        return 1.0  # 開館日数は何日: days counted, not a date
    if lone is not None and lone.unit is None and wants in ("money", "people", "count", "number", "percent"):
        return _BARE
    found = things(question, read(with_unit(text or "", frame.unit(row, column))))
    return 0.0 if found is None else 1.0 if found else -1.0
