"""What single sentences of speeches tell of accounts, and which figures are left to the sentence."""

from __future__ import annotations

import pytest

from qa.accounts_told import told
from qa.speaking import Speaking

YEAR = 2031


def read(sentence: str, before: Speaking | None = None) -> list[tuple[str, str, str]]:
    """The names, measures and texts that a sentence tells."""
    return [(one.name, one.measure, one.text) for one in told(sentence, before or Speaking(), YEAR)[0]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "町税につきましては、工場の新設により、2.2％、3,970万円減の13億5,120万円を見込みました。",
            [("町税", "増減率", "2.2%の減"), ("町税", "増減額", "3,970万円の減"), ("町税", "額", "13億5,120万円")],
        ),
        (
            "２ページの第１款町民税は、８億６４５万円の計上で、納税義務者の増により、前年度に比べ、金額で４，７９０万円、率にして６．３％の増を見込んでおります。",
            [
                ("第1款町民税", "額", "8億645万円"),
                ("第1款町民税", "増減額", "4,790万円の増"),
                ("第1款町民税", "増減率", "6.3%の増"),
            ],
        ),
        (
            "歳出の目的別内訳では、民生費が全体の四〇・六％を占める二十八億二百万円、総務費が一一・五％の七億九千四百万円となっております。",
            [
                ("民生費", "構成比", "40.6%"),
                ("民生費", "額", "28億200万円"),
                ("総務費", "構成比", "11.5%"),
                ("総務費", "額", "7億9400万円"),
            ],
        ),
        (
            "２項１目林業総務費93万円の減額は、職員の異動によるものであります。",
            [("2項1目林業総務費", "補正額", "93万円の減額")],
        ),
        (
            "人件費が給与改定などにより3.3％増の4億3,870万円、扶助費が給付の増などにより2.1％増の3億8,420万円となりました。",
            [
                ("人件費", "増減率", "3.3%の増"),
                ("人件費", "額", "4億3,870万円"),
                ("扶助費", "増減率", "2.1%の増"),
                ("扶助費", "額", "3億8,420万円"),
            ],
        ),
        ("町債残高は81億円であります。", [("町債", "残高", "81億円")]),
    ],
)
def test_a_sentence_tells_names_measures_and_figures(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(sentence) == expected


def test_a_fall_is_less_than_nothing() -> None:
    (change,) = [
        one
        for one in told("町債は3億円で、前年度に比べ2億円の減です。", Speaking(), YEAR)[0]
        if one.measure == "増減額"
    ]
    assert change.less


@pytest.mark.parametrize(
    "sentence",
    [
        "令和10年度に比べ5,000万円の増となっております。",  # of what, and not from the year before
        "町民税は7億円で、令和10年度に比べ5,000万円の増です。",
        "契約の金額を９億2,400万円から９億3,586万円に変更するものであります。",
        "低所得者の負担軽減に係る負担金は3,000万円です。",  # the name is longer than what stands before は
        "補助及び交付金は1億円であります。",
        "昨年の12月補正後と比べますと、2億1,540万円、3.4％の増です。",
        "これを前年度同期の予算総額39億6,824万円と比較いたしますと、2.0％の増となります。",
    ],
)
def test_what_is_not_plain_is_not_read(sentence: str) -> None:
    assert [one for one in read(sentence) if one[1] in ("増減額", "増減率") or one[0] in ("負担金", "交付金")] == []


def test_the_figures_of_another_thing_go_to_no_name_before_it() -> None:
    said = read("保険給付費は施設の利用の増などにより2.4％増の13億円、総額では2.3％、3,340万円増の14億円となりました。")
    assert said == [("保険給付費", "増減率", "2.4%の増"), ("保険給付費", "額", "13億円")]


def test_a_year_before_a_name_is_that_of_its_figure() -> None:
    told_, _ = told("令和12年度の実質収支は1億2,000万円でした。", Speaking(), YEAR)
    assert [one.year for one in told_] == [2030]


def test_what_is_spoken_of_goes_on_until_another_bill() -> None:
    _, speaking = told("次に、議案第2号、国民健康保険事業特別会計予算でございます。", Speaking(), YEAR)
    assert speaking.account == "国民健康保険事業特別会計予算"
    total, speaking = told("13ページに記載のとおり、歳入歳出予算の総額は、それぞれ48億円でございます。", speaking, YEAR)
    assert [(one.name, one.measure, one.account) for one in total] == [
        ("", "歳入歳出予算の総額", "国民健康保険事業特別会計予算")
    ]
    change, speaking = told(
        "歳出におきまして、給付が減ったことにより、前年度に比べ、3億円の減となっております。", speaking, YEAR
    )
    assert [(one.name, one.text, one.account) for one in change] == [("", "3億円の減", "国民健康保険事業特別会計予算")]
    _, speaking = told("次に、議案第9号は、市道路線の認定についてであります。", speaking, YEAR)
    assert speaking.account == ""


def test_the_side_is_that_named_last() -> None:
    _, speaking = told("次に、歳出を性質別に申し上げます。", Speaking(account="一般会計", side="歳入"), YEAR)
    (one, *_), _ = told("物件費につきましては、4.4％、546万円増の1億2,964万円といたしました。", speaking, YEAR)
    assert (one.account, one.side) == ("一般会計", "歳出")
