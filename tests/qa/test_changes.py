"""Changes between years, differences between things and shares: computed or printed, always the right way round."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus import Document, read_document
from qa.changes import change, change_columns, difference_written, is_change_row
from qa.frames import Frame
from qa.framing import table_frame
from qa.results import Result, number, value_of
from qa.tabular import Proposal, propose
from qa.understand import understand

Best = Callable[..., Proposal]
Framed = Callable[..., Frame]


@pytest.mark.parametrize(
    ("name", "text", "value", "note", "written"),
    [
        ("koumin_kouza", "手話講座の予算は前年度からどれだけ増えましたか？", 13, "years", "415 − 402 = 13 (千円)"),
        ("koumin_kouza", "写真講座の令和4年度から令和5年度の予算の増減は？", 0, "years", "200 − 200 = 0 (千円)"),
        ("koumin_kouza", "天文教室と手話講座の令和5年度予算の差は？", 95, "rows", "415 − 320 = 95 (千円)"),
        ("koumin_kouza", "手話講座と天文教室の令和5年度予算の差は？", 95, "rows", "415 − 320 = 95 (千円)"),
        ("haisui", "平成30年度から令和2年度に配水量はどれだけ増えましたか？", 22, "years", "2,420 − 2,398 = 22"),
        ("haisui", "令和2年度と平成30年度の配水量の差は？", 22, "years", "2,420 − 2,398 = 22"),
        ("sainyuu", "固定資産税の本年度と前年度の差は？", -200, "years", "3,100 − 3,300 = −200 (千円)"),
    ],
)
def test_differences(name: str, text: str, value: int, note: str, written: str, best: Best) -> None:
    result = best(name, text).result
    assert (result.kind, result.value, result.note, result.written) == ("difference", value, note, written)


@pytest.mark.parametrize(
    ("name", "text", "value", "unit", "written"),
    [
        (
            "koumin_kouza",
            "手話講座の令和4年度から令和5年度の予算の増加率は？",
            "3.2",
            "%",
            "(415 − 402) ÷ 402 × 100 ≒ 3.2 (%)",
        ),
        ("sainyuu", "住宅使用料は公園使用料の何倍ですか？", "4.6", "倍", "410 ÷ 90 ≒ 4.6 (倍)"),
        ("sainyuu", "公園使用料は住宅使用料の何倍ですか？", "0.22", "倍", "90 ÷ 410 ≒ 0.22 (倍)"),
    ],
)
def test_ratios(name: str, text: str, value: str, unit: str, written: str, best: Best) -> None:
    result = best(name, text).result
    assert (result.kind, result.value, result.unit, result.written) == ("ratio", Decimal(value), unit, written)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("本年度が前年度より最も増えた項は？", "個人市民税", 200),
        ("前年度からの増減で最も減った項は？", "固定資産税", -200),
    ],
)
def test_what_grew_or_shrank_most(text: str, name: str, value: int, best: Best) -> None:
    result = best("sainyuu", text).result
    assert (result.kind, [result.plan.frame.name(r) for r in result.things], result.value) == ("maximum", [name], value)


def test_printed_changes_are_known_by_their_header(frame: Framed) -> None:
    sainyuu = frame("sainyuu")
    assert [sainyuu.columns[c].label for c in change_columns(sainyuu, False)] == ["比較(千円)"]
    assert change_columns(sainyuu, True) == ()
    assert change_columns(frame("shisetsu"), False) == ()


def test_a_printed_change_is_the_computed_one(best: Best) -> None:
    """In a table that prints both, the change of every row is what its years differ by."""
    plan = best("sainyuu", "本年度が前年度より最も増えた項は？").plan
    column = change_columns(plan.frame, False)[0]
    for row in range(len(plan.frame)):
        printed = plan.frame.quantity(row, column)
        assert printed is not None
        assert change(plan, row) == printed.value


def test_a_row_may_be_the_change(read: Callable[[str, str], Document]) -> None:
    own = table_frame(
        read("kaiin.csv", "会,年度,会員数(人)\n東,令和3年度,10\n東,増減,2\n西,令和3年度,7\n西,増減,1\n"), 0
    )
    assert [is_change_row(own, r, 1) for r in range(4)] == [False, True, False, True]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[tuple[int, int]], str], Result | None]:
    def run(figures: list[tuple[int, int]], text: str) -> Result | None:
        lines = ["講座名,R4経費(千円),R5経費(千円)"]
        lines += [f"講座{chr(0x30A2 + 2 * i)},{old},{new}" for i, (old, new) in enumerate(figures)]
        path = tmp_path_factory.mktemp("changed") / "keihi.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        found = propose(understand(text), (table_frame(read_document(path), 0),))
        return found[0].result if found else None

    return run


Changed = Callable[[list[tuple[int, int]], str], Result | None]
PAIRS = st.lists(st.tuples(st.integers(2_100, 99_999), st.integers(2_100, 99_999)), min_size=3, max_size=8)


@settings(max_examples=25)
@given(figures=PAIRS)
def test_the_largest_growth_is_the_largest_growth(figures: list[tuple[int, int]], changed: Changed) -> None:
    grown = [new - old for old, new in figures]
    assume(grown.count(max(grown)) == 1 and max(grown) > 0)
    result = changed(figures, "経費が最も増えた講座は？")
    assert result is not None
    assert (result.things, result.value) == ((grown.index(max(grown)),), max(grown))
    old, new = result.operands
    assert value_of(new) - value_of(old) == result.value


@settings(max_examples=25)
@given(figures=PAIRS)
def test_growth_and_shrinking_are_told_apart(figures: list[tuple[int, int]], changed: Changed) -> None:
    grown = [i for i, (old, new) in enumerate(figures) if new > old]
    shrunk = [i for i, (old, new) in enumerate(figures) if new < old]
    for text, rows in (
        ("経費が増えた講座はいくつありますか？", grown),
        ("経費が減った講座はいくつありますか？", shrunk),
    ):
        result = changed(figures, text)
        assert (list(result.things) if result else []) == rows


@settings(max_examples=25)
@given(old=st.integers(2_100, 99_999), new=st.integers(2_100, 99_999))
def test_a_difference_of_years_is_later_less_earlier(old: int, new: int, changed: Changed) -> None:
    figures = [(old, new), (3_000, 4_000), (5_000, 7_000)]
    result = changed(figures, "講座アの経費は令和4年度から令和5年度にどれだけ増えましたか？")
    assert result is not None
    assert result.value == new - old
    assert result.written == f"{number(Decimal(new))} − {number(Decimal(old))} = {number(Decimal(new - old))} (千円)"
    assert result.written == difference_written(result.operands, Decimal(new - old))
