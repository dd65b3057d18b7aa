"""A table → a file as CSV, Markdown, HTML or a workbook, with the line on which each cell stands."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.generated.known import ABOVE, HEADER, Ref
from benchmarks.generated.tables import Column, Table

SHEET = "一覧"
NAME = "hyou"


@dataclass(frozen=True, slots=True)
class Written:
    """A file with the 1-based line of each printed cell (of a workbook: its sheet row); `encoding` None is a workbook."""

    path: Path
    encoding: str | None
    lines: dict[Ref, int]


def write(table: Table, folder: Path) -> Written:
    """Write a table into a folder."""
    path = folder / f"{NAME}.{table.layout.format}"
    if table.layout.format == "xlsx":
        return _write_workbook(table, path)
    make = {"csv": _csv, "md": _markdown, "html": _html}[table.layout.format]
    lines: dict[Ref, int] = {}
    text = make(table, lines)
    encoding = "cp932" if table.layout.format == "csv" and table.layout.seed % 4 == 0 else "utf-8"
    path.write_bytes(text.encode(encoding))
    return Written(path, encoding, lines)


def header_lines(columns: tuple[Column, ...]) -> list[list[str]]:
    """The header's one or two lines; a label above stands over the first of its columns only."""
    if not any(column.over for column in columns):
        return [[column.label for column in columns]]
    above, below = [], []
    for i, column in enumerate(columns):
        first = i == 0 or columns[i - 1].over != column.over
        above.append((column.over if first else "") if column.over else column.label)
        below.append(column.label if column.over else "")
    return [[label or "" for label in above], below]


def _over(table: Table) -> list[str]:
    return [table.title, *([table.note] if table.note else [])]


def _note_cells(lines: dict[Ref, int], first: int, count: int) -> None:
    for i in range(count):
        lines[ABOVE, i] = first + i


def _csv(table: Table, lines: dict[Ref, int]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for line in _over(table):
        writer.writerow([line])
    _note_cells(lines, 1, len(_over(table)))
    number = len(_over(table))
    for header in header_lines(table.columns):
        number += 1
        writer.writerow(header)
        lines.update({(HEADER, i): number for i, label in enumerate(header) if label})
    for r, row in enumerate(table.rows):
        number += 1
        writer.writerow([cell.printed for cell in row.cells])
        lines.update({(r, i): number for i in range(len(row.cells))})
    return out.getvalue()


def _markdown(table: Table, lines: dict[Ref, int]) -> str:
    text = [f"# {table.title}", "", *([table.note, ""] if table.note else [])]
    _note_cells(lines, 1, 1)
    if table.note:
        lines[ABOVE, 1] = 3
    text += ["| " + " | ".join(c.label for c in table.columns) + " |", "|" + "---|" * len(table.columns)]
    lines.update({(HEADER, i): len(text) - 1 for i in range(len(table.columns))})
    for r, row in enumerate(table.rows):
        text.append("| " + " | ".join(cell.printed for cell in row.cells) + " |")
        lines.update({(r, i): len(text) for i in range(len(row.cells))})
    return "\n".join(text) + "\n"


def _html(table: Table, lines: dict[Ref, int]) -> str:
    tall = table.layout.seed % 2 == 0  # each cell on a line of its own
    text = [
        "<!DOCTYPE html>",
        '<html lang="ja">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{table.title}</title>",
        "</head>",
    ]
    text += ["<body>", f"<h1>{table.title}</h1>"]
    _note_cells(lines, len(text), 1)
    if table.note:
        text.append(f"<p>{table.note}</p>")
        lines[ABOVE, 1] = len(text)
    text.append("<table>")
    for cells in _html_header(table):
        _html_row(text, [(tag, HEADER, i, label) for tag, i, label in cells], lines, tall)
    for r, row in enumerate(table.rows):
        kept = []
        for i, cell in enumerate(row.cells):
            if cell.home != r:
                continue
            down = sum(1 for below in table.rows[r + 1 :] if below.cells[i].home == r) + 1
            kept.append((f'td rowspan="{down}"' if down > 1 else "td", r, i, cell.printed))
        _html_row(text, kept, lines, tall)
    return "\n".join([*text, "</table>", "</body>", "</html>", ""])


def _html_header(table: Table) -> list[list[tuple[str, int, str]]]:
    headers = header_lines(table.columns)
    if len(headers) == 1:
        return [[("th", i, label) for i, label in enumerate(headers[0])]]
    above = []
    for i, column in enumerate(table.columns):
        if not column.over:
            above.append(('th rowspan="2"', i, column.label))
        elif headers[0][i]:
            across = sum(1 for other in table.columns if other.over == column.over)
            above.append((f'th colspan="{across}"' if across > 1 else "th", i, column.over))
    return [above, [("th", i, label) for i, label in enumerate(headers[1]) if label]]


def _html_row(text: list[str], cells: list[tuple[str, int, int, str]], lines: dict[Ref, int], tall: bool) -> None:
    shown = [(f"<{tag}>{words}</{tag[:2]}>", (r, i)) for tag, r, i, words in cells]
    if tall:
        text.append("<tr>")
        for piece, ref in shown:
            text.append(piece)
            lines[ref] = len(text)
        text.append("</tr>")
    else:
        text.append("<tr>" + "".join(piece for piece, _ in shown) + "</tr>")
        lines.update({ref: len(text) for _, ref in shown})


def _write_workbook(table: Table, path: Path) -> Written:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    lines: dict[Ref, int] = {}
    for number, line in enumerate(_over(table), 1):
        sheet.cell(number, 1, line)
    _note_cells(lines, 1, len(_over(table)))
    number = len(_over(table))
    headers = header_lines(table.columns)
    for header in headers:
        number += 1
        for i, label in enumerate(header):
            if label:
                sheet.cell(number, i + 1, label)
                lines[HEADER, i] = number
    if len(headers) == 2:
        _merge_header(sheet, table, number - 1)
    for r, row in enumerate(table.rows):
        number += 1
        for i, cell in enumerate(row.cells):
            lines[r, i] = number
            if cell.printed:
                _put(sheet, number, i + 1, cell.printed, cell.value, table)
            down = sum(1 for below in table.rows[r + 1 :] if below.cells[i].home == r)
            if cell.home == r and down:
                sheet.merge_cells(start_row=number, end_row=number + down, start_column=i + 1, end_column=i + 1)
    book.save(path)
    return Written(path, None, lines)


def _put(sheet: Worksheet, number: int, column: int, printed: str, value: object, table: Table) -> None:
    """A figure is kept as a number where the sheet would show it as printed."""
    if value is None or printed.startswith(("▲", "△", "-")) or table.layout.seed % 3 == 0 or "." in printed:
        sheet.cell(number, column, printed)
        return
    cell = sheet.cell(number, column, int(printed.replace(",", "")))
    cell.number_format = "#,##0"


def _merge_header(sheet: Worksheet, table: Table, top: int) -> None:
    labels = header_lines(table.columns)[0]
    for i, column in enumerate(table.columns):
        if not column.over:
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=i + 1, end_column=i + 1)
        elif labels[i]:
            across = sum(1 for other in table.columns if other.over == column.over)
            if across > 1:
                sheet.merge_cells(start_row=top, end_row=top, start_column=i + 1, end_column=i + across)
