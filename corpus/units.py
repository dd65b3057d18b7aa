"""Which unit governs a figure: its own, its column's, that of a unit row or column, that of the row above, the caption's.

Comes in: columns and rows as they are printed. Goes out: the same with units, rows and columns that held nothing but
units left out. A unit is kept as printed (千円), never converted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.align import shape
from corpus.folding import searchable
from corpus.types import Cell, Column, Row
from corpus.values import COUNTERS, ERAS, UNIT_ONLY, free_quantities, is_nothing, lone_quantity

# 人口(人・年度末): what stands behind the unit is no other one.
_HEADER_UNIT = re.compile(
    rf"[(\[](?:単位\s*[::]?\s*)?({COUNTERS})(?:[・、,](?!(?:{COUNTERS})[)\]])[^()\[\]]{{1,8}})?[)\]]"
)
# 本年度予算額 / 千円: printed on a second line of the same cell, without brackets.
_GLUED_UNIT = re.compile(r"(?<=[一-龥ァ-ヶー)）])\s*((?:千|百万|万|億)円|[%％])$")
_CAPTION_UNIT = re.compile(r"単位\s*[::]?\s*([^()\[\]\n]{1,30})")
_CLOSING_UNIT = re.compile(rf"\s*[(\[]\s*({COUNTERS})\s*[)\]]\s*$")
_UNIT_LINE = re.compile(rf"^[(\[]?\s*単位\s*[::]?\s*(?:(?:{COUNTERS})[\s、,・/及び]*)+[)\]]?$")
_SEPARATOR = re.compile(r"[\s、,・/。;]+")
# A share is not counted in the caption's 千円, nor are people, things and areas.
_RATIO = re.compile(r"(?:率|割合|構成比|比重|指数|ポイント)$|%|前年度?比$|対前年度?比$")
_SUM = re.compile(r"[額費数高]$")
_PER = re.compile(r"密度|当たり|あたり")
_COUNTED = re.compile(r"(?:[^額]数|人口|人員|面積|年度|年|番号)$")
_LATIN_UNITS = (
    ("yen", "円"), ("jpy", "円"), ("kyen", "千円"), ("thousandyen", "千円"), ("thousand_yen", "千円"),
    ("myen", "百万円"), ("millionyen", "百万円"), ("million_yen", "百万円"), ("percent", "%"), ("pct", "%"),
    ("ha", "ha"), ("km2", "km2"), ("kg", "kg"),
)  # fmt: skip
_LATIN_UNIT = re.compile(rf"(?:^|_|(?<=[a-z])(?=[A-Z]))((?i:{'|'.join(name for name, _ in _LATIN_UNITS)}))$")
_BRACKETS = re.compile(r"\([^()]*\)$")
_FORMULA = re.compile(r"(?:\([A-Z①-⑳/÷×+\-=.・]+\)|[A-Z①-⑳/÷×+\-=.・])+$")  # 増減率C/A, 差引(A-B)
_YEAR_ALONE = re.compile(rf"(?:(?:{'|'.join(ERAS)}|[RH])[0-9元]{{1,2}}|20[0-9]{{2}}|[本当前翌今昨])年度?(?:末)?$")
MONEY = frozenset(("円", "千円", "万円", "百万円", "億円"))  # the units of amounts of money
# What labels say of the unit, where a caption names several (単位:世帯、人).
_MEASURED = (
    (frozenset(("人", "名")), re.compile(r"人口|人員|人数|[者員生]数|男|女|[0-9]歳|従業者|児童|生徒")),
    (frozenset(("世帯", "戸")), re.compile(r"世帯|戸数")),
    (frozenset(("ha", "m2", "㎡", "km2", "㎢", "平方メートル", "平方キロメートル", "a")), re.compile(r"面積")),
    (frozenset(("m", "km", "メートル", "キロメートル")), re.compile(r"延長|距離|延べ長|幅員|高さ|標高")),
    (
        frozenset(("件", "箇所", "か所", "棟", "施設", "校", "社", "団体")),
        re.compile(r"[件所棟校社][数]$|施設数|団体数"),
    ),
    (MONEY, re.compile(r"[額費]$|予算|決算|歳入|歳出|収入|支出|税")),
)
_PART_OF = re.compile(r"\(?(?:うち|内訳)")
_WHOLE = re.compile(r"総数|総計|合計|計|小計")
_DATED = frozenset(("period", "year"))
_NAMES = frozenset(("word", "phrase", "text"))
_OFFICES, _WHOSE = frozenset("部課室係"), re.compile("担当|所管|所属|部署|主管|部局|組織")  # 担当 over 部 and 課
OF_ACCOUNTS = frozenset("款項目節")  # labels, though things are counted by them too
MONTH = "月"  # a header that is the unit of what stands under it
_LONGEST_UNIT = 10  # letters
_DIGITS = "0123456789-"
_UNIT_HEADS = ("単位", "unit", "units")
_LABEL = 20  # letters
_SAMPLE = 300  # rows looked at to see what a column holds
_AMOUNT = re.compile(
    r"(?:済|決算|予算|調定|予算現|見込|補正|交付|事業|支出|収入|限度|補助|積立|残|金|差引)額$|[未予決]済額$|(?<!入)金額$"
)
_MEASURE = re.compile(r"[額費料高]$|支出金$")


def is_unit_line(text: str) -> bool:
    """Whether a folded text says nothing but in which unit figures are: (単位:千円), 単位 人・%."""
    return bool(UNIT_ONLY.match(text) or _UNIT_LINE.match(text))


def caption_units(caption: str) -> tuple[str, ...]:
    """The units a folded caption names: (単位:千円、%) → 千円, %."""
    match = _CAPTION_UNIT.search(caption)
    pieces = _SEPARATOR.split(match.group(1)) if match else []
    return tuple(piece for piece in pieces if UNIT_ONLY.match(piece))


def closing_unit(caption: str) -> tuple[str, ...]:
    """The unit in brackets at the end of a folded caption: 駅別乗車人員 (人)."""
    match = _CLOSING_UNIT.search(caption)
    return (match.group(1),) if match else ()


def column_with_unit(index: int, path: tuple[str, ...]) -> Column:
    """A column with the unit its header prints, in brackets or on a line of its own."""
    below = searchable(path[-1]) if len(path) > 1 else ""
    if UNIT_ONLY.match(below) and below not in OF_ACCOUNTS and not (below in _OFFICES and _WHOSE.search(path[-2])):
        return Column(index, path[:-1], searchable(path[-1]))
    for label in reversed(path):
        unit = header_unit(searchable(label))
        if unit:
            return Column(index, path, unit)
    glued = _GLUED_UNIT.search(path[-1]) if path else None
    if glued:
        return Column(index, (*path[:-1], path[-1][: glued.start()]), searchable(glued[1]))
    if path and searchable(path[-1]) == MONTH:
        return Column(index, path, MONTH)
    return Column(index, path, _latin_unit(path[-1]) if path else None)


def parts_in_unit(columns: Sequence[Column]) -> list[Column]:
    """The columns, those that give a part of the one on their left in its unit: 職員数(人), うち救急救命士."""
    found: list[Column] = []
    for column in columns:
        part = column.unit is None and bool(column.path) and _PART_OF.match(searchable(column.path[-1])) is not None
        found.append(replace(column, unit=found[-1].unit) if part and found else column)
    return found


def header_unit(label: str) -> str | None:
    """The unit that a folded label prints in brackets: コスト(千円)."""
    match = _HEADER_UNIT.search(label)
    return match.group(1) if match else None


def _latin_unit(label: str) -> str | None:
    """The unit that a column name of open data ends in: amount_kyen, incomeThousandYen, per_capita_yen."""
    if not label.isascii():
        return None
    match = _LATIN_UNIT.search(label)
    return next((unit for name, unit in _LATIN_UNITS if match and match[1].lower() == name), None)


def governed(label: str, value: str, stated: str | None) -> str | None:
    """The unit of a figure printed beside its label, where a document states one for all its amounts; None where it prints its
    own, or is no amount (執行率, 参加者数).
    """
    bare, lone = searchable(label).replace(" ", ""), lone_quantity(searchable(value))
    if stated is None or lone is None or lone.unit is not None or _RATIO.search(bare) or _PER.search(bare):
        return None
    return None if stated in MONEY and _COUNTED.search(bare) else stated


def take_unit_rows(columns: list[Column], rows: list[Row]) -> tuple[list[Column], list[Row]]:
    """A row that holds nothing but units (千円 千円 …) is part of the header."""
    kept = []
    for row in rows:
        filled = [cell for cell in row.cells if cell.text]
        if len(rows) > 1 and filled and all(UNIT_ONLY.match(searchable(cell.text or "")) for cell in filled):
            units = {cell.column: searchable(cell.text or "") for cell in filled}
            columns = [replace(c, unit=c.unit or units.get(c.index)) for c in columns]
        else:
            kept.append(row)
    return columns, [replace(row, index=i) for i, row in enumerate(kept)]


def take_unit_columns(columns: list[Column], rows: list[Row]) -> tuple[list[Column], list[Row], list[int]]:
    """A column that holds nothing but units gives them to the bare numbers on its left; also returns which these are.

    One unit all the way down becomes the column's; units that change from row to row (㎢, 人, 世帯) the cells'. Behind a column
    of names (項目, 単位, 令和5年度, 令和6年度) it governs all figures on its right.
    """
    gone: list[int] = []
    for column in columns[1:]:
        named = searchable(column.label).lower() in _UNIT_HEADS
        units = _only_units(rows, column.index, named)
        if not units:
            continue
        texts = [searchable(r.cells[column.index - 1].text or "") for r in rows if r.understood]
        left = [one for text in texts if (one := lone_quantity(text)) is not None]
        if any(one.unit is not None for one in left):
            continue
        gone.append(column.index)
        if named:
            columns = [replace(c, path=()) if c.index == column.index else c for c in columns]
        ahead = not left and any(texts)
        governed = {c.index for c in columns if c.index > column.index} if ahead else {column.index - 1}
        if not ahead and len(set(units.values())) == 1:
            columns = [replace(c, unit=c.unit or units[min(units)]) if c.index in governed else c for c in columns]
            continue
        rows = [
            replace(row, cells=tuple(_with_unit(c, units[r]) if c.column in governed else c for c in row.cells))
            if r in units
            else row
            for r, row in enumerate(rows)
        ]
    return columns, rows, gone


def _only_units(rows: list[Row], column: int, named: bool) -> dict[int, str]:
    """The units in a column by row, as long as it holds nothing else; else nothing.

    Under a header that says so (`named`: 単位) whatever is short and no figure is one (千t-CO2).
    """
    units: dict[int, str] = {}
    for r, row in enumerate(rows):
        text = searchable(row.cells[column].text or "") if row.understood else ""
        is_unit = UNIT_ONLY.match(text) or (named and len(text) <= _LONGEST_UNIT and text[:1] not in _DIGITS)
        if text and not (is_unit or is_nothing(text)):
            return {}
        if text and not is_nothing(text):
            units[r] = text
    return units


def _with_unit(cell: Cell, unit: str) -> Cell:
    return replace(cell, unit=unit) if cell.text and lone_quantity(searchable(cell.text)) else cell


def carry_units(columns: list[Column], rows: list[Row], key: int, given: Sequence[str]) -> list[Row]:
    """Give each cell with a bare number its unit: the header's, that of the row above, or one of those `given` above it.

    The unit stands for the first bare number of the cell (see `cell_quantities` for the others). Dates have none, and
    what is given above the table governs its figures, not numbers inside names nor those that number the rows up to
    the column `key`.
    """
    kinds = [_kind(rows, column.index) for column in columns]
    if all(kind == "figures" for kind in kinds) and _MEASURE.search(searchable(columns[key].label)):
        key = -1  # 予算額, 決算額, 一般財源: no column names the rows
    contradicted = _contradicted_units(columns, rows)
    said = [_unit_for(c.path, given) if kinds[c.index] == "figures" and c.index > key else None for c in columns]
    several = len([unit for unit in given if unit != "%"]) > 1
    own_said = {
        c.index for c in columns if several and (said[c.index] or _is_ratio(c.path))
    }  # whatever the rows' labels say
    running: dict[int, str] = {}
    done = []
    first = next((at for at, kind in enumerate(kinds) if kind == "figures" and at > key), len(kinds))
    of_rows = _units_of_rows(rows, first, given)
    for row, of_row in zip(rows, of_rows, strict=True):
        name = row.cells[key].text if row.understood and key >= 0 else None
        # 利用者数(人): the unit of the row's figures.
        counted = (header_unit(searchable(name)) if name else None) or of_row
        cells = []
        for cell in row.cells:
            numbers = free_quantities(searchable(cell.text)) if cell.text else ()
            at = cell.column
            bare = any(number.unit is None for number in numbers) and cell.unit is None
            dated = kinds[at] == "dates" or (kinds[at] == "other" and bare and shape(cell.text or "") in _DATED)
            if bare and not dated:
                own = columns[at].unit
                named = kinds[at] == "other" and shape(cell.text or "") in _NAMES
                unit = (None if at in contradicted else own) if own else None if named else running.get(at)
                of_figures = counted if kinds[at] == "figures" and at > key and at not in own_said else None
                if of_figures and of_figures not in (*MONEY, "%") and _is_amount(columns[at].path):
                    of_figures = None  # 市民税(法人) under 収入済額 counts no 法人
                unit = unit or (of_figures if of_figures is not None else said[at])
                cell = replace(cell, unit=unit) if unit else cell
            printed = [number.unit for number in numbers if number.unit]
            if printed:
                running[at] = printed[-1]
            cells.append(cell)
        done.append(replace(row, cells=tuple(cells)) if row.cells else row)
    return done


def _is_amount(path: Sequence[str]) -> bool:
    """Whether the innermost label of a header path is an amount of money: 収入済額."""
    bare = _BRACKETS.sub("", searchable(path[-1]).replace(" ", "")) if path else ""
    return _AMOUNT.search(bare) is not None


def _is_label(text: str) -> bool:
    """Whether a cell may label its row: what is longer, or has commas, tells of it (プレミアム率30%、25,000冊を発行)."""
    return len(text) <= _LABEL and not any(sign in text for sign in "、。")


def _units_of_rows(rows: Sequence[Row], first: int, given: Sequence[str]) -> list[str | None]:
    """Which of several units of a caption governs each row, by its labels, those before the `first` column of figures; a
    total's is that of the row it heads or ends. "" where the row's figures have none, as a ratio's under amounts.
    """
    plain = [unit for unit in given if unit != "%"]
    if len(plain) < 2:
        last = (
            next((c.text for c in reversed(row.cells[:first]) if c.text and _is_label(c.text)), "")
            if row.understood
            else ""
            for row in rows
        )
        bare = [_BRACKETS.sub("", searchable(text or "").replace(" ", "")) for text in last]
        return [_of_ratio(label, given) if plain and _RATIO.search(label) else None for label in bare]
    found: list[str | None] = []
    for row in rows:
        labels = [searchable(c.text or "").replace(" ", "") for c in row.cells[:first]] if row.understood else []
        found.append(next((unit for label in reversed(labels) if (unit := _named(label, plain))), None))
    for r, row in enumerate(rows):
        names = [searchable(c.text or "").replace(" ", "") for c in row.cells[:first]] if row.understood else []
        if found[r] is None and any(map(_WHOLE.fullmatch, names)):
            found[r] = next((found[i] for i in (r + 1, r - 1) if 0 <= i < len(rows) and found[i]), None)
    return found


def _named(label: str, units: Sequence[str]) -> str | None:
    """The only one of some units that a label names, itself or what is counted in it; None where it names none or more."""
    if _PER.search(label) or _RATIO.search(label):
        return None
    said = [unit for unit in units if _says(label, unit)] or [
        unit for unit in units if any(unit in alike and measure.search(label) for alike, measure in _MEASURED)
    ]
    return said[0] if len(said) == 1 else None


def _says(label: str, unit: str) -> bool:
    """Whether a label says a unit; one of one letter only as what is counted (人数, 人口), not inside a word (法人市民税)."""
    return unit in label if len(unit) > 1 else re.search(rf"{re.escape(unit)}(?:数|口|員|$)", label) is not None


def _kind(rows: Sequence[Row], column: int) -> str:
    """What a column holds mostly: figures, dates or other."""
    figures = dates = filled = 0
    for row in rows[:_SAMPLE]:
        text = row.cells[column].text if row.understood else None
        if text:
            folded = searchable(text)
            filled += 1
            dated = shape(text) in _DATED
            dates += dated
            figures += not dated and (is_nothing(folded) or lone_quantity(folded) is not None)
    return "dates" if dates * 2 > filled else "figures" if figures * 2 >= filled > 0 else "other"


def _unit_for(path: Sequence[str], units: Sequence[str]) -> str | None:
    """Which of a caption's units governs the column under a header path; None where that cannot be told."""
    if tuple(units) == ("%",):
        return "%"
    parts = [_FORMULA.sub("", _BRACKETS.sub("", searchable(part).replace(" ", ""))) for part in reversed(path)]
    for bare in parts:  # from the innermost label outwards, until one says what is counted
        if _PER.search(bare):
            return None  # of two units, which its header names or nobody
        if _RATIO.search(bare):
            return _of_ratio(bare, units) or None
        if _SUM.search(bare):
            break
    whole = "".join(reversed(parts))
    plain = [unit for unit in units if unit != "%"]
    if len(plain) > 1:
        named = _named(whole, plain)
        plain = [named] if named else []
    # Under 令和7年度 alone stand that year's figures; under 開始年度 stand years.
    counted = any(_COUNTED.search(bare) and not _YEAR_ALONE.match(bare) for bare in parts)
    return None if not plain or (plain[0] in MONEY and counted) else plain[0]


def _is_ratio(path: Sequence[str]) -> bool:
    """Whether the innermost label of a header path names a ratio: 保険料率."""
    bare = _BRACKETS.sub("", searchable(path[-1]).replace(" ", "")) if path else ""
    return _RATIO.search(bare) is not None


def _of_ratio(label: str, units: Sequence[str]) -> str:
    """The unit of what a label calls a ratio: % where a caption gives it; "", none, for an index (財政力指数) and where it gives amounts only."""
    return "%" if "%" in units and not label.endswith("指数") else ""


def _contradicted_units(columns: list[Column], rows: list[Row]) -> set[int]:
    """Columns whose header bracket is not the unit of what stands below: 参加者(社) over 128名."""
    found = set()
    for column in columns:
        if not column.unit:
            continue
        lone = (lone_quantity(searchable(row.cells[column.index].text or "")) for row in rows if row.understood)
        if any(one and one.unit and one.unit != column.unit for one in lone):
            found.add(column.index)
    return found
