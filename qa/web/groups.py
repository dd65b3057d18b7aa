"""The rows of a look-up added up by the texts of one column: budgets by department, as a table, a chart and a file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from corpus.folding import tidy
from qa.web.chart import FEWEST, MOST_BARS, MOST_SERIES, Bar, Chart, bare, chart_html
from qa.web.escape import csv_text, escaped
from qa.web.found import found_section
from qa.web.rows import Found, Total, totals_of
from qa.web.words import Words


@dataclass(frozen=True, slots=True)
class Group:
    """The rows with one text in the column: the text, how many, and what their columns of figures come to."""

    name: str
    rows: int
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """All groups, in the order in which the table comes to them; `by` is the column's label."""

    by: str
    groups: tuple[Group, ...]


def grouped(found: Found, words: Words) -> Grouped | None:
    """The groups of the rows found; None where the view names no column, or one with too many different texts."""
    laid, by = found.laid, found.view.group
    if by is None or not laid.choices(by):
        return None
    held: dict[str, list[int]] = {}  # by the text without blanks: a line broken in a cell makes no other department
    for row in sorted(found.rows):
        if laid.shown[row] and not laid.table.rows[row].total:
            held.setdefault("".join(laid.folded[row][by].split()), []).append(row)
    groups = (
        Group(tidy(laid.shown[rows[0]][by]) or words("blank"), len(rows), tuple(totals_of(laid, rows)))
        for rows in held.values()
    )
    return Grouped(laid.labels[by], tuple(groups))


def grouped_html(of: Grouped, found: Found, link: str, words: Words) -> str:
    """Chart and table of the groups, with the link that saves them."""
    chart = _chart(of, found, words)
    head = "".join(f"<th scope='col'>{escaped(text)}</th>" for text in _header(of, words))
    body = "".join(
        f"<tr><th scope='row'>{escaped(one.name)}</th><td class='figure'>{one.rows}</td>"
        + "".join(f"<td class='figure'>{escaped(_said(total))}</td>" for total in one.totals)
        + "</tr>"
        for one in of.groups
    )
    label = escaped(words("groups", n=of.by))
    drawn, note = chart_html(chart, words) if chart else "", f"<p class='note'>{words('totals_note')}</p>"
    return found_section(label, label, drawn, head, body, link, words, note)


def grouped_csv(of: Grouped, words: Words) -> str:
    """The same for a spreadsheet."""
    lines = ((one.name, str(one.rows), *(_said(total) for total in one.totals)) for one in of.groups)
    return csv_text(_header(of, words), lines)


def _header(of: Grouped, words: Words) -> tuple[str, ...]:
    return (of.by, words("rows"), *(total.label for total in (of.groups[0].totals if of.groups else ())))


def _said(total: Total) -> str:
    """A total with its unit; a dash where there is none (nothing counted, or units that differ)."""
    return f"{total.total:,f}{total.unit or ''}" if total.total is not None and total.counted else "—"


def _chart(of: Grouped, found: Found, words: Words) -> Chart | None:
    """The groups as bars: the columns that count in one unit, the unit of most of them where there are several."""
    if not FEWEST <= len(of.groups) <= MOST_BARS:
        return None
    units = [
        {one.totals[i].unit for one in of.groups if one.totals[i].counted} for i in range(len(of.groups[0].totals))
    ]
    alike: dict[str | None, list[int]] = {}
    for i, held in enumerate(units):
        if len(held) == 1 and all(one.totals[i].total is not None or not one.totals[i].counted for one in of.groups):
            alike.setdefault(next(iter(held)), []).append(i)
    unit, columns = max(alike.items(), key=lambda pair: len(pair[1]), default=(None, []))
    if not 1 <= len(columns) <= MOST_SERIES:
        return None
    bars = tuple(Bar(one.name, tuple(_bar(one.totals[i]) for i in columns)) for one in of.groups)
    series = tuple(bare(of.groups[0].totals[i].label) for i in columns)
    title = words("groups", n=of.by) + (f": {series[0]}" if len(series) == 1 else "")
    source = f"{words('chart_source')}: 「{tidy(found.laid.document.title)}」 (sha256 {found.laid.document.sha256[:8]})"
    return Chart(title, unit or "", series, bars, source)


def _bar(total: Total) -> tuple[Decimal, str] | None:
    return (total.total, _said(total)) if total.counted and total.total is not None else None
