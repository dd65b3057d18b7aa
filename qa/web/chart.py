"""A table of figures as a chart: bars that show the very numbers of the table, with title, unit and source in the picture.

Drawn as SVG, so that it is sharp, works without a script, and can be read aloud; the browser makes a PNG of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.folding import searchable, tidy
from corpus.lines import is_wide
from corpus.values import find_quantities
from qa.web.escape import escaped
from qa.web.found import Found
from qa.web.rows import NO_AMOUNT
from qa.web.words import Words

MOST_BARS = 40
MOST_SERIES = 4
FEWEST = 2
_COLOURS = ("#2563eb", "#d97706", "#059669", "#9333ea")  # each 3:1 or more on white and on the dark page
_WIDTH, _SIZE, _VALUE, _BAR = 320, 14, 110, 16  # in units of the picture; room for a figure; height of a bar
_PLAIN, _WIDE = 0.58, 1.0  # width of a letter as a share of its size


@dataclass(frozen=True, slots=True)
class Bar:
    """What one name comes to: a figure for each series with its text, None where it has none."""

    name: str
    values: tuple[tuple[Decimal, str] | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one unit under a title; `series` names what each bar of a name is, in order."""

    title: str
    unit: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    source: str


def chart_of(table: Found, index: str, words: Words) -> Chart | None:
    """The chart of a table; None where it has no two figures of one unit, or too many to be seen at once."""
    read = [[_figure(cell) for cell in row.cells] for row in table.rows]
    columns = [i for i in range(len(table.columns)) if _is_amount(table, read, i)]
    units = {one[1] for row in read for i in columns if (one := row[i]) is not None}
    if not columns or len(units) != 1 or len(columns) > MOST_SERIES or len(table.rows) > MOST_BARS:
        return None
    names = tuple(bare(table.columns[i]) for i in columns)
    titles = "、".join(f"「{tidy(title)}」" for title in dict.fromkeys(row.citation.title for row in table.rows))
    source = f"{words('chart_source')}: {titles} ({words('index_hash')} {index[:8]})"
    shown = [tuple((one[0], one[2]) if (one := row[i]) else None for i in columns) for row in read]
    (unit,) = units
    if sum(one is not None for values in shown for one in values) < FEWEST:
        return None
    if len(columns) > 1 and len(table.rows) > 1 and all(sum(map(bool, values)) == 1 for values in shown):
        pairs = [
            (next(i for i, one in enumerate(values) if one), row) for row, values in zip(table.rows, shown, strict=True)
        ]
        bars = tuple(
            Bar(f"{names[i]}: {row.name}", (values[i],)) for (i, row), values in zip(pairs, shown, strict=True)
        )
        return Chart("・".join(names), unit, ("",), bars, source)
    if len(table.rows) == 1:  # one thing: what stands beside one another are its columns
        bars = tuple(Bar(name, (value,)) for name, value in zip(names, shown[0], strict=True))
        return Chart(table.rows[0].name, unit, ("",), bars, source)
    bars = tuple(Bar(row.name, values) for row, values in zip(table.rows, shown, strict=True))
    return Chart(table.title or "・".join(names), unit, names, bars, source)


def _is_amount(table: Found, read: list[list[tuple[Decimal, str, str] | None]], column: int) -> bool:
    """Whether all that a column holds are single figures."""
    held = [(cells[column], row.cells[column]) for cells, row in zip(read, table.rows, strict=True)]
    return all(one is not None or not text for one, text in held) and any(one is not None for one, _ in held)


def _figure(text: str) -> tuple[Decimal, str, str] | None:
    """The one figure of a cell with its unit and as printed: 7,585千円(当課任用分) → 7585, 千円, 7,585千円."""
    folded = searchable(text)
    held = [q for q in find_quantities(folded.partition("(")[0]) if q.unit not in NO_AMOUNT]
    if len(held) != 1 or held[0].start > 1:
        return None
    return held[0].value, held[0].unit or "", held[0].text.strip()


def bare(label: str) -> str:
    """A column's label without the unit in brackets behind it."""
    return label.rpartition("(")[0].strip() if label.endswith(")") and "(" in label[1:] else label


def chart_html(chart: Chart, words: Words) -> str:
    """The picture with the button that saves it."""
    return (
        f"<figure class='chart'>{svg(chart, words)}<figcaption class='note'>{words('chart_note')}</figcaption>"
        f"<button type='button' data-png>{words('png')}</button></figure>"
    )


def svg(chart: Chart, words: Words) -> str:
    """The picture: what it shows, in which unit, one group of bars for each name, where the figures come from."""
    parts: list[str] = []
    y = 4.0
    for line in _wrapped(chart.title, 16, 3):
        y += 22
        parts.append(_text(0, y, line, 16, bold=True))
    y += 20
    parts.append(_text(0, y, f"{words('chart_unit')}: {chart.unit}" if chart.unit else words("chart_numbers"), 13))
    if len(chart.series) > 1:
        for i, name in enumerate(chart.series):
            for n, line in enumerate(_wrapped(name, 13, 2, _WIDTH - 24)):
                y += 20
                swatch = "" if n else f"<rect x='0' y='{y - 12:g}' width='16' height='12' fill='{_fill(i)}'/>"
                parts.append(swatch + _text(24, y, line, 13))
    low = min([Decimal(0), *(value for value, _ in _values(chart))])
    high = max([Decimal(0), *(value for value, _ in _values(chart))])
    scale = (_WIDTH - _VALUE) / float(high - low or 1)
    zero = -float(low) * scale
    y += 8
    for bar in chart.bars:
        for line in _wrapped(bar.name, _SIZE, 2):
            y += 20
            parts.append(_text(0, y, line, _SIZE))
        y += 6
        for i, held in enumerate(bar.values):
            parts.append(_bar(held, i, y, zero, scale, words))
            y += _BAR + 4
        y += 4
    parts.append(f"<line x1='{zero:g}' x2='{zero:g}' y1='{_top(parts):g}' y2='{y:g}' stroke='currentColor'/>")
    for line in _wrapped(chart.source, 11, 4):
        y += 16
        parts.append(_text(0, y, line, 11))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {y + 8:g}' role='img' aria-labelledby='chart-title chart-told' "
        f"font-family='sans-serif'><title id='chart-title'>{escaped(chart.title)}</title><desc id='chart-told'>{escaped(_told(chart))}</desc>"
        f"<defs>{_HATCH}</defs>{''.join(parts)}</svg>"
    )


# The second and fourth series are hatched as well as coloured, for who cannot tell the colours apart.
_HATCH = "".join(
    f"<pattern id='hatch{i}' width='6' height='6' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'>"
    f"<rect width='6' height='6' fill='{_COLOURS[i]}'/><rect width='2' height='6' fill='#ffffff'/></pattern>"
    for i in (1, 3)
)


def _fill(series: int) -> str:
    return f"url(#hatch{series})" if series % 2 else _COLOURS[series]


def _values(chart: Chart) -> Iterator[tuple[Decimal, str]]:
    return (one for bar in chart.bars for one in bar.values if one is not None)


def _top(parts: Sequence[str]) -> float:
    """Where the first bar begins."""
    first = next((part for part in parts if part.startswith("<rect class='bar'")), "")
    return float(first.split("y='")[1].split("'")[0]) if first else 0.0


def _bar(held: tuple[Decimal, str] | None, series: int, y: float, zero: float, scale: float, words: Words) -> str:
    if held is None:
        return _text(zero + 6, y + 13, words("chart_none"), 13)
    length = abs(float(held[0])) * scale
    x = zero - length if held[0] < 0 else zero
    edge = f" stroke='{_COLOURS[series]}'" if series % 2 else ""
    drawn = f"<rect class='bar' x='{x:.2f}' y='{y:g}' width='{max(length, 1) if held[0] else 0:.2f}' height='{_BAR}' fill='{_fill(series)}'{edge}/>"
    return drawn + _text((x + length if held[0] >= 0 else zero) + 6, y + 13, held[1], 13)


def _text(x: float, y: float, text: str, size: int, bold: bool = False) -> str:
    weight = " font-weight='700'" if bold else ""
    return f"<text x='{x:.2f}' y='{y:g}' font-size='{size}' fill='currentColor'{weight}>{escaped(text)}</text>"


def _wrapped(text: str, size: int, most: int, width: int = _WIDTH) -> list[str]:
    """Text cut into lines that fit, the last shortened where there are too many."""
    lines, room = [""], float(width)
    for letter in text:
        wide = size * (_WIDE if is_wide(letter) else _PLAIN)
        if wide > room:
            lines.append("")
            room = float(width)
        lines[-1] += letter
        room -= wide
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]


def _told(chart: Chart) -> str:
    """All figures in words, for a screen reader."""
    several = len(chart.series) > 1
    return "、".join(
        f"{bar.name}{f' {name}' if several and name else ''} {one[1]}"
        for bar in chart.bars
        for name, one in zip(chart.series, bar.values, strict=True)
        if one is not None
    )
