"""A chart shows the very figures of its table, says what they are and where they are from, and is only drawn of amounts."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from index import Store
from qa import Citation, answer
from qa.web.chart import MOST_BARS, Chart, chart_html, chart_of, svg
from qa.web.found import Found, FoundRow, found
from qa.web.words import Words

JA = Words("ja")
SVG = "{http://www.w3.org/2000/svg}"


def row(name: str, *cells: str) -> FoundRow:
    return FoundRow(name, cells, Citation("d", "題名", 1, 1, None, None, (), name, (), "x"), 1)


def chart(columns: tuple[str, ...], *rows: FoundRow) -> Chart | None:
    return chart_of(Found(columns, rows), "a" * 64, JA)


def texts(drawn: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_the_figures_of_a_list_are_bars_as_long_as_they_are_large() -> None:
    made = chart(("予算額(千円)",), row("甲", "1,200千円(補正後)"), row("乙", "300千円"), row("丙", ""))
    assert made is not None
    assert (made.title, made.unit) == ("予算額", "千円")
    drawn = svg(made, JA)
    lengths = [
        float(one.get("width", ""))
        for one in ElementTree.fromstring(drawn).iter(f"{SVG}rect")
        if one.get("class") == "bar"
    ]
    assert lengths == [pytest.approx(4 * lengths[1], rel=0.01), lengths[1]]
    said = texts(drawn)
    assert {"甲", "乙", "丙", "1,200千円", "300千円", JA("chart_none"), "単位: 千円"} <= set(said)
    assert "「題名」" in "".join(said)
    assert "甲 1,200千円、乙 300千円" in drawn, "read aloud as well"


def test_two_years_stand_side_by_side_and_are_told_apart_without_colour() -> None:
    made = chart(("R2 予算 (千円)", "R3 予算 (千円)"), row("甲", "10千円", "20千円"), row("乙", "-5千円", "40千円"))
    assert made is not None
    assert made.series == ("R2 予算", "R3 予算")
    assert made.bars[1].values[0] == (Decimal(-5), "-5千円")
    drawn = svg(made, JA)
    assert "url(#hatch1)" in drawn
    assert {"R2 予算", "R3 予算"} <= set(texts(drawn))


def test_one_thing_in_two_years_is_two_bars() -> None:
    made = chart(("R2 予算 (千円)", "R3 予算 (千円)"), row("甲", "10千円", "20千円"))
    assert made is not None
    assert (made.title, [one.name for one in made.bars]) == ("甲", ["R2 予算", "R3 予算"])


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (("担当課",), (row("甲", "文化課"), row("乙", "観光課"))),
        (("開始年度",), (row("甲", "平成20年度"), row("乙", "平成22年度"))),
        (("予算", "人数"), (row("甲", "10千円", "3人"), row("乙", "20千円", "5人"))),
        (("予算",), (row("甲", "10千円"), row("乙", "5百万円"))),
        (("予算",), (row("甲", "10千円"), row("乙", "未定"))),
        (("予算",), (row("甲", "10千円"), row("乙", ""))),
        (("予算",), tuple(row(f"{n}", f"{n}千円") for n in range(MOST_BARS + 1))),
    ],
)
def test_where_it_would_say_nothing_or_mix_units_there_is_none(
    columns: tuple[str, ...], rows: tuple[FoundRow, ...]
) -> None:
    assert chart(columns, *rows) is None


def test_the_years_of_a_sentence_are_a_series_oldest_first(indexed: object) -> None:
    store: Store = indexed(
        {"a.txt": "第1 旅券\n\n(1) 旅券発給\n旅券発行件数　令和3年：4,627件、令和2年：13,062件、令和元年：49,251件\n"}
    )  # type: ignore[operator]
    given = answer("旅券発行件数は？", store)
    assert given.answered
    table = found(store, given, JA)
    assert table is not None
    assert [(one.name, one.cells) for one in table.rows] == [
        ("令和元年", ("49,251件",)),
        ("令和2年", ("13,062件",)),
        ("令和3年", ("4,627件",)),
    ]
    made = chart_of(table, given.index, JA)
    assert made is not None
    assert [one.values[0] for one in made.bars] == [
        (Decimal(49251), "49,251件"),
        (Decimal(13062), "13,062件"),
        (Decimal(4627), "4,627件"),
    ]


def test_names_from_documents_run_nothing_in_a_picture() -> None:
    nasty = "<script>alert(1)</script>${x}{{y}}' onload='z"
    made = chart((nasty,), row(nasty, "1千円"), row("乙", "2千円"))
    assert made is not None
    drawn = chart_html(made, JA)
    assert "<script>" not in drawn
    assert "${" not in drawn
    assert "{{" not in drawn
    picture = re.search(r"<svg.*</svg>", drawn, re.S)
    assert picture
    assert all("onload" not in one.attrib for one in ElementTree.fromstring(picture.group()).iter())
