"""A document → its data-quality report: what was repaired, filled, inferred, contradictory or not understood, and where.

Each finding carries the rule of デジタル庁「行政データにおける機械可読性に関するルール」(令和8年3月31日, 公共データ利用規約
第1.0版) that it breaks, where one applies. The rules are for those who publish data; findings say what we did about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.cells import cell_quantities
from corpus.folding import join_spelled, searchable, tidy
from corpus.types import Cell, Column, Document, Origin, Row, Span, Table
from corpus.values import find_periods, is_nothing, lone_quantity

UNSURE = 0.8  # a row realigned with less confidence than this is said to be unsure
# What each kind of finding is called, and the rule it breaks.
RULES: dict[str, tuple[str | None, str]] = {
    "format": ("L1-01", "機械が直接読み取れる形式ではありません"),
    "several_tables": ("L1-02", "一つのファイルに複数の表があります"),
    "missing_header": ("L1-05", "項目名のない列があります"),
    "spelled": ("L1-06", "空白や改行で体裁を整えたセルがあります"),
    "several_values": ("L1-07", "一つのセルに複数の数値があります"),
    "dependent_letters": ("L1-08", "機種依存文字があります"),
    "blank_figures": ("L1-09", "数値の列に空白のセルがあります"),
    "merged": ("L1-12", "結合されたセルを補いました"),
    "hidden": ("L1-13", "非表示の部分があります"),
    "figure_with_unit": ("L2-01", "数値に単位や注記が付いています"),
    "filled": ("L2-02", "省略された項目を上の行から補いました"),
    "split_header": ("L2-03", "項目名が複数の行に分かれています"),
    "same_header": ("L2-03", "同じ項目名の列があります"),
    "signs": ("L3-03", "数値の列に定義のない記号があります"),
    "unit_elsewhere": ("L3-04", "数値の単位がそのセルと列見出しに書かれていません"),
    "era_years": ("L3-05", "西暦の併記されていない和暦があります"),
    "inferred": ("L2-02", "ほかの記載から推定しました"),
    "realigned": (None, "セルがずれていたため列を合わせ直しました"),
    "unsure": (None, "セルがずれており、列の対応は確かではありません"),
    "not_understood": (None, "列を決められない行です"),
    "total_differs": (None, "合計と内訳の和が一致しません"),
    "totals_agree": (None, "合計と内訳の和が一致しました"),
    "unread": (None, "読み取れなかった部分です"),
}
_OPEN_FORMATS = {"csv", "tsv", "xlsx", "xlsm"}
_DEPENDENT = re.compile(r"[①-⑳Ⅰ-ⅿ㈠-㈾㊀-㋿㌀-㏿℡№]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reader of the data should know.

    `kind` is a key of RULES, `rule` the rule id or None; `count` is how many cells it concerns, the place that of the
    first. `confidence` in [0, 1] is how sure the repair is, None where nothing was repaired.
    """

    kind: str
    rule: str | None
    line_start: int
    line_end: int
    page: int | None
    sheet: str | None
    table: str | None
    row: int | None
    column: str | None
    count: int
    confidence: float | None
    message: str


def findings(document: Document) -> Iterator[Finding]:
    """All findings: those of the whole document first, then table by table, row by row, then what was left unread."""
    yield from _document_findings(document)
    for table in document.tables:
        yield from _table_findings(document, table)
        for row in table.rows:
            yield from _row_findings(document, table, row)
    for left in document.leftovers:
        if left.kind == "unread":
            yield _finding(document, "unread", left.span, f"「{tidy(document.quote(left.span))[:60]}」")


def _finding(
    document: Document,
    kind: str,
    span: Span,
    detail: str = "",
    *,
    table: Table | None = None,
    row: Row | None = None,
    column: str | None = None,
    count: int = 1,
    confidence: float | None = None,
) -> Finding:
    rule, said = RULES[kind]
    place = document.place(span)
    return Finding(
        kind, rule, place.line_start, place.line_end, place.page, place.sheet, table.id if table else None,
        row.index if row else None, column, count, confidence, f"{said}: {detail}" if detail else said,
    )  # fmt: skip


def _document_findings(document: Document) -> Iterator[Finding]:
    start = Span(document.lines[0].start, max(document.lines[0].end, document.lines[0].start + 1))
    if document.format not in _OPEN_FORMATS:
        yield _finding(document, "format", start, f".{document.format}")
    sheets = {document.place(table.rows[0].span).sheet for table in document.tables}
    if len(document.tables) > len(sheets):
        yield _finding(document, "several_tables", start, count=len(document.tables))
    for remark in document.remarks:
        yield _finding(document, "hidden", start, remark)
    letters = _DEPENDENT.findall(document.text)
    if letters:
        shown = "".join(dict.fromkeys(letters))[:20]
        first = _DEPENDENT.search(document.text)
        at = first.start() if first else 0
        yield _finding(document, "dependent_letters", Span(at, at + 1), shown, count=len(letters))


def _table_findings(document: Document, table: Table) -> Iterator[Finding]:
    where = table.header[0] if table.header else table.rows[0].span
    labels = [column.label for column in table.columns]
    if any(not label for label in labels):
        yield _finding(document, "missing_header", where, table=table, count=labels.count(""))
    if any(len(column.path) > 1 for column in table.columns):
        yield _finding(document, "split_header", where, table=table)
    same = {label for label in labels if label and labels.count(label) > 1}
    if same:
        yield _finding(document, "same_header", where, "、".join(sorted(same)), table=table, count=len(same))
    for kind, test in _CELL_TESTS.items():
        cells = [c for row in table.rows for c in row.cells if c.spans and test(c, table.columns[c.column])]
        if cells:
            yield _finding(document, kind, cells[0].spans[0], f"{len(cells)} セル", table=table, count=len(cells))
    yield from _figure_column_findings(document, table)
    yield from _total_findings(document, table)


def _figure_column_findings(document: Document, table: Table) -> Iterator[Finding]:
    """Blanks and signs in columns that otherwise hold figures."""
    for column in table.columns:
        cells = [row.cells[column.index] for row in table.rows if row.understood]
        figures = [cell for cell in cells if cell.text and lone_quantity(searchable(cell.text))]
        if len(figures) * 2 <= len(cells):
            continue
        blank = [row for row in table.rows if row.understood and not row.cells[column.index].text]
        signs = [cell for cell in cells if cell.text and is_nothing(searchable(cell.text))]
        if blank:
            detail = f"{len(blank)} セル"
            yield _finding(
                document, "blank_figures", blank[0].span, detail, table=table, column=column.label, count=len(blank)
            )
        if signs:
            detail = "、".join(dict.fromkeys(tidy(cell.text or "") for cell in signs))
            yield _finding(
                document, "signs", signs[0].spans[0], detail, table=table, column=column.label, count=len(signs)
            )


def _total_findings(document: Document, table: Table) -> Iterator[Finding]:
    agreed = [check for check in table.checks if check.agrees]
    if agreed:
        row = table.rows[agreed[0].row]
        yield _finding(document, "totals_agree", row.span, f"{len(agreed)} か所", table=table, count=len(agreed))
    for check in table.checks:
        if not check.agrees:
            row, label = table.rows[check.row], table.columns[check.column].label
            detail = f"記載 {check.stated:,} に対し計算では {check.computed:,}"
            yield _finding(document, "total_differs", row.span, detail, table=table, row=row, column=label)


def _row_findings(document: Document, table: Table, row: Row) -> Iterator[Finding]:
    if not row.understood:
        yield _finding(document, "not_understood", row.span, row.note or "", table=table, row=row, confidence=0.0)
        return
    if row.note:
        kind = "unsure" if row.confidence < UNSURE else "realigned"
        detail = f"確信度 {row.confidence:.2f}"
        yield _finding(document, kind, row.span, detail, table=table, row=row, confidence=row.confidence)
    for column, cell in zip(table.columns, row.cells, strict=True):
        shown = tidy(cell.text or "")
        if cell.origin is Origin.INFERRED:
            detail = f"「{shown}」{cell.reason}"
            yield _finding(
                document, "inferred", row.span, detail, table=table, row=row, column=column.label, confidence=0.8
            )
        elif cell.origin is Origin.FILLED:
            source = document.place(cell.spans[0]).line_start
            kind = "merged" if document.format in ("xlsx", "xlsm") else "filled"
            detail = f"「{shown}」を {source} 行目から"
            yield _finding(document, kind, row.span, detail, table=table, row=row, column=column.label, confidence=1.0)


def _is_spelled(cell: Cell, column: Column) -> bool:
    text = cell.text or ""
    return "\n" in text or join_spelled(text) != text


def _holds_several(cell: Cell, column: Column) -> bool:
    return len(cell_quantities(cell)) > 1


def _has_unit_inside(cell: Cell, column: Column) -> bool:
    lone = lone_quantity(searchable(cell.text or ""))
    return lone is not None and (lone.unit is not None or lone.text != searchable(cell.text or ""))


def _has_unit_elsewhere(cell: Cell, column: Column) -> bool:
    return cell.unit is not None and column.unit is None


def _is_era_year(cell: Cell, column: Column) -> bool:
    folded = searchable(cell.text or "")
    return any(not period.text.startswith(("1", "2")) for period in find_periods(folded)) and "(" not in folded


_CELL_TESTS: dict[str, Callable[[Cell, Column], bool]] = {
    "spelled": _is_spelled,
    "several_values": _holds_several,
    "figure_with_unit": _has_unit_inside,
    "unit_elsewhere": _has_unit_elsewhere,
    "era_years": _is_era_year,
}
