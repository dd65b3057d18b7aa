"""Generated questions: their answers are known, their evidence is printed, and every kind is asked."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generated import Layout, Table, make_table, questions, tables
from benchmarks.generated.figures import figures, mentioned, years
from benchmarks.generated.known import Ref
from benchmarks.generated.tables import WORDS

SEEDS = st.integers(0, 10**6)


def printed(table: Table, ref: Ref) -> str:
    return table.rows[ref[0]].cells[ref[1]].printed


@settings(max_examples=30)
@given(tables(30), SEEDS)
def test_the_same_seed_asks_the_same_and_nothing_twice(table: Table, seed: int) -> None:
    asked = questions(table, seed, 20)
    assert questions(table, seed, 20) == asked
    assert len({known.text for known in asked}) == len(asked)


@settings(max_examples=50)
@given(tables(30), SEEDS)
def test_what_must_be_cited_is_printed_and_what_is_reckoned_with_is_data(table: Table, seed: int) -> None:
    for known in questions(table, seed, 20):
        for reading in known.readings:
            assert all(printed(table, ref) for refs in reading.must for ref in refs)
            first = known.readings[0]
            assert not any(table.rows[row].total for row, _ in first.operands)
            assert all(table.value(*ref) is not None for ref in reading.operands)


@settings(max_examples=50)
@given(tables(30), SEEDS)
def test_what_cannot_be_known_is_not_in_the_table(table: Table, seed: int) -> None:
    spoken = {column.year for column in table.columns} | {table.year}
    words = [cell.means for row in table.rows for cell in row.cells] + [column.label for column in table.columns]
    for known in questions(table, seed, 40):
        if known.kind == "unanswerable year":
            assert years(known.text) - spoken
        elif known.kind == "unanswerable name":
            absent = [name for name in WORDS["absent"]["names"] if name in known.text]
            assert absent
            assert not any(absent[0] in word for word in words)
        assert bool(known.readings) != known.kind.startswith("unanswerable")


@settings(max_examples=50)
@given(tables(30), SEEDS)
def test_a_threshold_stands_in_the_question_and_parts_the_rows(table: Table, seed: int) -> None:
    for known in questions(table, seed, 40):
        said = {abs(f.value) for f in figures(known.text)}
        assert {abs(t) for t in known.thresholds} <= said
        if known.kind == "list":
            named = known.readings[0].names or frozenset()
            assert named <= {table.name(r) for r in table.data()}
            assert len(known.readings[0].must) == len(named)


@settings(max_examples=50)
@given(tables(30), SEEDS)
def test_a_named_row_is_the_only_one_that_bears_the_name(table: Table, seed: int) -> None:
    names = [table.name(r) for r in table.data()]
    for known in questions(table, seed, 20):
        if known.kind == "look-up":
            ((row, _),) = known.readings[0].must[0]
            held = mentioned(known.text, names)
            assert held <= {table.name(row)}, "another row's full name stands in the question"


def small(**changes: object) -> Table:
    given: dict[str, object] = {
        "seed": 11, "rows": 12, "theme": 0, "grouping": 0, "status": 0, "remark": True, "measures": ((0, (2023, 2024)), (5, (2024,))),
        "title_year": None, "era": "short", "two_lines": False, "note": True, "wide": False, "merged": True, "subtotals": True,
        "total": "合計", "change": True, "negative": "▲", "format": "csv", **changes,
    }  # fmt: skip
    return make_table(Layout(**given))  # type: ignore[arg-type]


def test_every_kind_is_asked_of_a_table_that_has_everything() -> None:
    table = small(rows=25)
    kinds = {known.kind for seed in range(12) for known in questions(table, seed, 30)}
    assert kinds - {"maximum, shared", "minimum, shared"} == {
        "look-up", "look-up of nothing", "two years", "list", "count", "sum", "sum of named", "average", "maximum", "minimum",
        "top three", "difference of years", "difference of rows", "rate of change", "share", "ratio", "yes or no, figure",
        "yes or no, word", "yes or no, more", "yes or no, same", "unanswerable name", "unanswerable year", "unanswerable measure",
        "unanswerable group",
    }  # fmt: skip


def test_a_sum_is_the_sum_of_the_figures_that_its_cells_print() -> None:
    table = small(seed=5)
    found = [k for seed in range(8) for k in questions(table, seed, 30) if k.kind == "sum"]
    assert found
    for known in found:
        cells = [printed(table, ref) for refs in known.readings[0].must for ref in refs]
        assert known.readings[0].figures[0].value == sum((Fraction(c.replace(",", "")) for c in cells), Fraction(0))
