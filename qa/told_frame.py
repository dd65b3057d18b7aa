"""The accounts that a speech tells, as tables to be asked: a row for each account, a column for each measure of it.

`qa/accounts_told.py` reads the sentences; here what they tell of one year is laid out. Every cell is a stretch of the sentence
that says it, and that sentence is what is cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as changed

from corpus import Document
from corpus.values import Quantity
from qa.accounts_told import AMOUNT, CHANGE, RATE, SHARE, Told, told
from qa.frames import Frame, FrameColumn
from qa.labels import base_year, core, says_total
from qa.refs import Ref, SaidRef
from qa.speaking import IS_ACCOUNT, Speaking
from qa.told_names import ADDED

_KINDS, _MOSTLY = ("予算", "決算"), 3
_KEY = 3  # behind the account, the side of it and the number
_FEWEST = 3  # accounts, to be a table of them
_MOST_DOCUMENTS = 64
_NOWHERE = Ref(None, -1, None)
# Whose accounts they are: 山里町 of 山里町一般会計補正予算.
_WHOSE = re.compile(r"[一-龥ァ-ヴー々]{0,7}?[市町村区県都府道](?=一般会計)")
# The accounts of a kind together: 特別会計, 7つの特別会計.
_OF_ALL = re.compile(r"(?:[^、。]{0,14}?[0-9]+(?:つ)?の)?(?:特別|(?:公営)?企業|全)会計(?:予算|決算)?")
_WITHIN = re.compile(r"(?P<account>[^の]*会計(?:予算|決算)?)の(?P<name>.+)")
_LEVEL = re.compile(r"(?:第?[0-9]+款)?(?:第?[0-9]+項)?(?:第?[0-9]+目)?")
_CALLED = re.compile(r"(?:[費税金債料入出計算等益]|事業|収支)$")  # what is called an account
_OF_IT = re.compile(r"(?:当初)?(?:予算|決算)?案?$")
_frames: dict[tuple[str, str], tuple[Frame, ...]] = {}


@dataclass(frozen=True, slots=True)
class _Said:
    """What is told, the passage that tells it, and that which names the account, where it is another one."""

    told: Told
    position: int
    named: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    """An account with what is told of it, by measure."""

    account: str
    side: str
    number: str
    name: str
    cells: dict[str, _Said]


class ToldFrame(Frame):
    """A frame of what sentences tell. A fall is less than nothing, as a table would print it."""

    partial = True
    unsaid = frozenset(range(_KEY))

    def _in_words(self, row: tuple[str | None, ...]) -> tuple[str | None, ...]:
        """Only names can be asked for by their words: that a figure ends in の減 is no word of its own."""
        return row[: self.key + 1]

    def quantity(self, row: int, column: int) -> Quantity | None:
        """The figure of a cell; None where it is none."""
        ref = self.refs[row][column]
        return ref.figure if isinstance(ref, SaidRef) else None


def told_frames(document: Document) -> tuple[Frame, ...]:
    """The frames of a document's told accounts, one for each year and each kind of account (款, 目); made once."""
    key = (document.id, document.sha256)
    if key not in _frames:
        if len(_frames) >= _MOST_DOCUMENTS:
            _frames.clear()
        _frames[key] = tuple(_all(document))
    return _frames[key]


def _all(document: Document) -> list[Frame]:
    grouped: dict[tuple[int, str], list[_Said]] = {}
    base = base_year(document)
    for said in _told_in(document, base):
        grouped.setdefault((said.told.year or base, _kind(said.told.name)), []).append(said)
    laid_out = {key: rows for key, ones in grouped.items() if len(rows := _rows(ones)) >= _FEWEST}
    several = len({year for year, _ in laid_out}) > 1
    return [
        _frame(document, rows, part, year if several or year != base else None)
        for (year, part), rows in laid_out.items()
    ]


def _told_in(document: Document, base: int) -> list[_Said]:
    """What the sentences of a document tell under a name, in order."""
    speaking, path = Speaking(), None
    found: list[_Said] = []
    named: dict[str, int] = {}
    owners: list[str] = []
    for position, passage in enumerate(document.passages):
        if passage.section != path:
            speaking, path = Speaking(), passage.section
        before = speaking.account
        ones, speaking = told(document.quote(passage.span), speaking, base)
        whose = _WHOSE.match(speaking.account)
        if whose is not None and whose.group() not in owners:
            owners.append(whose.group())
        if speaking.account != before:
            named[_of_none(speaking.account, owners)] = position
        for one in ones:
            one = _in_account(replace(one, name=_of_none(one.name, owners), account=_of_none(one.account, owners)))
            if (own := _by_name(one)) is not None:
                found.append(_Said(own, position, None if one.name else named.get(own.name)))
    return found


def _in_account(one: Told) -> Told:
    """What is told of a part of an account that is named with it: 一般会計の町債."""
    within = _WITHIN.fullmatch(one.name)
    return replace(one, account=within["account"], name=within["name"]) if within else one


def _of_none(name: str, owners: Sequence[str]) -> str:
    """A name without whose account it is."""
    return next((name.removeprefix(owner) for owner in owners if name.startswith(owner)), name)


def _by_name(one: Told) -> Told | None:
    """What is told under a name: that of the account where the figure is of what is spoken of; None without one."""
    if not one.name:
        one = replace(one, name=one.account, account="", side="")
    return one if one.name else None


def _plainly(name: str) -> str:
    """The account that a name is of, whatever of it is spoken of: 一般会計当初予算案, 一般会計."""
    return _OF_IT.sub("", name)


def _kind(name: str) -> str:
    """What kind of thing a name is of: the part of a budget that its number counts (款), a bill of more money; or ""."""
    return ADDED if "補正予算" in name else _number(name)[-1:]


def _number(name: str) -> str:
    """The number that a name begins with: 第8款 of 第8款教育費; "" without one."""
    number = _LEVEL.match(name)
    return number.group() if number else ""


def _rows(ones: Sequence[_Said]) -> list[_Row]:
    """The accounts in the order in which they are told, without measures that are told twice differently."""
    found: dict[tuple[str, ...], _Row] = {}
    unsure: set[tuple[tuple[str, ...], str]] = set()
    for said in ones:
        one = said.told
        number = _number(one.name)
        name, measure = one.name[len(number) :], _measure(one.measure)
        key = (*map(_plainly, (one.account, one.side, number, name)),)
        row = found.setdefault(key, _Row(one.account, one.side, number, name, {}))
        if measure in row.cells and row.cells[measure].told.text != one.text:
            unsure.add((key, measure))
        row.cells.setdefault(measure, said)
    for key, measure in unsure:
        del found[key].cells[measure]
    return [row for row in found.values() if row.cells and _is_account(row)]


def _is_account(row: _Row) -> bool:
    """Whether a row is one of accounts and not just anything that costs something: 1口は500円."""
    if IS_ACCOUNT.search(row.name) or row.cells.keys() - {AMOUNT}:
        return True
    return bool(row.account or row.side) and _CALLED.search(row.name) is not None


def _measure(said: str) -> str:
    """The measure that a word means: 予算総額, 財政規模 and 額 are the amount itself."""
    if said in (CHANGE, RATE, SHARE):
        return said
    if "補正後" in said or "残高" in said or "現在高" in said or "積立" in said:
        return said
    return ADDED if "補正" in said else AMOUNT


def _frame(document: Document, rows: Sequence[_Row], part: str, year: int | None) -> Frame:
    measures = list(dict.fromkeys(measure for row in rows for measure in row.cells))
    key = _KEY
    columns = [FrameColumn(i, None, (), "", "", None, (), "text", "group") for i in range(key)]
    part = "" if part == ADDED else part
    columns.append(FrameColumn(key, None, (part,) if part else (), part, part, None, (), "text", "key"))
    amount = _amount(document, rows)
    for i, measure in enumerate(measures, key + 1):
        label = amount if measure == AMOUNT else measure
        unit = "%" if measure in (RATE, SHARE) else "円"
        columns.append(FrameColumn(i, i, (label,), label, core(label), unit, (), "number", "data"))
    cells = tuple(
        (
            row.account or None,
            row.side or None,
            row.number or None,
            row.name,
            *(_text(row, measure) for measure in measures),
        )
        for row in rows
    )
    refs = tuple(
        (_NOWHERE, _NOWHERE, _NOWHERE, _ref(row, None), *(_ref(row, measure) for measure in measures)) for row in rows
    )
    totals = tuple(says_total(row.name) or _OF_ALL.fullmatch(row.name) is not None for row in rows)
    return ToldFrame(document, None, tuple(columns), cells, refs, totals, key, (), year)


def _text(row: _Row, measure: str) -> str | None:
    return row.cells[measure].told.text if measure in row.cells else None


def _ref(row: _Row, measure: str | None) -> Ref:
    """Where a cell is said; of a name where the first thing is said of it."""
    if measure is not None and measure not in row.cells:
        return _NOWHERE
    said = row.cells[measure] if measure is not None else next(iter(row.cells.values()))
    one, also = said.told, said.named if said.named != said.position else None
    subject = tuple(filter(None, (row.account, row.side)))
    if measure is None:
        return SaidRef(None, said.position, None, subject, row.name, "", row.name, None, also)
    signed = changed(one.figure, value=-one.figure.value) if one.less else one.figure
    return SaidRef(None, said.position, None, subject, row.name, one.measure, one.text, signed, also)


def _amount(document: Document, rows: Sequence[_Row]) -> str:
    """What the amounts of accounts are called: 予算額 or 決算額, by what is said of them."""
    said = " ".join((document.title, *(row.account for row in rows), *(row.name for row in rows)))
    said += " ".join(one.told.measure for row in rows for one in row.cells.values())
    planned, settled = "予算" in said, "決算" in said
    if planned == settled:
        planned, settled = (
            document.text.count(a) > _MOSTLY * document.text.count(b) for a, b in (_KINDS, _KINDS[::-1])
        )
    return f"予算{AMOUNT}" if planned and not settled else f"決算{AMOUNT}" if settled and not planned else AMOUNT
