"""A random administrative table as a value: what stands in each cell, and what it means.

Everything but a row's figures and names is fixed by a `Layout`, so that a failing table can be made smaller.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
Role = Literal["group", "name", "status", "remark", "figure"]
Era = Literal["short", "long", "west"]
Format = Literal["csv", "md", "html", "xlsx"]
FORMATS: tuple[Format, ...] = ("csv", "md", "html", "xlsx")
_ERAS = (("令和", "R", 2018), ("平成", "H", 1988))


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table looks like.

    `theme`, `grouping` and `status` choose from words.toml (None: no such column). `measures` are (which measure of the
    theme, fiscal years); no year stands in a header when `title_year` is set. `merged` leaves repeated groups to be
    filled down, `two_lines` puts years over measures, `note` prints the unit of money once above the table.
    """

    seed: int
    rows: int
    theme: int
    grouping: int | None
    status: int | None
    remark: bool
    measures: tuple[tuple[int, tuple[int, ...]], ...]
    title_year: int | None
    era: Era
    two_lines: bool
    note: bool
    wide: bool
    merged: bool
    subtotals: bool
    total: Literal["合計", "計", "総計"] | None
    change: bool
    negative: Literal["▲", "△", "-"]
    format: Format


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what its header prints (`over` above `label` when it has two lines) and what that means.

    `noun` is the label without year and unit, `year` a western fiscal year, `unit` what governs its figures.
    """

    role: Role
    noun: str
    label: str
    over: str | None = None
    year: int | None = None
    unit: str | None = None
    decimals: int = 0
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed (`""` when blank), its figure if it holds one, and the row where its words are printed.

    `means` is what a blank cell under a merged group stands for.
    """

    printed: str
    value: Decimal | None
    home: int
    means: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row; a total is never data."""

    cells: tuple[Cell, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what stands above it. `year` is the fiscal year its title gives to figures without one."""

    title: str
    note: str | None
    year: int | None
    theme: dict[str, Any]
    office: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    layout: Layout

    @property
    def key(self) -> int:
        """The column that names a row."""
        return next(i for i, column in enumerate(self.columns) if column.role == "name")

    def of_role(self, role: Role) -> tuple[int, ...]:
        """The columns of a role, from the left."""
        return tuple(i for i, column in enumerate(self.columns) if column.role == role)

    def data(self) -> tuple[int, ...]:
        """The rows that are not totals."""
        return tuple(i for i, row in enumerate(self.rows) if not row.total)

    def name(self, row: int) -> str:
        """What a row is called."""
        return self.rows[row].cells[self.key].means

    def value(self, row: int, column: int) -> Decimal | None:
        """The figure of a cell, None when it has none."""
        return self.rows[row].cells[column].value


def era_year(year: int, style: Era) -> str:
    """A fiscal year as a header prints it: R6, 令和6年度 or 2024年度."""
    if style == "west":
        return f"{year}年度"
    era, letter, base = next(e for e in _ERAS if year > e[2])
    if style == "short":
        return f"{letter}{year - base}"
    return f"{era}{'元' if year == base + 1 else year - base}年度"


def make_table(layout: Layout) -> Table:
    """The table of a layout; the same for the same layout."""
    dice = random.Random(layout.seed)  # noqa: S311 - test data
    theme = WORDS["theme"][layout.theme]
    columns = _columns(layout, theme, dice)
    title_year = f"{era_year(layout.title_year, layout.era)} " if layout.title_year else ""
    if layout.era == "short" and title_year:
        title_year = f"{era_year(layout.title_year or 0, 'long')} "
    money = next((c.unit for c in columns if c.unit in ("千円", "円")), None)
    note = f"(単位:{money})" if layout.note and money else None
    rows = _with_totals(layout, columns, _data(layout, theme, columns, dice))
    return Table(
        title=title_year + dice.choice(theme["title"]),
        note=note if not layout.wide or not note else note.replace("(", "（").replace(")", "）").replace(":", "："),
        year=layout.title_year,
        theme=theme,
        office=layout.grouping is not None and WORDS["grouping"][layout.grouping]["office"],
        columns=columns,
        rows=rows,
        layout=layout,
    )


def _columns(layout: Layout, theme: dict[str, Any], dice: random.Random) -> tuple[Column, ...]:
    columns: list[Column] = []
    if layout.grouping is not None:
        columns += [Column("group", label, label) for label in WORDS["grouping"][layout.grouping]["labels"]]
    columns.append(Column("name", theme["key"], theme["key"]))
    if layout.status is not None:
        label = WORDS["status"][layout.status]["label"]
        columns.append(Column("status", label, label))
    figures = [_figure(layout, theme["measures"][m], year) for m, years in layout.measures for year in years or (None,)]
    if layout.two_lines:
        figures.sort(key=lambda c: c.year or 0)  # a year stands over all its measures
    columns += figures
    first = [c for c in figures if c.noun == theme["measures"][layout.measures[0][0]]]
    if layout.change and len(first) > 1 and not layout.two_lines:
        columns.append(
            Column("figure", "増減", _with_unit("増減", first[0].unit, layout), unit=first[0].unit, derived=True)
        )
    if layout.remark:
        columns.append(Column("remark", WORDS["remark"]["label"], WORDS["remark"]["label"]))
    return tuple(columns)


def _figure(layout: Layout, noun: str, year: int | None) -> Column:
    measure = WORDS["measure"][noun]
    unit = _money(layout) if "円" in measure["units"][0] else measure["units"][0]
    printed = "" if year is None or layout.two_lines else era_year(year, layout.era)
    space = "" if layout.era == "short" or not printed else " " * (layout.seed % 3 == 0)
    return Column(
        role="figure",
        noun=noun,
        label=_with_unit(f"{printed}{space}{noun}", unit, layout),
        over=era_year(year, layout.era) if layout.two_lines and year else None,
        year=year,
        unit=unit,
        decimals=measure.get("decimals", 0),
    )


def _money(layout: Layout) -> str:
    """The unit of every amount of money in a table: the first that all its measures are printed in."""
    theme = WORDS["theme"][layout.theme]
    units = [WORDS["measure"][theme["measures"][m]]["units"] for m, _ in layout.measures]
    money = [u for u in units if "円" in u[0]]
    return next((u for u in money[0] if all(u in other for other in money)), "円")


def _with_unit(label: str, unit: str | None, layout: Layout) -> str:
    if unit is None or (layout.note and unit in ("千円", "円")):
        return label
    return f"{label}（{unit}）" if layout.wide else f"{label}({unit})"


def _names(theme: dict[str, Any], count: int, dice: random.Random) -> list[str]:
    """Different names; half of them vary one part of a name that is there already."""
    parts = [theme["first"], theme["second"], theme["third"]]
    names: dict[str, tuple[str, ...]] = {}
    while len(names) < count:
        chosen = [dice.choice(part) for part in parts]
        if names and dice.random() < 0.5:
            kept = dice.choice(list(names.values()))
            varied = dice.randrange(3)
            chosen = [chosen[i] if i == varied else kept[i] for i in range(3)]
        names["".join(chosen)] = tuple(chosen)
    return list(names)


def _groups(layout: Layout, dice: random.Random) -> list[tuple[str, ...]]:
    """The groups of each row, rows of a group below each other."""
    if layout.grouping is None:
        return [()] * layout.rows
    outer: dict[str, list[str]] = WORDS["grouping"][layout.grouping]["outer"]
    leaves: list[tuple[str, ...]] = [(o, i) for o, inner in outer.items() for i in inner] or [(o,) for o in outer]
    chosen = sorted(dice.choice(range(len(leaves))) for _ in range(layout.rows))
    return [leaves[i] for i in chosen]


def _data(layout: Layout, theme: dict[str, Any], columns: tuple[Column, ...], dice: random.Random) -> list[Row]:
    rows: list[Row] = []
    names = _names(theme, layout.rows, dice)
    for number, (name, groups) in enumerate(zip(names, _groups(layout, dice), strict=True)):
        cells: list[Cell] = []
        for i, column in enumerate(columns):
            if column.role == "group":
                cells.append(Cell(groups[i], None, number, groups[i]))
            elif column.role == "name":
                cells.append(Cell(name, None, number, name))
            elif column.role == "figure":
                cells.append(
                    _derived(cells, columns, layout, number)
                    if column.derived
                    else _number(column, layout, dice, number)
                )
            else:
                word = _word(column, layout, dice)
                cells.append(Cell(word, None, number, word))
        if sum(bool(cell.printed) for cell in cells) == 1:
            # A line with nothing but a name might as well be a heading.
            first = next(i for i, column in enumerate(columns) if column.role == "figure")
            cells[first] = Cell("-", None, number, "-")
        rows.append(Row(tuple(cells), False))
    return rows


def _word(column: Column, layout: Layout, dice: random.Random) -> str:
    if column.role == "remark":
        return dice.choice(WORDS["remark"]["words"]) if dice.random() < 0.25 else ""
    assert layout.status is not None
    word: str = dice.choice(WORDS["status"][layout.status]["words"])
    return word


def _number(column: Column, layout: Layout, dice: random.Random, number: int) -> Cell:
    chance = dice.random()
    if chance < 0.04:
        return Cell("", None, number, "")
    if chance < 0.08:
        return Cell("-", None, number, "-")
    measure = WORDS["measure"][column.noun]
    scale = 1000 if column.unit == "円" and "千円" in measure["units"] else 1
    if chance < 0.12:
        value = Decimal(0)
    elif column.decimals:
        value = Decimal(dice.randint(measure["low"] * 10, measure["high"] * 10)) / 10
    else:
        # Amounts are spread over orders of magnitude, as in real tables.
        low, high = max(1, measure["low"]), measure["high"]
        value = Decimal(
            round(low * (high / low) ** dice.random()) * scale + (dice.randrange(scale) if scale > 1 else 0)
        )
    return Cell(figure_text(value, column.decimals, layout.negative), value, number, "")


def _derived(cells: list[Cell], columns: tuple[Column, ...], layout: Layout, number: int) -> Cell:
    """The last year of the first measure less the year before, where both are figures."""
    noun = next(c.noun for c in columns if c.role == "figure")
    held = [cells[i].value for i, c in enumerate(columns) if c.noun == noun]
    last, before = held[-1], held[-2]
    if last is None or before is None:
        return Cell("-", None, number, "-")
    return Cell(figure_text(last - before, 0, layout.negative), last - before, number, "")


def figure_text(value: Decimal, decimals: int, negative: str) -> str:
    """A figure as printed: 1,234 or ▲1,234 or 85.0."""
    text = f"{abs(value):,.{decimals}f}"
    return f"{negative}{text}" if value < 0 else text


def _with_totals(layout: Layout, columns: tuple[Column, ...], data: list[Row]) -> tuple[Row, ...]:
    """The rows with subtotals below each outer group and a total at the end; merged groups left blank."""
    rows: list[Row] = []
    groups = [i for i, c in enumerate(columns) if c.role == "group"]
    summed = any(c.role == "figure" and not c.decimals for c in columns)  # nobody adds rates
    start = 0
    for number, row in enumerate(data):
        rows.append(row)
        ends = number + 1 == len(data) or (groups and data[number + 1].cells[0].means != row.cells[0].means)
        if layout.subtotals and summed and groups and ends and number + 1 - start >= 2:
            rows.append(_total("小計", columns, data[start : number + 1], layout))
        if ends:
            start = number + 1
    if layout.total and summed and len(data) >= 2:
        rows.append(_total(layout.total, columns, data, layout))
    return tuple(_homed(layout, groups, rows))


def _total(label: str, columns: tuple[Column, ...], parts: list[Row], layout: Layout) -> Row:
    cells = []
    for i, column in enumerate(columns):
        if i == 0:
            cells.append(Cell(label, None, 0, label))
        elif column.role == "figure" and not column.decimals:
            value = sum((row.cells[i].value or Decimal(0) for row in parts), Decimal(0))
            cells.append(Cell(figure_text(value, 0, layout.negative), value, 0, ""))
        else:
            cells.append(Cell("", None, 0, ""))
    return Row(tuple(cells), True)


def _homed(layout: Layout, groups: list[int], rows: list[Row]) -> list[Row]:
    """Each cell with the row it is printed in: a merged group is printed in the first of its rows."""
    done: list[Row] = []
    for number, row in enumerate(rows):
        above = done[-1] if done and not done[-1].total and not row.total else None
        cells = []
        for i, cell in enumerate(row.cells):
            same = above is not None and all(above.cells[g].means == row.cells[g].means for g in groups if g <= i)
            if layout.merged and i in groups and above is not None and same:
                cells.append(Cell("", None, above.cells[i].home, cell.means))
            else:
                cells.append(Cell(cell.printed, cell.value, number, cell.means))
        done.append(Row(tuple(cells), row.total))
    return done
