"""Does a cell hold the kind of thing a question asks for? The same evidence as for sentences, with the cell's own unit."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.folding import searchable
from qa.frames import Frame
from qa.money import PEOPLE
from qa.prose_kinds import same_units, things
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
# What a header counts, by how it ends: 件数, 世帯数; of persons 者数, 児童数, 人口.
_COUNTS = re.compile(
    r"(?:(?P<counter>件|回|戸|世帯|校|社|台|団体|店舗|施設|か所|箇所|棟|冊|隻|頭|種類|会場|コース|事業所|便|両|本|枚|日)数"
    r"|(?:[人者員名]|児童|生徒|園児|学生|患者|児|市民|町民|住民|男性|女性)数|人口|人員)$"
)
_MEASURES = re.compile(r"[数額率費比量価料%]$|割合|面積|増減")
_BRACKETS = re.compile(r"\([^()]*\)")
_WEEKDAYS = re.compile(
    r"(?:(?:毎週|第[0-9、・,]+|及び|と|[、・,\s]|祝日|年末年始)*[月火水木金土日](?:曜日?)?)+(?:[、・,\s]*(?:祝日|年末年始))*"
)
_OPEN = re.compile(r"曜|休|開い|開館|開庁|閉|営業|毎週|やって|使え|利用")
_PLACES = re.compile(r"(?:国|地域|場所|会場|所在地?|住所|地区|行き?先|派遣先|配置先)(?:名)?$")  # headers
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
    if wants in ("place", "venue") and _PLACES.search(frame.columns[column].core) and not frame.quantity(row, column):
        return 1.0  # a list of regions that is no place to the dictionary
    if wants == "date" and frame.columns[column].kind == "date":
        return 1.0
    if wants == "date" and _WEEKDAYS.fullmatch(searchable(text or "").strip()) and not _OPEN.search(question.folded):
        return 0.0  # いつなくなりますか: no 月曜日
    lone = frame.quantity(row, column)
    if lone is not None and wants in ("day", "month") and lone.unit in _LASTING[wants]:
        return 1.0  # 開館日数は何日: days counted, not a date
    if lone is not None and lone.unit is None and _is_counted_so(frame, row, column, question):
        return 1.0
    if lone is not None and lone.unit is None and wants in ("money", "people", "count", "number", "percent"):
        return _BARE
    found = things(question, read(with_unit(text or "", frame.unit(row, column))))
    return 0.0 if found is None else 1.0 if found else -1.0


def counted_in(header: str) -> str | None:
    """The unit of the bare figures below a header that says what it counts: 交付件数 → 件, 児童数 → 人; None where it does not."""
    match = _COUNTS.search(searchable(header).replace(" ", ""))
    if match is None:
        return None
    return match["counter"] or "人"


def _is_counted_so(frame: Frame, row: int, column: int, question: Question) -> bool:
    """Whether a bare figure is of the unit asked for: 1,130 under 件数, where 何件 is asked; under 1歳, what the
    caption counts; under 令和6年度, what the row's name does.
    """
    header = frame.columns[column].core
    unit = counted_in(header) or (counted_in(frame.name(row)) if frame.columns[column].years else None)
    if unit is None and not _MEASURES.search(header) and frame.table is not None:
        caption = frame.document.tables[frame.table].caption or ""
        unit = counted_in(_BRACKETS.sub("", searchable(caption)))
    if unit is None:
        return False
    if question.wants == "people":
        return unit in PEOPLE
    return question.wants == "count" and unit in same_units(question.unit) | {question.unit}
