"""The independent checker: it passes every true and proven answer, and none that is tampered with."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.generated import Known, Reading, Source, Table, check, questions, read_source, tables, write
from benchmarks.generated.arithmetic import Unreadable, steps
from benchmarks.generated.figures import figures, half_up, mentioned, without_years, years

Answer = dict[str, Any]
Ref = tuple[int, int]
YES = {"yes": "はい。", "no": "いいえ。", "up": "増加は", "down": "減少は", "same": "変わりません。", None: ""}


def cited(source: Source, ref: Ref) -> Answer:
    table = source.table
    column = table.columns[ref[1]]
    quote = table.rows[ref[0]].cells[ref[1]].printed
    line = source.written.lines[ref]
    path = [part for part in (column.over, column.label) if part]
    return {"line_start": line, "line_end": line, "quote": quote, "column": path, "row": None}


def shown(value: Fraction) -> str:
    exact = value.denominator == 1 or (value * 10).denominator == 1
    return f"{float(value):,.1f}".removesuffix(".0") if exact else f"{float(half_up(value, 2)):,.2f}"


def calculation(known: Known, table: Table, reading: Reading) -> str | None:
    """A calculation that a right answer would show, written here by hand for each kind."""
    refs = [next(iter(refs)) for refs in reading.must if next(iter(refs)) in reading.operands]
    values = [Fraction(table.value(*ref) or 0) for ref in refs]
    said = [shown(v).replace("-", "▲") for v in values]
    if known.kind in ("sum", "sum of named"):
        return f"{' + '.join(said)} = {shown(sum(values, Fraction(0)))} (人)" if said else None
    if known.kind == "average":
        return f"({' + '.join(said)}) ÷ {len(said)} ≒ {float(half_up(sum(values, Fraction(0)) / len(said), 2)):.2f}"
    if known.kind.startswith("difference") and len(said) == 2:
        return f"{said[1]} − {said[0]} = {shown(values[1] - values[0]).replace('-', '▲')} (千円)"
    if known.kind == "rate of change":
        return f"({said[1]} − {said[0]}) ÷ {said[0]} × 100 ≒ {float(half_up((values[1] - values[0]) / values[0] * 100, 2)):.2f}"
    if known.kind == "ratio":
        return f"{said[0]} ÷ {said[1]} ≒ {float(half_up(values[0] / values[1], 2)):.2f}"
    if known.kind == "share":
        part = next(v for v in values if half_up(v / sum(values) * 100, 9) == half_up(reading.figures[0].value, 9))
        return f"{shown(part)} ÷ ({' + '.join(said)}) × 100 ≒ {float(half_up(part / sum(values) * 100, 2)):.2f}"
    return None


def ideal(known: Known, source: Source) -> Answer:
    """What the best answer would be."""
    reading = known.readings[0]
    said = [f"{shown(f.value)}{f.unit or '件'}" for f in reading.figures]
    words = YES[reading.polarity] + "、".join([*sorted(reading.names or ()), *said]) + "です。"
    refs = [min(refs) for refs in reading.must]
    return {
        "answered": True,
        "kind": "value",
        "answer": words,
        "values": [{"value": float(f.value), "unit": f.unit, "text": ""} for f in reading.figures],
        "calculation": calculation(known, source.table, reading),
        "citations": [cited(source, ref) for ref in refs],
    }


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Table], Source]:
    return lambda table: read_source(table, write(table, tmp_path_factory.mktemp("file")))


def provable(table: Table, dice: int) -> list[Known]:
    return [known for known in questions(table, dice, 20) if known.readings and not known.refusable]


@settings(max_examples=60)
@given(tables(25), st.integers(0, 10**6))
def test_a_true_and_proven_answer_passes(read: Callable[[Table], Source], table: Table, dice: int) -> None:
    source = read(table)
    for known in provable(table, dice):
        verdict = check(known, source, ideal(known, source))
        assert verdict.outcome == "exact", (known, verdict, ideal(known, source))


def other_figure(answer: Answer, source: Source) -> Answer | None:
    found = figures(without_years(answer["answer"]))
    if not answer["values"] or not found:
        return None
    digit = next(c for c in reversed(answer["answer"]) if c.isdigit())
    at = answer["answer"].rindex(digit)
    changed = str((int(digit) + 3) % 10)
    return {**answer, "answer": answer["answer"][:at] + changed + answer["answer"][at + 1 :]}


def no_citation(answer: Answer, source: Source) -> Answer | None:
    return {**answer, "citations": answer["citations"][1:]}


def other_line(answer: Answer, source: Source) -> Answer | None:
    first, *rest = answer["citations"]
    return {
        **answer,
        "citations": [{**first, "line_start": first["line_start"] + 200, "line_end": first["line_end"] + 200}, *rest],
    }


def other_quote(answer: Answer, source: Source) -> Answer | None:
    first, *rest = answer["citations"]
    return {**answer, "citations": [{**first, "quote": first["quote"] + "7"}, *rest]}


def stray(answer: Answer, source: Source) -> Answer | None:
    table = source.table
    column = table.of_role("remark")
    row = next((r for r in table.data() if column and table.rows[r].cells[column[0]].printed), None)
    return None if row is None else {**answer, "citations": [*answer["citations"], cited(source, (row, column[0]))]}


def false_calculation(answer: Answer, source: Source) -> Answer | None:
    return {**answer, "calculation": f"{answer['calculation']}1"} if answer["calculation"] else None


def no_calculation(answer: Answer, source: Source) -> Answer | None:
    return {**answer, "calculation": None} if answer["calculation"] else None


def total_as_operand(answer: Answer, source: Source) -> Answer | None:
    """The same result by way of a total that the table prints: total − (total − result)."""
    if not answer["calculation"] or len(answer["values"]) != 1:
        return None
    result = Fraction(str(answer["values"][0]["value"]))
    table = source.table
    for r, row in enumerate(table.rows):
        for i in table.of_role("figure"):
            total = row.cells[i].value
            if row.total and total and total > 1000 and result.denominator == 1 and Fraction(total) != result:
                rest = f"{int(Fraction(total) - result):,}".replace("-", "▲")
                sum_of = f"{total:,} − {rest} = {int(result):,}"
                return {
                    **answer,
                    "calculation": sum_of,
                    "citations": [*answer["citations"], cited(source, (r, i))],
                }
    return None


def flipped(answer: Answer, source: Source) -> Answer | None:
    for one, other in (("はい。", "いいえ。"), ("いいえ。", "はい。"), ("増加", "減少"), ("減少", "増加")):
        if answer["answer"].startswith(one):
            return {**answer, "answer": other + answer["answer"].removeprefix(one)}
    return None


def one_name_more(answer: Answer, source: Source) -> Answer | None:
    names = {source.table.name(r) for r in source.table.data()}
    held = mentioned(answer["answer"], names)
    more = sorted(names - held)
    return {**answer, "answer": f"{more[0]}、{answer['answer']}"} if held and more else None


TAMPERINGS = [
    other_figure, no_citation, other_line, other_quote, stray, false_calculation, no_calculation, total_as_operand, flipped,
    one_name_more,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda t: t.__name__)
@settings(max_examples=12)
@given(tables(15), st.integers(0, 10**6))
def test_no_tampered_answer_passes(
    read: Callable[[Table], Source],
    tamper: Callable[[Answer, Source], Answer | None],
    table: Table,
    dice: int,
) -> None:
    source = read(table)
    tried = [(k, changed) for k in provable(table, dice) if (changed := tamper(ideal(k, source), source))]
    assume(tried)
    for known, changed in tried:
        assert check(known, source, changed).outcome in ("wrong", "unproven"), (known, changed)


@settings(max_examples=20)
@given(tables(15), st.integers(0, 10**6))
def test_whatever_is_said_where_nothing_can_be_known_is_wrong(
    read: Callable[[Table], Source], table: Table, dice: int
) -> None:
    source = read(table)
    asked = questions(table, dice, 20)
    answers = [ideal(k, source) for k in asked if k.readings]
    for known in asked:
        if not known.readings and answers:
            assert check(known, source, answers[0]).outcome == "wrong"
            refusal = {**answers[0], "answered": False, "kind": "none"}
            assert check(known, source, refusal).right


@pytest.mark.parametrize(
    "text",
    [
        "7,585 − 7,362 = 223 (千円)",
        "(6,293 − 3,164) ÷ 3,164 × 100 ≒ 98.9 (%)",
        "5 − ▲3 = 8",
        "1 + 2 = 3; 3 ÷ 2 = 1.5",
        "(10人 + 20人) ÷ 2 = 15人",
        "2 ÷ 3 ≒ 0.67",
    ],
)
def test_calculations_that_come_out(text: str) -> None:
    assert steps(text)


@pytest.mark.parametrize(
    "text",
    [
        "7,585 − 7,362 = 224",
        "2 ÷ 3 = 0.67",
        "2 ÷ 3 ≒ 0.66",
        "1 + 2",
        "1 + = 1",
        "(1 + 2 = 3",
        "あ + 1 = 2",
        "1 ÷ 0 = 0",
        "",
    ],
)
def test_calculations_that_do_not(text: str) -> None:
    with pytest.raises(Unreadable):
        steps(text)


def test_figures_years_and_names_are_told_apart() -> None:
    text = "令和６年度の第2体育館の利用者数はR5の１,２３４人から▲12.5%、2023年度は0人です。"
    assert years(text) == {2024, 2023}
    said = [(float(f.value), f.unit) for f in figures(without_years(text))]
    assert said == [(2, None), (1234, "人"), (-12.5, "%"), (0, "人")]
    assert mentioned("北部会館と北部市民会館", ["北部会館", "北部市民会館", "市民会館"]) == {"北部会館", "北部市民会館"}
