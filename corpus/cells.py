"""What cells owe to other cells: the column that names a row, groups filled down, units that govern.

Comes in: rows already laid under their columns. Goes out: the same rows with `filled` and `inferred` cells and units.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from msgspec.structs import replace as changed

from corpus.align import shape
from corpus.folding import searchable, tidy
from corpus.types import Cell, Origin, Row, Span, TotalCheck
from corpus.values import Quantity, free_quantities, is_nothing, lone_quantity

_KEY_LABEL_LIMIT = 30
_DISTINCT_KEY = 0.8
_GRAND_TOTAL = re.compile(r"^[^\s()]{0,4}(?:合\s*計|総\s*計|総\s*額)$")
_SUM = re.compile(r"[小合総累]?計|総[数額]")
_DITTO = re.compile(r"\s*(?:[〃″\"”]|同\s*上)\s*")
_FEW_ROWS = 3
FEWEST_LEVELS = 3
_MOSTLY = 0.6
_NEARLY_ALL = 0.95
_FIRST_OF_PAGE, _NO_YEAR = 10, 1000
_MORE_DISTINCT = 0.05  # a group that happens to be nearly distinct gives way to the names on its right
_LABELS = frozenset(("word", "phrase", "text", "year", "period"))
_DOUBT_LEFT = 0.1  # how much of the doubt about a row remains once a total bears it out


# 団体コード, kan_cd, category_id, itemId.
CODES = re.compile(r"(?:コード(?:番号)?|(?<![A-Za-z])(?:cd|code|id)|(?-i:(?<=[a-z])I[dD]))$", re.IGNORECASE)
_NAMING = re.compile(r"(?:名|名称|題名|件名|氏名|項目|品目)(?:\s*[(（].*)?$")
# What a header says of the thing named on its left.
_SAID_OF_IT = re.compile(
    r"(?:所在地|所在|住所|位置|電話|連絡先|備考|摘要|構造|(?:建築|建設|設置|開設|竣工|完成|取得)年)"
)


def key_column(rows: list[Row], width: int, labels_of: Sequence[str] = ()) -> int:
    """The most distinct column, the left one of equals, whose cells are short labels, rarely blank and mostly distinct.

    Columns on its left are groups (merged cells). When no column is distinct, the label columns together name a row:
    the last of as many as tell the rows apart is returned, or of all.
    """
    known = [row for row in rows if row.understood]
    things = [row for row in known if not _says_sum(row)]  # a subtotal leaves the names blank
    known = things if len(things) >= _FEW_ROWS else known
    deepest = _deepest(known, width)
    if deepest is not None:
        return deepest
    labels = constant = best = together = -1
    groups: list[int] = []
    most = 0.0
    start = _after_numbering(known, width)
    coded = codes(labels_of)
    numbered: tuple[int, int] | None = None  # the column of running numbers, and how many there are
    for column in range(start, width):
        texts = [row.cells[column].text or "" for row in known]
        filled = [t for t in texts if t]
        header = labels_of[column] if column < len(labels_of) else ""
        if column in coded:
            continue
        what = _what_stands(filled, len(known), header, labels, column == start)
        if what == "numbers":
            numbered = (column, len(set(filled)))
        elif what == "one text":
            constant = column
        if what == "values":
            break
        if what != "labels":
            continue
        labels = column
        if numbered == (column - 1, len(set(filled))) and groups:
            return column  # as many names as numbers beside them, whatever tells the rows of one apart
        distinct = len(set(filled)) / len(filled)
        if _NAMING.search(header):
            distinct += _MORE_DISTINCT  # a header that says it holds names
        if len(filled) >= _DISTINCT_KEY * len(known) and distinct >= max(_DISTINCT_KEY, most + _MORE_DISTINCT):
            best, most = column, distinct
        groups.append(column)
        if together < 0 and _tell_apart(known, groups):
            together = column
    return max(best if best >= 0 else together if together >= 0 else labels if labels >= 0 else constant, 0)


def _deepest(rows: Sequence[Row], width: int) -> int | None:
    """The last label column of a table whose rows each print one label, on one of three levels or more; None of others.

    款, 項, 目 and 節 of a budget, each in a column of its own, with the figures of each on a row of its own.
    """
    labels = next((c for c in range(width) if any(_is_figure(row.cells[c].text) for row in rows)), width)
    printed = [[c for c in range(labels) if row.cells[c].text] for row in rows]
    steps = all(b[0] <= a[0] + 1 for a, b in pairwise(printed) if len(a) == len(b) == 1)
    return max(c for own in printed for c in own) if steps and on_levels(printed) else None


def on_levels(printed: Sequence[Sequence[int]]) -> bool:
    """Whether rows, by the label columns in which each prints something, print one label each on three levels or more."""
    alone = sum(len(own) == 1 for own in printed)
    return len({c for own in printed for c in own}) >= FEWEST_LEVELS and alone >= _NEARLY_ALL * len(printed)


def _is_figure(text: str | None) -> bool:
    return bool(text) and lone_quantity(searchable(text or "")) is not None


def codes(headers: Sequence[str]) -> frozenset[int]:
    """The columns that say as a code what a name says: 団体コード, and 款 where 款名 stands beside it."""
    beside = zip(headers, (*headers[1:], ""), strict=True)
    return frozenset(
        i for i, (own, after) in enumerate(beside) if CODES.search(own) or (own and after in (f"{own}名", f"{own}名称"))
    )


def _what_stands(filled: Sequence[str], rows: int, header: str, labels: int, first: bool) -> str:
    """What the filled cells of a column are, beside the last column of `labels` (-1: none yet): labels, the values behind
    them, running numbers, one text for all rows, or nothing that tells a name.
    """
    if not filled:
        return "none"
    if Counter(shape(t) for t in filled).most_common(1)[0][0] not in _LABELS:
        if numbers_rows(filled, rows):
            return "numbers"  # in front of the names
        return "none" if labels < 0 else "values"
    if rows >= _FEW_ROWS and len(set(filled)) == 1 and len(filled) == rows:
        return "one text"
    if labels >= 0 and _SAID_OF_IT.match(re.sub(r"\s", "", header)):
        return "none"  # where a thing is tells it from others, and is not what it is called
    long = sorted(len(t) for t in filled)[len(filled) // 2] > _KEY_LABEL_LIMIT
    # Text that says something of what stands on its left, whatever that looks like.
    return "values" if long and (labels >= 0 or not first) else "labels"


def _says_sum(row: Row) -> bool:
    """Whether a row is called nothing but a total (小計)."""
    first = next((cell.text for cell in row.cells if cell.text), None)
    return first is not None and _SUM.fullmatch(re.sub(r"\s", "", searchable(first))) is not None


def _tell_apart(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether the cells of some columns together are different in nearly every row: 年度, 施設名."""
    cells = [tuple(row.cells[c].text or "" for c in columns) for row in rows]
    return len(set(cells)) >= _NEARLY_ALL * len(cells)


def numbers_rows(texts: Sequence[str], rows: int) -> bool:
    """Whether the texts of a column only number most of so many rows: 1, 2, 3, … from the start, or anew in each group; 30, 31, …
    where a table goes on over a page.

    A number may come again in the next row: a cell merged over the rows of one thing.
    """
    numbers = [int(folded) for text in texts if (folded := searchable(text).strip()).isdecimal()]
    in_order = all(b in (a, a + 1, 1) for a, b in pairwise(numbers))
    return (
        len(numbers) > _FEW_ROWS
        and (numbers[0] == 1 or _FIRST_OF_PAGE <= numbers[0] < _NO_YEAR)
        and max(numbers) > _FEW_ROWS
        and in_order
        and (len(numbers) >= _MOSTLY * rows)
    )


def counts_up(texts: Sequence[str], unnamed: bool = False) -> bool:
    """Whether the texts of a column only number its rows, those aside that stand below or between them without a number; one
    that is `unnamed` may begin with 0.
    """
    numbers = [int(folded) for text in texts if (folded := searchable(text).strip()).isdecimal()]
    first = 0 if unnamed and numbers[:1] == [0] else 1
    counted = numbers == list(range(first, first + len(numbers)))
    return (counted and len(numbers) >= max(_MOSTLY * len(texts), 1)) or numbers_rows(texts, len(texts))


def _after_numbering(rows: list[Row], width: int) -> int:
    """1 when the first column only numbers the rows (1, 2, 3 …), else 0."""
    numbers = [searchable(row.cells[0].text or "") for row in rows]
    counts = len(rows) > 2 and width > 1 and numbers == [str(i) for i in range(1, len(rows) + 1)]
    return int(counts)


def fill_ditto(rows: list[Row]) -> list[Row]:
    """Put in the text of the row above for the marks that stand for it: 〃, 同上."""
    done: list[Row] = []
    for row in rows:
        above = done[-1] if done and done[-1].understood and done[-1].section == row.section else None
        if above is None or not row.understood:
            done.append(row)
            continue
        cells = tuple(
            replace(cell, text=source.text, spans=source.spans, origin=Origin.FILLED, reason=source.reason)
            if cell.text and _DITTO.fullmatch(cell.text) and source.text else cell
            for cell, source in zip(row.cells, above.cells, strict=True)
        )  # fmt: skip
        done.append(replace(row, cells=cells))
    return done


def fill_down(rows: list[Row]) -> list[Row]:
    """Fill the blank cells at the left of a row from the row above, as merged cells are read.

    Where the filled group contradicts what another row of the same table prints for the same member, the printed
    pair wins and the cell is `inferred`, with the reason and the alternative.
    """
    if all(row.cells[0].text for row in rows if row.understood):
        return rows
    parents = _printed_pairs(rows)
    done: list[Row] = []
    for row in rows:
        if row is rows[-1] and any(cell.text and _GRAND_TOTAL.search(searchable(cell.text)) for cell in row.cells[:2]):
            done.append(row)  # the total of the whole table stands in none of its groups
            continue
        above = done[-1] if done and done[-1].understood else None
        if not row.understood or above is None or row.cells[0].text or above.section != row.section:
            done.append(row)
            continue
        cells = list(row.cells)
        for i, cell in enumerate(cells):
            if cell.text:
                break
            source = above.cells[i]
            if source.text and _may_go_on(source.text) and shape(source.text) not in ("amount", "count", "nothing"):
                reason = source.reason if source.origin is Origin.INFERRED else None
                origin = Origin.INFERRED if reason else Origin.FILLED
                cells[i] = replace(cell, text=source.text, spans=source.spans, origin=origin, reason=reason)
        done.append(replace(row, cells=tuple(_correct_group(cells, parents))))
    return done


def _may_go_on(text: str) -> bool:
    """Whether a text names a group of rows; a mark (◎) is that of its own row."""
    return any(c.isalnum() for c in text)


def fill_groups(rows: list[Row], key: int) -> list[Row]:
    """Fill a group that is blank between labels: the row above has it, and all on its left are the same.

    部局 and 課 are printed again on each row, 事業 only on its first, 内訳 on every other one.
    """
    done: list[Row] = []
    for row in rows:
        above = done[-1] if done and done[-1].understood else None
        if above is None or not row.understood or above.section != row.section or not row.cells[key].text:
            done.append(row)
            continue
        cells = list(row.cells)
        for i in range(key):
            source = above.cells[i]
            if cells[i].text:
                if cells[i].text != source.text:
                    break
            elif i and source.text and _may_go_on(source.text) and shape(source.text) in _LABELS:
                origin = Origin.INFERRED if source.origin is Origin.INFERRED else Origin.FILLED
                cells[i] = replace(cells[i], text=source.text, spans=source.spans, origin=origin, reason=source.reason)
        done.append(replace(row, cells=tuple(cells)))
    return done


def _printed_pairs(rows: list[Row]) -> dict[tuple[int, str], dict[str, tuple[Span, ...]]]:
    """For each printed member (column, text): the groups printed right beside it in the column to its left."""
    pairs: dict[tuple[int, str], dict[str, tuple[Span, ...]]] = {}
    for row in rows:
        for left, right in zip(row.cells, row.cells[1:], strict=False):
            if left.text and right.text:
                pairs.setdefault((right.column, searchable(right.text)), {})[left.text] = left.spans
    return pairs


def _correct_group(cells: list[Cell], parents: dict[tuple[int, str], dict[str, tuple[Span, ...]]]) -> list[Cell]:
    for i in range(1, len(cells)):
        group, member = cells[i - 1], cells[i]
        if (
            group.origin is not Origin.FILLED
            or member.origin is not Origin.EXPLICIT
            or not member.text
            or not _may_go_on(member.text)
        ):
            continue
        printed = parents.get((i, searchable(member.text)), {})
        if len(printed) == 1 and group.text not in printed:
            better, spans = next(iter(printed.items()))
            reason = f"上のセルからは「{tidy(group.text or '')}」だが、同じ表の別の行では「{tidy(member.text)}」は「{tidy(better)}」"
            cells[i - 1] = replace(group, text=better, spans=spans, origin=Origin.INFERRED, reason=reason)
    return cells


def cell_quantities(cell: Cell) -> tuple[Quantity, ...]:
    """The numbers of a cell outside brackets, each with the unit that governs it.

    A bare number takes the unit of the number before it in the same cell (県職員 33人 市町村職員 36), else the cell's.
    """
    found: list[Quantity] = []
    unit = cell.unit
    for number in free_quantities(searchable(cell.text or "")):
        unit = number.unit or unit
        found.append(changed(number, unit=unit))
    return tuple(found)


_PART = re.compile(r"(?=[①-⑳])|(?<!\S)(?=・)|(?<!\S)(?=※)")
_LIST_MARK = re.compile(r"(?<!\S)[-—](?!\S)")


def cell_parts(cell: Cell) -> tuple[str, ...]:
    """The parts of a cell that lists several things, in order; the whole text when it lists none.

    Parts begin at ①, ・ or ※; where a cell answers another cell's list line by line, a lone mark is a part of its own
    (`- 3月 -` has three).
    """
    shown = tidy(cell.text or "")
    if not shown:
        return ()
    if _LIST_MARK.search(shown) and len(shown) <= _KEY_LABEL_LIMIT and not is_nothing(searchable(shown)):
        return tuple(shown.split())
    return tuple(part.strip() for part in _PART.split(shown) if part.strip())


def trust_proven_rows(rows: Sequence[Row], checks: Sequence[TotalCheck]) -> tuple[Row, ...]:
    """Rows that were laid under their columns anew and stand in a sum that agrees: the sum proves the columns right."""
    proven = {i for check in checks if check.agrees and check.kind == "rows" for i in (check.row, *check.parts)}
    proven |= {check.row for check in checks if check.agrees and check.kind != "rows"}
    return tuple(
        replace(row, confidence=round(1 - (1 - row.confidence) * _DOUBT_LEFT, 4)) if i in proven else row
        for i, row in enumerate(rows)
    )
