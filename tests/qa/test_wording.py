"""Headings, headers and cells are said as they are printed, without numbering, units in brackets and blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.types import Evidence
from qa.wording import attribute_phrase, leaf, with_unit


def cell(*attribute: str) -> Evidence:
    return Evidence("yama", "cell", 0, 0, 1, (), "講座", attribute, "1", None, "", 1)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("第1 観光費", "(2) 広報活動"), "広報活動"),
        (("1 人づくり",), "人づくり"),
        (("1-1「学びの場」",), "「学びの場」"),
        (("第3章 環境",), "環境"),
        (("① 講座",), "講座"),
        (("ア 案内所",), "案内所"),
        (("1.広報",), "広報"),
        (("天文教室",), "天文教室"),
        (("アメリカ交流",), "アメリカ交流"),
        (("3年生の教室",), "3年生の教室"),
        (("2回目",), "2回目"),
        (("(1)",), "(1)"),
        ((), ""),
    ],
)
def test_a_heading_without_its_numbering(path: tuple[str, ...], name: str) -> None:
    assert leaf(path) == name


@given(st.lists(st.text(max_size=12), max_size=3).map(tuple))
def test_a_name_is_the_end_of_the_last_heading(path: tuple[str, ...]) -> None:
    assert leaf(path) in (path[-1] if path else "")
    assert bool(leaf(path)) == bool(path and path[-1])


@pytest.mark.parametrize(
    ("attribute", "said"),
    [
        (("R3 当初予算額 (千円)",), "令和3年度当初予算額"),
        (("R2年度実績", "参加者(社)"), "令和2年度実績の参加者(社)"),
        (("金額(単位:千円)",), "金額"),
        (("備考(新規又は継続事業で変更があった場合に記入)",), "備考"),
        (("H30",), "平成30年度"),
        (("",), "内容"),
        ((), "内容"),
    ],
)
def test_a_header_as_a_reader_says_it(attribute: tuple[str, ...], said: str) -> None:
    assert attribute_phrase(cell(*attribute)) == said


def test_a_header_without_its_year() -> None:
    assert attribute_phrase(cell("R3 当初予算額 (千円)"), with_period=False) == "当初予算額"


@pytest.mark.parametrize(
    ("printed", "unit", "said"),
    [
        ("7,585 (注)", "千円", "7,585千円(注)"),
        ("１，２４０", "千円", "１，２４０千円"),
        ("48名", "人", "48名"),
        ("7,585", None, "7,585"),
        ("実績なし", "千円", "実績なし"),
        ("-", "千円", "-"),
        ("310及び120", "千円", "310及び120"),
        ("△200", "千円", "△200千円"),
    ],
)
def test_a_unit_stands_behind_its_number(printed: str, unit: str | None, said: str) -> None:
    assert with_unit(printed, unit) == said


@given(printed=st.text("0123456789,.△-名千円 (注)", max_size=12), unit=st.sampled_from(["千円", "人", "%", None]))
def test_nothing_but_the_unit_is_added(printed: str, unit: str | None) -> None:
    said = "".join(with_unit(printed, unit).split())
    bare, more = "".join(printed.split()), len(unit or "")
    assert said == bare or any(
        said[:i] + said[i + more :] == bare and said[i : i + more] == unit for i in range(len(said))
    )
