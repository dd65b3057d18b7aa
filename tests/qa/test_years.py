"""Years choose columns, else rows; what bears out a year that chooses nothing; and months."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from qa.frames import Frame
from qa.framing import table_frame
from qa.types import Question
from qa.understand import understand
from qa.years import asked_years, change_rows, months, place_years

Framed = Callable[..., Frame]


def everything(frame: Frame) -> np.ndarray:
    return np.ones(len(frame), dtype=np.bool_)


def columns(frame: Frame, *starts: str) -> tuple[int, ...]:
    return tuple(c.index for c in frame.columns if c.label.startswith(starts))


def placed(frame: Frame, text: str, *starts: str) -> tuple[list[str], list[int], tuple[float, ...]]:
    asked = understand(text)
    years = asked_years(asked, frame)
    kept, rows, borne_out = place_years(frame, asked, columns(frame, *starts), everything(frame), years, (), {})
    return [frame.columns[c].label for c in kept], np.flatnonzero(rows).tolist(), borne_out


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("令和4年度の予算は？", (2022,)),
        ("R2とR4の予算は？", (2020, 2022)),
        ("R2からR4までの予算は？", (2020, 2021, 2022)),
        ("本年度の予算は？", (2023,)),
        ("前年度の予算は？", (2022,)),
        ("令和3年度の前年度の予算は？", (2021, 2020)),
        ("令和5年度の予算は前年度と比べてどれだけ増えましたか？", (2023, 2022)),
        ("前年度より最も増えた講座は？", ()),
        ("予算は？", ()),
    ],
)
def test_the_years_asked_for(text: str, years: tuple[int, ...], frame: Framed) -> None:
    assert asked_years(understand(text), frame("koumin_kouza")) == years


@given(first=st.integers(2012, 2022), more=st.integers(1, 6))
def test_a_range_is_every_year_of_it(first: int, more: int, frame: Framed) -> None:
    asked = understand(f"{first}年度から{first + more}年度までの予算は？")
    assert asked_years(asked, frame("koumin_kouza")) == tuple(range(first, first + more + 1))


def test_a_year_chooses_its_column(frame: Framed) -> None:
    assert placed(frame("koumin_kouza"), "R4の予算は？", "R4 ", "R5 ") == (
        ["R4 当初予算額 (千円)"], list(range(5)), (1.0,),
    )  # fmt: skip


def test_a_calculation_without_a_year_is_of_the_latest(frame: Framed) -> None:
    assert placed(frame("koumin_kouza"), "予算の合計は？", "R4 ", "R5 ")[0] == ["R5 当初予算額 (千円)"]
    assert len(placed(frame("koumin_kouza"), "予算は？", "R4 ", "R5 ")[0]) == 2
    assert len(placed(frame("koumin_kouza"), "予算はどれだけ増えましたか？", "R4 ", "R5 ")[0]) == 2


def test_a_year_chooses_rows_where_no_column_has_it(frame: Framed) -> None:
    assert placed(frame("haisui"), "令和2年度の配水量は？", "配水量")[1:] == ([3], (1.0,))
    assert placed(frame("haisui"), "平成30年度から令和2年度までの配水量は？", "配水量")[1:] == ([1, 2, 3], (1.0,) * 3)
    assert placed(frame("jinkou"), "令和元年度の人口は？", "人口")[1:] == (list(range(6, 12)), (1.0,))


def test_a_year_without_column_or_row_is_not_borne_out(frame: Framed) -> None:
    assert placed(frame("koumin_kouza"), "令和9年度の予算は？", "R4 ", "R5 ")[2] == (-1.0,)
    assert placed(frame("haisui"), "令和9年度の配水量は？", "配水量")[2] == (-1.0,)
    assert placed(frame("jinkou"), "平成30年度と令和9年度の人口は？", "人口")[2][-1] == -1.0


def test_the_only_year_of_a_document_bears_itself_out(read: Callable[[str, str], Document]) -> None:
    one = table_frame(read("yama.txt", "山海市の施設(令和4年度)\n\n施設\t利用者 (人)\n東館\t120\n西館\t95\n"), 0)
    assert one.document.years == (2022,)
    (own,) = placed(one, "令和4年度の東館の利用者は？", "利用者")[2]
    (other,) = placed(one, "令和3年度の東館の利用者は？", "利用者")[2]
    assert own > 0.5 > 0.0 > other


@pytest.fixture
def raijou(read: Callable[[str, str], Document]) -> Frame:
    return table_frame(read("raijou.csv", "月,来場者(人)\n4月,120\n5月,98\n6月,77\n7月,101\n"), 0)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("令和3年5月の来場者は？", [1]),
        ("4月と6月の来場者は？", [0, 2]),
        ("4月から6月までの来場者は？", [0, 1, 2]),
        ("令和3年4月から令和3年6月までの来場者は？", [0, 1, 2]),
        ("令和3年12月の来場者は？", []),
        ("令和3年度の来場者は？", [0, 1, 2, 3]),
    ],
)
def test_months_choose_their_rows(text: str, rows: list[int], raijou: Frame) -> None:
    assert np.flatnonzero(months(raijou, understand(text), everything(raijou))).tolist() == rows


def test_printed_changes_are_offered_only_when_a_change_is_asked_for(read: Callable[[str, str], Document]) -> None:
    own = table_frame(
        read("kaiin.csv", "会,年度,会員数(人)\n東,令和3年度,10\n東,増減,2\n西,令和3年度,7\n西,増減,1\n"), 0
    )

    def offered(asked: Question) -> list[list[int]]:
        whole = everything(own)
        return [
            np.flatnonzero(m).tolist() for m, _ in change_rows(own, asked, columns(own, "会員数"), whole, whole, ())
        ]

    assert offered(understand("会員数の合計は？")) == [[0, 2]]
    assert offered(understand("会員数が最も増えた会は？")) == [[0, 2], [1, 3]]
