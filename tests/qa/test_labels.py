"""A header label is taken apart: its name, its years; and a cell that is a year says which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.frames import Frame
from qa.labels import base_year, core, header_years, year_of

Framed = Callable[..., Frame]


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("R3 当初予算額 (千円)", "当初予算額"),
        ("令和3年度決算額", "決算額"),
        ("利用者数(人)", "利用者数"),
        ("本年度", ""),
        ("対前年度増減", "対前年度増減"),
        ("備考", "備考"),
    ],
)
def test_a_header_without_years_units_and_remarks(label: str, bare: str) -> None:
    assert core(label) == bare


@given(st.text("令和平成0123456789年度R予算額(千円) ", max_size=16))
def test_a_core_has_no_more_letters_than_its_header(label: str) -> None:
    assert len(core(label)) <= len(label)
    assert set(core(label)) <= set(label)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018", 2018), ("令和3年度", 2021), ("R3年度 (2021)", 2021), ("令和元年", 2019), ("平成31年", 2019), ("H30", 2018),
        ("30", None), ("2018人", None), ("令和3年9月", None), ("令和3年度決算", None), ("令和2~3年度", None), ("", None), (None, None),
        ("1,2018", None),
    ],
)  # fmt: skip
def test_a_cell_that_is_a_year(text: str | None, year: int | None) -> None:
    assert year_of(text) == year


def test_this_year_counts_from_the_last_year_of_the_document(frame: Framed) -> None:
    dated, undated = frame("koumin_kouza").document, frame("sainyuu").document
    assert (base_year(dated), base_year(undated)) == (2023, 0)
    assert [header_years(label, base_year(dated)) for label in ("本年度", "前年度", "翌年度", "R3 予算", "備考")] == [
        (2023,), (2022,), (2024,), (2021,), (),
    ]  # fmt: skip
    assert header_years("前年度(千円)", base_year(undated)) == (-1,)


@pytest.mark.parametrize(
    ("label", "bare", "years"),
    [
        ("2005年度からの増加率", "2005年度からの増加率", ()), ("平成30年比", "平成30年比", ()), ("前年度からの増加率", "前年度からの増加率", ()),
        ("令和4年度末現在高", "末現在高", (2022,)), ("平成30年度 比率", "比率", (2018,)),
    ],
)  # fmt: skip
def test_the_year_a_change_is_counted_from_is_not_that_of_the_figure(
    label: str, bare: str, years: tuple[int, ...]
) -> None:
    assert (core(label), header_years(label, 2023)) == (bare, years)
