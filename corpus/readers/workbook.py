"""Excel workbooks → table lines, one sheet after another, by openpyxl.

A line is a sheet row. Merged cells stand in each cell they cover (marked as inherited below and right of the first).
Formula cells give the value the file was saved with. Hidden sheets, rows and columns are read and reported.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from corpus.blocks import BRACKET, Block, Heading, TableLine, beside_table, lone_line
from corpus.cell_lists import in_lines
from corpus.errors import UnreadableDocument
from corpus.folding import searchable
from corpus.readers.base import Content, TextBuilder, check_archive
from corpus.types import Span
from corpus.units import is_unit_line
from corpus.values import lone_quantity

MAX_CELLS = 3_000_000


_NAME_OF = re.compile(r"(?:市町村|団体|自治体|会計|施設|学校|地区|部局|事業所|組合)名")
_ROWS_BELOW = 2
_DECIMALS = re.compile(r"(?<![0.])0(?:\.(?P<decimals>[0#?]+))?")  # 0.0% shows one decimal, #,##0.00 two


class WorkbookReader:
    """Reads .xlsx and .xlsm (macros are not run)."""

    def read(self, data: bytes, name: str) -> Content:
        """See `Reader.read`."""
        check_archive(data, name, "Excel(.xlsx)", "Excel")
        import openpyxl

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        except Exception as error:
            raise UnreadableDocument(
                name, f"Excel のファイルとして壊れています({type(error).__name__})。保存し直してください"
            ) from error
        builder = TextBuilder()
        blocks: list[Block] = []
        remarks = _unsaved_formulas(data, book)
        if _has_macros(data):
            remarks.append("マクロが含まれています(実行せず、セルだけを読みました)")
        cells = 0
        for sheet in book.worksheets:
            cells += (sheet.max_row or 0) * (sheet.max_column or 0)
            if cells > MAX_CELLS:
                raise UnreadableDocument(name, f"セルが {MAX_CELLS:,} を超えています。シートを分けてください")
            remarks.extend(_hidden(sheet))
            blocks.extend(_sheet_blocks(sheet, builder))
        if not blocks:
            raise UnreadableDocument(name, "文字の入ったセルがありません。中身を確かめてください")
        return Content(builder.text(), tuple(builder.lines), tuple(blocks), None, tuple(remarks))


def _unsaved_formulas(data: bytes, book: Any) -> list[str]:
    """Formula cells whose value was never saved: what they would show is not known to us."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        if not any(b"<f" in archive.read(name) for name in sheets):
            return []
    import openpyxl

    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    for sheet in formulas.worksheets:
        cells = [
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and book[sheet.title][cell.coordinate].value is None
        ]
        if cells:
            found.append(f"シート「{sheet.title}」の数式の値が保存されていません: {', '.join(cells[:20])}")
    return found


def _has_macros(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.endswith("vbaProject.bin") for name in archive.namelist())


def _hidden(sheet: Any) -> list[str]:
    found = []
    if sheet.sheet_state != "visible":
        found.append(f"シート「{sheet.title}」は非表示です")
    rows = [str(i) for i, d in sheet.row_dimensions.items() if d.hidden]
    columns = [str(k) for k, d in sheet.column_dimensions.items() if d.hidden]
    if rows:
        found.append(f"シート「{sheet.title}」の非表示の行: {', '.join(rows[:20])}")
    if columns:
        found.append(f"シート「{sheet.title}」の非表示の列: {', '.join(columns[:20])}")
    return found


def _sheet_blocks(sheet: Any, builder: TextBuilder) -> list[Block]:
    merged = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                merged[row, column] = (area.min_row, area.min_col)
    spans: dict[tuple[int, int], Span] = {}
    blocks: list[Block] = []
    first = True
    shown = [(row, _texts(row)) for row in sheet.iter_rows()]
    for at, (row, texts) in enumerate(shown):
        number = row[0].row if row else 0
        line = "\t".join(texts[c] for c in sorted(texts))
        start = builder.line(line, number, sheet=sheet.title)
        for column in sorted(texts):
            spans[number, column] = Span(start, start + len(texts[column]))
            start += len(texts[column]) + 1
        inherited = {
            c: spans[merged[number, c]]
            for c in range(1, len(row) + 1)
            if merged.get((number, c), (number, c)) != (number, c) and merged[number, c] in spans
        }
        if not texts:
            first = True
            continue
        whole = Span(min(spans[number, c].start for c in texts), max(spans[number, c].end for c in texts))
        if len(texts) == 1 and all(span == whole for span in inherited.values()):  # a title merged across the columns
            blocks.append(lone_line(texts[min(texts)], whole))
            first = True
            continue
        across = all(
            merged[number, c][0] == number for c in inherited
        )  # a title and its unit, each merged across columns
        if across and beside_table([texts[c] for c in sorted(texts)], len(row)):
            blocks.extend(lone_line(texts[c], spans[number, c]) for c in sorted(texts))
            first = True
            continue
        if first and _says_whose([texts[c] for c in sorted(texts)], [below for _, below in shown[at + 1 : at + 3]]):
            blocks.append(Heading(BRACKET, 0, whole))
            first = True
            continue
        cells = tuple(spans.get((number, c)) or inherited.get(c) for c in range(1, len(row) + 1))
        blocks.append(TableLine(cells, whole, first, frozenset(c - 1 for c in inherited)))
        first = False
    return blocks


def _texts(row: Any) -> dict[int, str]:
    """The filled cells of a sheet row by column, as shown."""
    texts = {cell.column: cell_text(cell.value, cell.number_format) for cell in row if cell.value is not None}
    return {column: text for column, text in texts.items() if text}


def _says_whose(texts: list[str], below: list[dict[int, str]]) -> bool:
    """Whether a line names what the table below it is of (市町村名 | 碇村 | 徴収実績): a label, names and no figure, set apart from the
    header by nothing or a unit.
    """
    named = len(texts) > 1 and _NAME_OF.fullmatch(searchable(texts[0]).replace(" ", "")) is not None
    if not named or any(lone_quantity(searchable(text)) for text in texts) or len(below) < _ROWS_BELOW:
        return False
    apart = [searchable(text) for text in below[0].values()]
    return (not apart or all(map(is_unit_line, apart))) and len(below[1]) > 1


def _rounded(value: Decimal, shown: re.Match[str] | None) -> str:
    """A figure with as many decimals as its format shows; as it is where that names none."""
    if shown is not None:
        value = value.quantize(Decimal(1).scaleb(-len(shown["decimals"] or "")), ROUND_HALF_UP)
    return f"{value.normalize():f}"


def cell_text(value: Any, number_format: str) -> str:
    """A cell's value as the sheet shows it, near enough to be found and read: 1234 with #,##0 → 1,234."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d") if value.time() == datetime.time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        exact = Decimal(repr(value))
        shown = _DECIMALS.search(number_format)
        if "%" in number_format:
            return f"{_rounded(exact * 100, shown)}%"
        if shown is not None and isinstance(value, float):
            exact = Decimal(_rounded(exact, shown))
        plain = (
            f"{exact.normalize():f}" if exact == exact.to_integral_value() or isinstance(value, float) else str(value)
        )
        return f"{Decimal(plain):,}" if "#,##" in number_format else plain
    return in_lines(str(value))
