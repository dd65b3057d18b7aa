"""Accounts and statistics flattened into one table with codes, and speeches that go through an agenda."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from corpus import read_document
from index import Store
from qa import answer

FLAT = ",年度,所属,所属名,会計,会計名,款,款名,事業,事業名,節,節名,細節,細節名,予算額,区分コード\n" + "".join(
    f"{n},R3,{office},{name},1,一般会計,{kan},{kan_name},{project},{project_name},{setsu},{setsu_name},{sai},{sai_name},{amount},1.{n % 3}\n"
    for n, (office, name, kan, kan_name, project, project_name, setsu, setsu_name, sai, sai_name, amount) in enumerate(
        [
            (101, "秘書課", 2, "総務費", 10, "秘書運営費", 9, "交際費", 21, "市長交際費", 750000),
            (101, "秘書課", 2, "総務費", 10, "秘書運営費", 8, "旅費", 1, "普通旅費", 127000),
            (101, "秘書課", 2, "総務費", 17, "広報発行事業", 12, "委託料", 23, "広報作成委託料", 25737000),
            (101, "秘書課", 2, "総務費", 17, "広報発行事業", 10, "需用費", 1, "消耗品費", 306000),
            (104, "管財課", 2, "総務費", 40, "庁舎維持管理費", 13, "使用料", 30, "本庁舎照明リース料", 1175000),
            (104, "管財課", 2, "総務費", 40, "庁舎維持管理費", 13, "使用料", 32, "西別館照明リース料", 2457000),
            (105, "企画課", 2, "総務費", 51, "基金積立金", 24, "積立金", 1, "国際交流基金積立金", 20000),
            (105, "企画課", 2, "総務費", 51, "基金積立金", 24, "積立金", 2, "鉄道整備基金積立金", 30000),
            (201, "福祉課", 3, "民生費", 12, "敬老事業", 7, "報償費", 1, "敬老祝金", 4100000),
            (201, "福祉課", 3, "民生費", 12, "敬老事業", 10, "需用費", 1, "消耗品費", 52000),
        ]
    )
)
VISITORS = "暦年,和暦,分類,地区,区分,数値,単位\n" + "".join(
    f'{year},平成{year - 1988}年,観光客数,{place},{kind},"{number:,}",人\n'
    for year, factor in ((2016, 10), (2017, 12), (2018, 9))
    for place, day, night in (("城下町", 600, 40), ("高原", 500, 90), ("湖畔", 260, 20), ("市全体", 1360, 150))
    for kind, number in (("日帰り客", day * factor), ("宿泊客", night * factor), ("計", (day + night) * factor))
)
SPEECH = """<html><body><h1>提案理由説明</h1>
<p>○市長　それでは、上程されました議案について御説明申し上げます。</p>
<p>議案第７号 水道事業会計予算につきましては、収益的収入12億1,480万円に対し、収益的支出を11億8,230万円といたしました。</p>
<p>議案第８号 下水道事業会計予算につきましては、収益的収入14億5,290万円に対し、収益的支出を14億3,620万円といたしました。</p>
<p>議案第10号 一般会計補正予算（第９号）につきましては、普通建設事業費を２億9,870万円減額し、補正後の財政規模は247億7,525万6,000円となります。</p>
<p>議案第17号 令和６年度一般会計補正予算（第１号）につきましては、発電機の購入費4,170万円を計上し、補正後の財政規模は251億870万円となります。</p>
<p>クルーズ客船につきましては、昨年の５回を上回る８回の寄港が予定されております。</p>
<p>上野保育園と緑保育園の統合について、令和７年２月に保護者説明会を２回開催いたしました。</p>
<p>令和７年度関係議案のうち、市民会館の受変電設備更新工事につきましては、仮契約を締結したものであります。</p>
</body></html>
"""


@pytest.fixture(scope="module")
def flat(indexed: Callable[..., Store]) -> Store:
    return indexed({"yosan.csv": FLAT})


@pytest.fixture(scope="module")
def visitors(indexed: Callable[..., Store]) -> Store:
    return indexed({"kankou.csv": VISITORS})


@pytest.fixture(scope="module")
def speech(indexed: Callable[..., Store]) -> Store:
    return indexed({"teian.html": SPEECH})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("市長交際費はいくらですか", "750,000"),
        ("西別館照明リース料は、本庁舎照明リース料よりいくら多いですか。", "1,282,000"),
        ("広報発行事業の予算額の合計はいくらですか", "26,043,000"),
        ("基金積立金で積み立てる基金をすべて挙げてください。", "国際交流基金.*鉄道整備基金"),
    ],
)
def test_names_beside_their_codes(flat: Store, question: str, words: str) -> None:
    assert re.search(words, answer(question, flat).answer)


def test_a_code_is_no_amount_and_stands_in_no_name(flat: Store) -> None:
    assert not answer("市長の交際費は、実際にいくら使ったのですか", flat).answered
    said = answer("西別館照明リース料はいくらですか", flat).answer
    assert "2,457,000" in said
    assert " 40 " not in said


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("市全体の観光客数が最も多かったのは何年ですか", "平成29年.*18,120"),
        ("高原の観光客数が最も少なかったのは何年ですか", "平成30年.*5,310"),
        ("城下町の日帰り客が最も多かったのは何年ですか", "平成29年.*7,200"),
        ("観光客数が最も多かったのは何年？", "平成29年.*市全体"),
    ],
)
def test_the_year_of_the_most_is_that_of_the_whole(visitors: Store, question: str, words: str) -> None:
    assert re.search(words, answer(question, visitors).answer)


def test_of_several_rows_of_a_year_none_is_the_years(indexed: Callable[..., Store]) -> None:
    """Without a total for each year no year is the one of the most."""
    table = "年,地区,来客数（人）\n" + "".join(
        f"{year},{place},{number}\n"
        for year in (2019, 2020, 2021)
        for place, number in (("東", year - 1000), ("西", year - 1500))
    )
    assert not answer("来客数が最も多かったのは何年ですか", indexed({"visitors.csv": table})).answered


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("水道事業会計の収益的収入はいくらですか", "12億1,480万円"),
        ("下水道事業会計の収益的支出はいくらですか", "14億3,620万円"),
        ("一般会計補正予算（第9号）による補正後の財政規模はいくらですか", "247億7,525万"),
        ("クルーズ客船の寄港は昨年より何回増えますか", "3回増え"),
    ],
)
def test_an_agenda_goes_item_by_item(speech: Store, question: str, words: str) -> None:
    assert re.search(words, answer(question, speech).answer)


@pytest.mark.parametrize(
    "question", ["上野保育園と緑保育園はいつ一緒になりますか", "市民会館の受変電設備更新工事の工期はいつまでですか"]
)
def test_the_date_of_something_else_is_not_told(speech: Store, question: str) -> None:
    assert not answer(question, speech).answered


def test_what_comes_in_is_not_what_goes_out(indexed: Callable[..., Store]) -> None:
    table = "| 会計 | 区分 | 令和7年度予算額（千円） |\n|---|---|---|\n| 病院事業 | 収益的支出 | 1,842,615 |\n| 下水道事業 | 収益的支出 | 942,100 |\n| 交通事業 | 収益的支出 | 310,000 |\n"
    store = indexed({"yosan.md": table})
    assert "1,842,615" in answer("病院事業の収益的支出の予算額はいくらですか", store).answer
    assert not answer("病院事業の収益的収入の予算額はいくらですか", store).answered


def test_no_part_is_larger_than_its_whole(indexed: Callable[..., Store]) -> None:
    table = "| 税目 | 区分 | 令和7年度（千円） |\n|---|---|---|\n| 固定資産税 | 現年課税分 | 4,298,600 |\n| 固定資産税 | 滞納繰越分 | 46,720 |\n| 軽自動車税 | 現年課税分 | 210,000 |\n"
    said = answer(
        "市税に占める固定資産税（現年課税分と滞納繰越分の合計）の割合は何％ですか", indexed({"zei.md": table})
    ).answer
    assert "9,200" not in said


def test_a_code_column_is_known_by_the_name_beside_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("flat") / "yosan.csv"
    path.write_text(FLAT, "utf-8")
    table = read_document(path).tables[0]
    assert table.columns[table.key].label == "細節名"


def test_an_index_from_nought_is_no_name(flat: Store) -> None:
    said = answer("広報発行事業の予算額のうち広報作成委託料が占める割合は何％ですか。", flat).answer
    assert "98.8%" in said


def test_the_side_of_an_account_stands_in_a_rows_name(indexed: Callable[..., Store]) -> None:
    table = "| 事業 | 令和7年度予算額（千円） |\n|---|---|\n| 病院事業 収益的支出 | 1,842,615 |\n| 下水道事業 収益的支出 | 942,100 |\n"
    assert not answer("病院事業の収益的収入の予算額はいくらですか", indexed({"kaikei.md": table})).answered
