"""Conditions that no cell prints as asked: eras, decades, blanks, places in an order, words of two names, missing operands.

Two made-up tables whose headers differ: ragged text with merged cells and eras, and a CSV with western years.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus import Document
from index import Store
from qa.frames import Frame
from qa.framing import table_frame
from qa.results import Result
from qa.tabular import Proposal, propose
from qa.understand import understand

CULTURE = """山川市の文化事業一覧(令和4年度実績及び令和5年度予定)

所管部\t所管課\t取組名\t着手年度\t概要\t対象国\tR4 予算額 (千円)\tR5 予算額 (千円)\tR5年度の方針
1-1「うるおい」
文化部\t文化振興課\t大茶会\tS48\t市民が茶の湯に親しむ会を開く。\t-\t1,200\t1,250\t継続
\t\t湖上花火\tH3\t夏の夜に花火を打ち上げる。\t-\t9,800\t9,100\t継続
\t\t市民劇場\tR2\t市民が演じる劇を上演する。\t-\t640\t-\t廃止
1-2「つながり」
\t国際課\t姉妹都市訪問\tS62\t姉妹都市へ市民団を派遣する。\tドイツ、フランス\t2,300\t2,400\t継続
\t\t多言語案内板\tH27\t観光地に案内板を立てる。\t英語圏\t700\t-\t-
\t\t留学生交流会\tR4\t留学生と市民が語り合う。\tベトナム、タイ\t310\t450\t継続
2-1「みのり」
産業部\t農産課\t梨の輸出促進\tH24\t海外の商談会に出展する。\tタイ\t1,500\t4,000\t継続
\t\t\t\t現地の店で試食会を開く。\tベトナム\t1,800\t\t
\t\t直売所整備\tR5\t道の駅に直売所を設ける。\t-\t-\t5,600\t新規
\t\t棚田の保全\tR5\t棚田の草刈りを行う。\t-\t-\t780\t新規
"""
HALLS = """施設名,地区,設置年,開館日数,利用者数(人),委託料(千円)
北図書館,北,1978,290,41200,3100
南図書館,南,1996,288,38400,2900
中央体育館,中央,2004,310,99100,8800
港プール,港,1989,95,12700,1900
港体育館,港,2015,301,45500,4200
"""
SURE = 0.9


@pytest.fixture
def frames(read: Callable[[str, str], Document]) -> dict[str, Frame]:
    return {
        name: table_frame(read(f"{name}.{ending}", text), 0)
        for name, ending, text in (("culture", "txt", CULTURE), ("halls", "csv", HALLS))
    }


Asked = Callable[[str, str], tuple[Proposal, ...]]


@pytest.fixture
def asked(frames: dict[str, Frame]) -> Asked:
    return lambda name, text: propose(understand(text), (frames[name],))


def things(result: Result) -> list[str]:
    return [result.plan.frame.label(row) for row in result.things]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("culture", "昭和に始まった取組はどれですか", "大茶会 姉妹都市訪問"),
        ("culture", "昭和の時代に始まった取組をすべて教えて", "大茶会 姉妹都市訪問"),
        ("culture", "平成のうちに始まった取組は何件ですか", "湖上花火 多言語案内板 梨の輸出促進"),
        ("culture", "平成20年代に始まった取組は？", "多言語案内板 梨の輸出促進"),
        ("culture", "令和になってから始まった取組は？", "市民劇場 留学生交流会 直売所整備 棚田の保全"),
        ("culture", "国際課で令和4年度に始まった取組は", "留学生交流会"),
        ("culture", "R5年度に新しく始める取組は？", "直売所整備 棚田の保全"),
        ("culture", "昭和から続いている取組はいくつありますか", "大茶会 姉妹都市訪問"),
        ("culture", "着手年度が平成の取組を全部", "湖上花火 多言語案内板 梨の輸出促進"),
        ("culture", "着手年度がHの取組を全部", "湖上花火 多言語案内板 梨の輸出促進"),
        ("culture", "平成3年度から27年度までに始まった取組は", "湖上花火 多言語案内板 梨の輸出促進"),
        ("culture", "昭和に始まった取組のうち、R5予算が一番大きいものは？", "姉妹都市訪問"),
        ("halls", "昭和に設置された施設は", "北図書館"),
        ("halls", "1990年代に設置された施設は", "南図書館"),
        ("halls", "2000年以降に設置された施設は何件", "中央体育館 港体育館"),
        ("halls", "設置年が平成の施設は", "南図書館 中央体育館 港プール 港体育館"),
    ],
)
def test_when_a_thing_began_is_a_condition(name: str, text: str, found: str, asked: Asked) -> None:
    best = asked(name, text)[0]
    assert things(best.result) == found.split()
    assert best.probability >= SURE
    assert best.plan.listed == best.plan.frame.key  # the thing is listed, not its year


def test_an_era_that_only_stands_in_a_name_is_no_condition() -> None:
    assert not understand("昭和町の公民館はどこですか").began
    assert not understand("昭和通りに設置された街灯は何基").began
    assert not understand("天文教室は平成5年度に始まりましたか？").began


def test_without_a_column_of_years_the_words_have_to_be_found(read: Callable[[str, str], Document]) -> None:
    frame = table_frame(read("kai.csv", "会議名,開催回数(回)\n防災会議,3\n環境会議,5\n福祉会議,2\n"), 0)
    assert all(one.probability == 0.0 for one in propose(understand("昭和に始まった会議はどれですか"), (frame,)))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("culture", "一番古い取組はどれ", "大茶会"),
        ("culture", "最も新しい取組は", "直売所整備 棚田の保全"),
        ("culture", "着手年度が一番古い取組は？", "大茶会"),
        ("culture", "大茶会と湖上花火ではどちらが先に始まりましたか", "大茶会"),
        ("culture", "姉妹都市訪問と留学生交流会、始まったのが遅いのはどちら", "留学生交流会"),
        ("culture", "大茶会と湖上花火、先に始まったのはどちらですか", "大茶会"),
        ("culture", "姉妹都市訪問と留学生交流会のうち、後に始まったのはどっち", "留学生交流会"),
        ("halls", "南図書館と港プールではどちらが新しい？", "南図書館"),
        ("culture", "湖上花火の次にR5予算が大きい取組は？", "直売所整備"),
        ("culture", "R5予算が2番目に大きい取組は？", "直売所整備"),
        ("halls", "委託料が2番目に少ない施設は", "南図書館"),
        ("halls", "中央体育館に次いで利用者数が多い施設は", "港体育館"),
    ],
)
def test_oldest_newest_and_places_in_an_order(name: str, text: str, found: str, asked: Asked) -> None:
    best = asked(name, text)[0]
    assert things(best.result) == found.split()
    assert best.probability >= SURE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("令和5年度の予算の記載がない取組はどれ", "市民劇場 多言語案内板"),
        ("対象国が空欄の文化振興課の取組は", "大茶会 湖上花火 市民劇場"),
        ("対象国が「-」の農産課の取組は", "直売所整備 棚田の保全"),
        ("国際課の取組のうち、R5予算の記載がない(「-」の)ものはどれですか", "多言語案内板"),
        ("1-2「つながり」に入っている取組をすべて", "姉妹都市訪問 多言語案内板 留学生交流会"),
        ("ベトナムを対象とする取組は", "留学生交流会 梨の輸出促進"),
    ],
)
def test_blank_cells_chapters_and_members_are_conditions(text: str, found: str, asked: Asked) -> None:
    best = asked("culture", text)[0]
    assert things(best.result) == found.split()
    assert best.probability >= SURE


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("大茶会と留学生交流会のR5予算を合わせるといくら", "1,250 + 450 = 1,700 (千円)"),
        ("湖上花火と棚田、あわせた令和5年度の予算は？", "9,100 + 780 = 9,880 (千円)"),
        ("姉妹都市への訪問と留学生との交流会、R5予算を合わせるといくら", "2,400 + 450 = 2,850 (千円)"),
        (
            "梨の輸出促進の予算はR4とR5で増えた？減った？いくら？",
            "1,500 + 1,800 = 3,300 (千円); 4,000 − 3,300 = 700 (千円)",
        ),
        ("梨の輸出促進の令和4年度予算、商談会への出展と現地の試食会を合わせていくら？", "1,500 + 1,800 = 3,300 (千円)"),
    ],
)
def test_every_named_thing_enters_a_figure(text: str, written: str, asked: Asked) -> None:
    best = asked("culture", text)[0]
    assert best.result.written == written
    assert best.probability >= SURE


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("culture", "大茶会の予算と事業費の差は"),
        ("culture", "大茶会のR5予算は来場者数の何倍"),
        ("culture", "1-4「ひろがり」に入っている取組をすべて"),
        ("culture", "明治に始まった取組は"),
        ("halls", "港体育館の利用者数は駐車場台数の何倍ですか"),
        ("halls", "水族館の次に利用者数が多い施設は"),
    ],
)
def test_what_the_table_does_not_hold_is_worthless(name: str, text: str, asked: Asked) -> None:
    assert all(one.probability == 0.0 for one in asked(name, text))


def test_a_measure_within_another_name_is_no_second_operand(read: Callable[[str, str], Document]) -> None:
    """事業費 of one thing is not the row called …事業費補助."""
    text = "事業名,R5予算額(千円)\n庁舎管理,900\n海外展開事業費補助,154\n街路樹管理,300\n"
    frame = table_frame(read("yosan.csv", text), 0)
    for asked in (
        "庁舎管理のR5予算額に比べて実績の事業費はいくら多いですか",
        "庁舎管理の実績の事業費はR5予算額の何倍ですか",
    ):
        assert all(one.probability == 0.0 for one in propose(understand(asked), (frame,)))


def test_a_change_over_several_rows_is_told_and_borne_out(tables: Store, asked: Asked) -> None:
    from qa.tell import _difference

    best = asked("culture", "梨の輸出促進の予算はR4とR5で増えた？減った？いくら？")[0]
    told = _difference(best.question, best.result)
    assert "令和4年度の3,300千円から令和5年度の4,000千円へ700千円増えました" in told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("減少率がいちばん大きい会計は", "港湾"),
        ("増加率がいちばん大きい会計は", "水道"),
        ("増減率が最も大きい会計は", "水道"),
    ],
)
def test_a_rate_of_shrinking_is_largest_where_the_printed_rate_is_lowest(
    text: str, found: str, read: Callable[[str, str], Document]
) -> None:
    frame = table_frame(
        read(
            "kaikei.csv",
            "会計名,本年度(千円),前年度(千円),増減率(%)\n水道,120,100,20.0\n港湾,80,100,△20.0\n墓園,101,100,1.0\n",
        ),
        0,
    )
    assert things(propose(understand(text), (frame,))[0].result) == [found]


def test_a_heading_is_one_name_particles_and_all(asked: Asked, read: Callable[[str, str], Document]) -> None:
    text = CULTURE.replace("1-2「つながり」", "1-2「世界との交流」").replace("多言語案内板", "世界の言葉の案内板")
    frame = table_frame(read("sekai.txt", text), 0)
    best = propose(understand("世界との交流の中で令和4年度の予算が一番大きい取組と、その額は"), (frame,))[0]
    assert things(best.result) == ["姉妹都市訪問"]


def test_a_second_name_may_leave_out_how_the_first_begins(read: Callable[[str, str], Document]) -> None:
    text = "町名,世帯数(世帯)\n港町一丁目,485\n港町二丁目,448\n栄町一丁目,300\n栄町二丁目,329\n"
    frame = table_frame(read("chome.csv", text), 0)
    best = propose(understand("港町一丁目と二丁目をあわせると世帯数はいくつ"), (frame,))[0]
    assert best.result.written == "485 + 448 = 933 (世帯)"


def test_measures_without_units_are_not_added_up(read: Callable[[str, str], Document]) -> None:
    frame = table_frame(
        read("machi.csv", "町名,面積,世帯数,人口,人口密度\n泉町,18.2,485,902,49.5\n滝町,16.0,448,871,54.4\n"), 0
    )
    assert all(one.result.kind != "sum" or len({o.row for o in one.result.operands}) == 2
               for one in propose(understand("泉町の合計はいくつ"), (frame,)))  # fmt: skip
    best = propose(understand("泉町と滝町をあわせると世帯数はいくつ"), (frame,))[0]
    assert best.result.written == "485 + 448 = 933"
