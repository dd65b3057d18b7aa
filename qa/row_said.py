"""Words of a question that the one row answered from says in other words, in whatever cell: 手伝う in a row of 輸出支援.

Such a word sets no condition: it would hold of too many rows. Once the others have chosen the row it need only not be foreign to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import searchable
from corpus.values import find_periods
from qa.frames import Frame
from qa.lookup import letters
from qa.money import SCALES
from qa.synonyms import other_words
from qa.types import Explained, Operation, Question
from qa.understand import NUMERIC

ITS_PLACE = "its place"
_SAID_OTHERWISE = 0.7
_ITSELF = 0.95  # the cell is a thing of the kind that the word names
_NAME = 1.0  # terms that weigh this are names and figures: another is another thing
_PLACES = frozenset(["会場", "場所", "開催地", "開催場所", "所在地", "会所"])
_VENUE = re.compile(
    r"(?:館|ホール|センター|公園|学校|高校|大学|広場|プラザ|会議室|アリーナ|庁舎|ドーム|ホテル|スタジアム)(?:\s*\S{0,6})?$"
)
_LONGEST_PLACE = 24  # letters
_TIMES = frozenset(["期間", "時期", "日程", "会期", "日時", "日付", "期日"])
_LISTED = re.compile(r"[一-龥ァ-ヶーA-Za-z][、・]")
_TWO, _LONGEST_KIND = 2, 5
_FEWEST = 2  # letters of a word that says something by itself


def with_row(accounts: Sequence[Explained], frame: Frame, rows: Sequence[int]) -> tuple[Explained, ...]:
    """The accounts, each word that nothing explains explained by another word for it in the one row; as they are of several rows."""
    lost = [a for a in accounts if not a.strength and a.term.weight < _NAME and a.term.pos != "数詞"]
    if not lost or len(rows) != 1:
        return tuple(accounts)
    said = letters(" ".join(text for text in frame.cells[rows[0]] if text))
    return tuple(
        Explained(a.term, _SAID_OTHERWISE, "row in other words") if a in lost and _says(said, a) else a
        for a in accounts
    )


def with_cost(accounts: Sequence[Explained], frame: Frame, columns: Sequence[int]) -> tuple[Explained, ...]:
    """The accounts, the 費 of a row's name (ウェブサイト管理費 for ウェブサイト管理) explained by a column that gives money."""
    in_order = sorted(accounts, key=lambda a: a.term.start)
    named = {a.term.end for a in in_order if a.strength and a.by.startswith("cell")}
    costs = [a for a in in_order if not a.strength and a.term.surface == "費" and a.term.start in named]
    money = bool(columns) and all(frame.columns[c].unit in SCALES or _is_money(frame, c) for c in columns)
    if not costs or not money:
        return tuple(accounts)
    return tuple(Explained(a.term, _SAID_OTHERWISE, "header by its kind") if a in costs else a for a in accounts)


def _is_money(frame: Frame, column: int) -> bool:
    """Whether a column's figures are amounts of money."""
    units = {q.unit for q in frame.quantities(column) if q is not None}
    return bool(units) and units <= set(SCALES)


def with_date(accounts: Sequence[Explained], question: Question, text: str) -> tuple[Explained, ...]:
    """The accounts, the words for a time (期間, 日程) explained by a text that gives a day where it is asked when."""
    if question.wants not in ("date", "day") or not any(p.day for p in find_periods(searchable(text))):
        return tuple(accounts)
    return tuple(
        Explained(a.term, _ITSELF, "its date") if not a.strength and a.term.surface in _TIMES else a for a in accounts
    )


def with_place(accounts: Sequence[Explained], question: Question, text: str) -> tuple[Explained, ...]:
    """The accounts, the words for a place (会場) explained by a cell that holds nothing but the name of one."""
    said = searchable(text).strip()
    if question.operation in NUMERIC or len(said) > _LONGEST_PLACE or _VENUE.search(said) is None:
        return tuple(accounts)
    return tuple(
        Explained(a.term, _ITSELF, ITS_PLACE) if not a.strength and a.term.surface in _PLACES else a for a in accounts
    )


def with_names(accounts: Sequence[Explained], question: Question, text: str) -> tuple[Explained, ...]:
    """The accounts, a word for names (校名, 国名) explained by a text that lists things of the kind (3高校(東、西、港))."""
    said = searchable(text)
    if question.operation is not Operation.LIST or len(_LISTED.findall(said)) < _TWO:
        return tuple(accounts)
    return tuple(
        Explained(a.term, _ITSELF, "its names") if not a.strength and _names(a.term.surface, said) else a
        for a in accounts
    )


def with_sentence(accounts: Sequence[Explained], text: str) -> tuple[Explained, ...]:
    """The accounts of a part of a text, words that stand elsewhere in the very text (出動回数 of its whole) explained by it."""
    said = searchable(text).lower()
    return tuple(
        Explained(a.term, _SAID_OTHERWISE, "its sentence")
        if not a.strength and len(a.term.surface) >= _FEWEST and a.term.surface.lower() in said else a
        for a in accounts
    )  # fmt: skip


def _names(word: str, said: str) -> bool:
    if word in _PLACES:
        return True  # what is listed are places, or whatever they are at
    return word.endswith("名") and 1 < len(word) <= _LONGEST_KIND and word[:-1] in said


def _says(said: str, account: Explained) -> bool:
    term = account.term
    return any(
        len(word) >= _FEWEST and word in said for group in other_words(term.surface, term.normal) for word in group
    )
