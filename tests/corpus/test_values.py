"""Numbers, units, eras and nothing-marks come back as what was written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold
from corpus.values import (
    era_name,
    find_periods,
    find_quantities,
    fold_kanji_numbers,
    is_nothing,
    lone_quantity,
    parse_number,
)

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
numbers = st.integers(0, 10**15)


def one(text: str) -> tuple[Decimal, str | None]:
    """The only quantity of a raw text, as value and unit."""
    (found,) = find_quantities(fold(text))
    return found.value, found.unit


# --- numbers ---------------------------------------------------------------------------------------------------------


@given(numbers)
def test_thousands_separators_parse_back(number: int) -> None:
    assert one(f"{number:,}") == (number, None)


@given(numbers)
def test_digits_without_separators_parse_back(number: int) -> None:
    assert one(str(number)) == (number, None)


@given(numbers)
def test_full_width_digits_parse_back(number: int) -> None:
    assert one(f"{number:,}".translate(FULL_WIDTH)) == (number, None)


@given(st.decimals(0, 10**9, places=2))
def test_decimals_parse_back(number: Decimal) -> None:
    assert one(f"{number:,}") == (number, None)


@given(st.integers(0, 9999), st.integers(1, 9999), st.integers(0, 9999))
def test_numbers_written_with_oku_and_man_parse_back(oku: int, man: int, rest: int) -> None:
    text = (f"{oku}億" if oku else "") + f"{man:,}万" + (f"{rest:,}" if rest else "")
    assert one(text + "円") == (oku * 10**8 + man * 10**4 + rest, "円")


@given(st.integers(1, 9), st.integers(1, 999), st.integers(0, 9))
def test_thousands_written_within_oku_and_man_parse_back(thousands: int, man: int, rest: int) -> None:
    text = f"3億{thousands}千{man}万" + (f"{rest}千" if rest else "")
    assert one(text + "円") == (3 * 10**8 + (thousands * 1000 + man) * 10**4 + rest * 1000, "円")


@given(numbers.filter(bool), st.sampled_from("▲△-"))
def test_triangles_and_minus_signs_are_negative(number: int, sign: str) -> None:
    assert one(f"{sign}{number:,}") == (-number, None)


@given(st.text("0123456789,.千百万億兆円", max_size=12))
def test_parse_number_gives_a_number_or_says_it_is_none(text: str) -> None:
    try:
        value = parse_number(text)
    except ValueError:
        return
    assert value >= 0


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5千円", 5, "千円"),
        ("7,585千円", 7585, "千円"),
        ("7,585 千円", 7585, "千円"),
        ("3千人", 3000, "人"),
        ("3万5千人", 35000, "人"),
        ("1千万円", 10_000_000, "円"),
        ("2億5千万円", 250_000_000, "円"),
        ("4百万円", 4_000_000, "円"),
        ("12百万円", 12_000_000, "円"),
        ("8億円", 800_000_000, "円"),
        ("5千400円", 5400, "円"),
        ("4千734万2千円", 47_342_000, "円"),
        ("38億4千527万9千円", 3_845_279_000, "円"),
        ("1万2千500人", 12_500, "人"),
        ("128名", 128, "名"),
        ("3か国", 3, "か国"),
        ("２．５％", Decimal("2.5"), "%"),
        ("△ 40 人", -40, "人"),
        ("0件", 0, "件"),
    ],
)
def test_number_and_unit(text: str, value: Decimal | int, unit: str) -> None:
    assert one(text) == (value, unit)


@pytest.mark.parametrize("text", ["R3", "ICT", "A4", "COVID19", "B2B", ""])
def test_digits_inside_latin_words_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@given(st.text(max_size=60))
def test_quantities_and_periods_stand_where_they_say(raw: str) -> None:
    text = fold(raw)
    for found in (find_quantities(text), find_periods(text)):
        assert all(text[item.start : item.end] == item.text for item in found)
        assert [item.start for item in found] == sorted(item.start for item in found)


@pytest.mark.parametrize(
    "text", ["約3,000回", "計67回", "延べ209人", "7,362(当課任用分)", "7,362 (当課任用分)", " 75 "]
)
def test_lone_quantity_sees_past_lead_words_and_a_remark(text: str) -> None:
    lone = lone_quantity(text)
    assert lone is not None
    assert lone.value in {3000, 67, 209, 7362, 75}


@pytest.mark.parametrize("text", ["28人と17人", "企業220回", "5人まで", "実績なし", "", "令和"])
def test_lone_quantity_is_none_where_there_is_more_or_less(text: str) -> None:
    assert lone_quantity(text) is None


# --- kanji numerals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("三年度", "3年度"),
        ("十日", "10日"),
        ("三十五人", "35人"),
        ("二〇二一年", "2021年"),
        ("二百件", "200件"),
        ("五千円", "5000円"),
        ("九千八百七十六円", "9876円"),
        ("第三回と第四回", "第3回と第4回"),
        ("二十四時間", "24時間"),
        ("三つの柱", "3つの柱"),
        ("議案第百二十九号", "議案第129号"),
        ("議案第一二九号", "議案第129号"),
        ("三%の減", "3%の減"),
        ("四十一・二キロメートル", "41.2キロメートル"),
    ],
)
def test_kanji_numerals(text: str, folded: str) -> None:
    assert fold_kanji_numbers(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("百二十人", "120人"),
        ("千二百件", "1200件"),
        ("百人", "100人"),
        ("百五十円", "150円"),
        ("千五百円", "1500円"),
        ("八十六棟", "86棟"),
    ],
)
def test_kanji_numerals_that_begin_with_a_hundred_or_a_thousand(text: str, folded: str) -> None:
    assert fold_kanji_numbers(text) == folded


@pytest.mark.parametrize(
    "text",
    [
        "一部",
        "千葉",
        "三重県",
        "八王子市",
        "五十嵐さん",
        "千円",
        "百万円",
        "市内一円",
        "百貨店",
        "一般財源",
        "一つ",
        "一本化",
        "二本松市",
    ],
)
def test_words_with_numeral_characters_stay(text: str) -> None:
    assert fold_kanji_numbers(text) == text


# --- years -----------------------------------------------------------------------------------------------------------


@given(st.integers(1868, 2099), st.booleans())
def test_era_names_parse_back(year: int, fiscal: bool) -> None:
    (period,) = find_periods(era_name(year, fiscal))
    assert (period.year, period.fiscal, period.month) == (year, fiscal, None)


@given(st.integers(1800, 2099))
def test_western_fiscal_years_parse_back(year: int) -> None:
    (period,) = find_periods(f"{year}年度")
    assert (period.year, period.fiscal) == (year, True)


@given(
    st.sampled_from([("H", "平成", 1988), ("R", "令和", 2018), ("S", "昭和", 1925)]),
    st.integers(1, 31),
    st.integers(1, 12),
)
def test_letters_and_era_names_mean_the_same_day(era: tuple[str, str, int], year: int, month: int) -> None:
    letter, name, base = era
    spellings = [f"{letter}{year}.{month}.15", f"{name}{year}年{month}月15日", f"{base + year}年{month}月15日"]
    found = [find_periods(text) for text in spellings]
    assert {(p.year, p.month, p.day, p.fiscal) for (p,) in found} == {(base + year, month, 15, False)}


@pytest.mark.parametrize(
    ("text", "year", "fiscal"),
    [
        ("令和元年度", 2019, True),
        ("令和元年", 2019, False),
        ("平成元年", 1989, False),
        ("R元", 2019, None),
        ("R3", 2021, None),
        ("Ｒ３年度", 2021, True),
        ("S62", 1987, None),
        ("令和 3 年度", 2021, True),
        ("昭和64年", 1989, False),
        ("2021年", 2021, False),
    ],
)
def test_year_spellings(text: str, year: int, fiscal: bool | None) -> None:
    (period,) = find_periods(fold(text))
    assert (period.year, period.fiscal) == (year, fiscal)


def test_both_ends_of_a_range_are_found() -> None:
    found = find_periods(fold("R2.4.1～ R3.3.31"))
    assert [(p.year, p.month, p.day) for p in found] == [(2020, 4, 1), (2021, 3, 31)]


@pytest.mark.parametrize("text", ["PR3", "3年間", "令和", "12,021人", "第3回", "R30000", "2021件"])
def test_what_is_no_year(text: str) -> None:
    assert find_periods(text) == ()


@pytest.mark.parametrize(
    ("year", "name"), [(2021, "令和3年度"), (2019, "令和元年度"), (1989, "平成元年度"), (1867, "1867年度")]
)
def test_era_name(year: int, name: str) -> None:
    assert era_name(year) == name


# --- nothing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["-", "—", "…", "――", " - ", "ー", "*"])
def test_nothing_marks(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["−", "－", "–", "―", "＊"])
def test_nothing_marks_as_they_are_printed(text: str) -> None:
    assert is_nothing(fold(text))


@pytest.mark.parametrize("text", ["…", "……"])
def test_an_ellipsis_is_nothing_after_folding(text: str) -> None:
    assert is_nothing(fold(text))


@pytest.mark.parametrize("text", ["0", "", " ", "実績なし", "-5", "0件", "なし", "未定"])
def test_zero_blank_and_words_are_not_nothing(text: str) -> None:
    assert not is_nothing(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("六千八十五万千円", "60851000", "円"),
        ("十五億千万円", "1510000000", "円"),
        ("二十一億千五百万円", "2115000000", "円"),
        ("百十一億八千七百八十七万六千円", "11187876000", "円"),
        ("千五百万円", "15000000", "円"),
        ("三百二十円", "320", "円"),
        ("一一・四%", "11.4", "%"),
        ("三%", "3", "%"),
    ],
)
def test_amounts_written_out_in_kanji(text: str, value: str, unit: str) -> None:
    (found,) = find_quantities(f"予算は{text}です")
    assert (str(found.value), found.unit, found.text) == (value, unit, text)
    (folded,) = find_quantities(fold_kanji_numbers(f"予算は{text}です"))
    assert (folded.value, folded.unit) == (found.value, unit)


@pytest.mark.parametrize("text", ["単位:百万円", "千円", "市内一円", "数千万円", "第三者", "一部"])
def test_kanji_that_are_no_amount(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("平成29年度は11件、30年度は2件です。", [2017, 2018]),
        ("令和3年度から5年度まで", [2021, 2023]),
        ("29年度は11件でした。", [2017]),
        ("令和5年度から3年度にわたり整備します。", [2023]),
        ("令和5年度の約3年度分です。", [2023]),
        ("5年度は11件でした。", []),
        ("平成21年が5.8%、31年が17.2%", [2009, 2019]),
        ("平成27年10月と28年4月に開いた。", [2015, 2016]),
        ("平成20年から10年が経過した。", [2008]),
        ("平成17年に開館し、20年で3万人が訪れた。", [2005]),
        ("平成19年12月から15年3か月", [2007]),
    ],
)
def test_the_era_of_a_year_may_be_said_by_the_year_before_it(text: str, years: list[int]) -> None:
    assert [p.year for p in find_periods(text)] == years


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("13万 6,000立方メートル", [(136000, "立方メートル")]),
        ("3万 5人", [(30000, None), (5, "人")]),
        ("506センチメートルでした", [(506, "センチメートル")]),
        ("約80メートルと1.2ヘクタール", [(80, "メートル"), (Decimal("1.2"), "ヘクタール")]),
    ],
)
def test_figures_with_a_blank_inside_and_units_written_out(
    text: str, figures: list[tuple[Decimal, str | None]]
) -> None:
    assert [(q.value, q.unit) for q in find_quantities(text)] == figures
