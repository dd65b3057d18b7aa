"""Is an answer right, and does it prove what it says? Judged from the file's bytes and what is known of the table.

It reads numbers, calculations and places by itself and shares no code with the program that answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from openpyxl import load_workbook

from benchmarks.generated.arithmetic import Step, Unreadable, steps
from benchmarks.generated.figures import Said, figures, half_up, mentioned, plain, without, without_years, years
from benchmarks.generated.files import Written
from benchmarks.generated.known import ABOVE, HEADER, Figure, Known, Reading, Ref
from benchmarks.generated.tables import Table

CALCULATED = {
    "sum",
    "sum of named",
    "average",
    "difference of years",
    "difference of rows",
    "rate of change",
    "share",
    "ratio",
}
_NOT_ANSWERS = {"none", "clarify", "chat"}
_DOWN = re.compile(r"減|少な|下回|低下|▲|△|マイナス|下が")
_UP = re.compile(r"増|多く|上回|上昇|プラス|上が")
_SAME = re.compile(r"同じ|同額|変わ|増減な|増減はあり|差はあり|0")
_THREE_DIGITS, _MOST_DECIMALS = 100, 5
_SAME_UNIT = {"名": "人", "ポイント": "%"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: whether it was answered and rightly, what the gate let through, what is wrong with the citations."""

    answered: bool
    right: bool
    gate: tuple[str, ...]
    citations: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """exact, refused (rightly or not), wrong, or right but unproven."""
        if not self.answered:
            return "refused"
        if not self.right:
            return "wrong"
        return "unproven" if self.gate or self.citations else "exact"


@dataclass(frozen=True, slots=True)
class Source:
    """What answers are judged by: the table as known, the places of its cells, and the lines of the file itself."""

    table: Table
    written: Written
    lines: tuple[str, ...]


def read_source(table: Table, written: Written) -> Source:
    """Read a file that a table was written to, once for all answers."""
    return Source(table, written, tuple(_lines(written)))


def check(known: Known, source: Source, answer: Mapping[str, Any]) -> Verdict:
    """Judge one answer, given as the contract's JSON object."""
    table = source.table
    if not answer["answered"] or answer["kind"] in _NOT_ANSWERS:
        return Verdict(False, not known.readings or known.refusable, (), ())
    citations = answer["citations"]
    cited = [_cells(c, source) for c in citations]
    gate = [f"quote: {c['quote']!r} not on {c['line_start']}" for c in citations if not _stands(c, source.lines)]
    if not citations:
        gate.append("quote: nothing is cited")
    gate += _loose(known, table, answer, cited)
    shown: tuple[Step, ...] = ()
    try:
        shown = _reckoned(answer["calculation"], _rows(cited, table))
    except Unreadable as error:
        gate.append(f"calculation: {error}")
    held = [r for r in known.readings if _fits(r, known, table, answer)]
    problems = [(_unreckoned(r, known, table, shown, answer), _miscited(r, cited)) for r in held]
    reckoned, miscited = min(problems, key=lambda p: len(p[0]) + len(p[1]), default=((), ()))
    return Verdict(True, bool(held), (*gate, *reckoned), tuple(miscited))


def _rows(cited: Sequence[frozenset[Ref]], table: Table) -> set[int]:
    """The rows, totals aside, that something is cited of."""
    return {row for refs in cited for row, _ in refs if row >= 0 and not table.rows[row].total}


def _reckoned(calculation: str | None, rows: set[int]) -> tuple[Step, ...]:
    """The equations of a calculation; one that only counts (`3 (件)`) must count the cited rows."""
    counted = re.fullmatch(r"(\d+)\s*\([^()\d]*\)", plain(calculation or ""))
    if counted is None:
        return steps(calculation) if calculation else ()
    if int(counted.group(1)) != len(rows):
        raise Unreadable(f"{len(rows)} rows are cited: {calculation!r}")
    return ()


def _lines(written: Written) -> list[str]:
    """The lines of the file as anyone sees them; of a workbook, the cells of each sheet row between tabs."""
    if written.encoding is not None:
        return written.path.read_bytes().decode(written.encoding).split("\n")
    sheet = load_workbook(written.path).worksheets[0]
    return ["\t".join(_shown(cell.value) for cell in row if cell.value is not None) for row in sheet.iter_rows()]


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _stands(citation: Mapping[str, Any], lines: Sequence[str]) -> bool:
    """Whether a quote stands on its lines, and not as a piece of a longer figure."""
    first, last, quote = citation["line_start"], citation["line_end"], citation["quote"]
    if not quote.strip() or not 1 <= first <= last <= len(lines):
        return False
    before = r"(?<![0-9.▲△])" if quote[0].isdigit() else ""
    after = r"(?!\.?[0-9])" if quote[-1].isdigit() else ""
    return re.search(f"{before}{re.escape(quote)}{after}", "\n".join(lines[first - 1 : last])) is not None


def _printed(table: Table, ref: Ref) -> str:
    row, column = ref
    if row == ABOVE:
        return (table.title, table.note or "")[column]
    if row == HEADER:
        return table.columns[column].label
    return table.rows[row].cells[column].printed


def _path(table: Table, column: int) -> str:
    said = table.columns[column]
    return re.sub(r"\s", "", plain((said.over or "") + said.label))


def _cells(citation: Mapping[str, Any], source: Source) -> frozenset[Ref]:
    """The cells that a citation's quote holds on its lines; among equal figures, that of the column it names."""
    table = source.table
    on = [
        ref
        for ref, line in source.written.lines.items()
        if citation["line_start"] <= line <= citation["line_end"] and _printed(table, ref)
    ]
    same = [ref for ref in on if _printed(table, ref) == citation["quote"].strip()]
    if not same:
        return frozenset(ref for ref in on if _printed(table, ref) in citation["quote"])
    named = re.sub(r"\s", "", plain("".join(citation["column"])))
    fitting = [ref for ref in same if ref[0] >= 0 and _path(table, ref[1]) == named]
    words = [ref for ref in same if ref[0] < 0 or table.columns[ref[1]].role != "figure"]
    return frozenset(fitting or words or ([] if named else same))


def _names(table: Table) -> set[str]:
    return {table.name(r) for r in table.data()}


def _words(table: Table) -> set[str]:
    """All words of a table. What stands in them (第2体育館, 健康増進課) is no figure and no word of the sentence's own."""
    cells = {cell.means for row in table.rows for cell in row.cells if cell.value is None and len(cell.means) > 1}
    return cells | {table.title, *(c.label for c in table.columns)}


def _loose(known: Known, table: Table, answer: Mapping[str, Any], cited: Sequence[frozenset[Ref]]) -> list[str]:
    """Figures and years of the sentence that stand in no quote and no calculation."""
    words = _words(table)
    bare = without_years(without(answer["answer"], words))
    ground = {abs(f.value) for c in answer["citations"] for f in figures(c["quote"])}
    ground |= {abs(f.value) for f in figures(answer["calculation"] or "")}
    ground |= {abs(t) for t in known.thresholds}
    ground.add(Fraction(len(_rows(cited, table))))
    if known.kind == "top three":
        ground.add(Fraction(3))
    loose = [
        f"figure: {float(f.value):,g}{f.unit or ''} is nowhere cited"
        for f in figures(bare)
        if abs(f.value) not in ground
    ]
    spoken = {c.year for c in table.columns if c.year} | ({table.year} if table.year else set())
    spoken |= years(table.title)
    return loose + [
        f"figure: year {y} is not the table's" for y in years(without(answer["answer"], _names(table))) - spoken
    ]


def _fits(reading: Reading, known: Known, table: Table, answer: Mapping[str, Any]) -> bool:
    """Whether an answer says just what a reading says."""
    words = _words(table)
    bare = without_years(without(answer["answer"], words))
    said = figures(bare)
    if not all(any(_is(figure, one) for one in said) for figure in reading.figures):
        return False
    if reading.names is not None and mentioned(answer["answer"], _names(table)) != reading.names:
        return False
    if known.kind.startswith("look-up") or known.kind == "two years":
        given = {Fraction(str(v["value"])) for v in answer["values"] if isinstance(v["value"], int | float)}
        if given != {figure.value for figure in reading.figures}:
            return False
    return _has_polarity(reading, bare, plain(answer["answer"]))


def _is(figure: Figure, said: Said) -> bool:
    if figure.unit is not None and _SAME_UNIT.get(said.unit or "", said.unit) != _SAME_UNIT.get(
        figure.unit, figure.unit
    ):
        return False
    if abs(said.value) == abs(figure.value):
        return True
    # 40.0 may be said as 40: what counts is that it is right to three digits or one decimal.
    least = 0 if abs(said.value) >= _THREE_DIGITS else 1
    places = range(max(least, said.decimals), _MOST_DECIMALS)
    return figure.rounded and any(abs(said.value) == half_up(abs(figure.value), d) for d in places)


def _has_polarity(reading: Reading, text: str, whole: str) -> bool:
    """Whether a sentence says yes, no, more or less as it should; `text` is without names and years."""
    if reading.polarity in ("yes", "no"):
        right, wrong = ("はい", "いいえ") if reading.polarity == "yes" else ("いいえ", "はい")
        told = reading.printed is not None and plain(reading.printed) in whole
        return whole.startswith(right) or (told and not whole.startswith(wrong))
    text = text.replace("増減", "")
    if reading.polarity == "up":
        return bool(_UP.search(text)) and not _DOWN.search(text)
    if reading.polarity == "down":
        return bool(_DOWN.search(text)) and not _UP.search(text)
    return reading.polarity is None or bool(_SAME.search(text))


def _unreckoned(
    reading: Reading, known: Known, table: Table, shown: tuple[Step, ...], answer: Mapping[str, Any]
) -> tuple[str, ...]:
    """What a calculation reckons with that it should not, or leaves out, or comes to."""
    if known.kind not in CALCULATED or (not reading.operands and not shown):
        return ()
    if not shown:
        derived = any(ref[0] >= 0 and table.columns[ref[1]].derived for refs in reading.must for ref in refs)
        return () if derived else ("calculation: none is shown",)
    sources = Counter(abs(Fraction(table.value(*ref) or 0)) for ref in reading.operands)
    used = Counter(abs(operand) for step in shown for operand in step.operands)
    results = {abs(step.result) for step in shown[:-1]}
    found = [f"calculation: {float(v):,g} is not reckoned with" for v in (sources - used) if v]
    free = {Fraction(100), Fraction(len(reading.operands)), *results}
    if known.kind in ("rate of change", "share"):
        free |= set(sources)
    found += [f"calculation: {float(v):,g} is no source" for v in (used - sources) if v not in free]
    figure = next(iter(reading.figures), Figure(Fraction(0), None))
    results |= {abs(shown[-1].result)}
    if not any(
        abs(f.value) in results and _is(Figure(figure.value, None, figure.rounded), f)
        for f in figures(answer["calculation"])
    ):
        found.append("calculation: its result is not what is known")
    return tuple(found)


def _miscited(reading: Reading, cited: Sequence[frozenset[Ref]]) -> tuple[str, ...]:
    """Evidence that is not cited, and what is cited without being evidence."""
    held = frozenset[Ref]().union(*cited)
    evidence = reading.may.union(*reading.must)
    missing = [f"citation: none for {sorted(refs)}" for refs in reading.must if not refs & held]
    return (*missing, *(f"citation: {sorted(refs)} is no evidence" for refs in cited if not refs & evidence))
