"""Two measures under each name (件数, 金額), year-ends told apart by kind of person, and an office's hours: what real tables
of other places taught.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.labels import month_of, year_of
from qa.parts import labelled
from qa.understand import understand

CARE = """白砂町 介護保険の状況,,,,,,,,
(1) 保険給付,,,,,,,,
年度別,総数,,居宅の費用,,施設の費用,,用具の費用,
,件数,金額(円),件数,金額(円),件数,金額(円),件数,金額(円)
令和4年度,5310,89210400,4100,51200300,1100,37000100,110,1010000
令和5年度,5460,88320500,4240,49820200,1120,37500300,100,1000000
令和6年度,5600,91630800,4350,53300500,1130,37300100,120,1030200
"""
HOLDERS = """白砂町 認定者数,,,,(単位:人)
年度別,総数,軽度,中度,重度
令和4年度末,1310,610,420,280
令和5年度末,1330,640,430,260
令和6年度末,1350,650,435,265
令和6年度末第1号被保険者,1320,640,424,256
令和6年度末第2号被保険者,30,10,11,9
"""
HOURS = """<html><head><title>みなと会館 利用案内</title></head><body><h1>みなと会館　利用案内</h1>
<table><tr><td colspan="2">◆開館時間</td><td>９：００～２１：３０</td></tr>
<tr><td rowspan="4">◆利用時間</td><td>午前</td><td>９：００～１２：００</td></tr>
<tr><td>午後</td><td>１３：００～１７：００</td></tr><tr><td>夜間</td><td>１８：００～２１：３０</td></tr>
<tr><td>休館日</td><td>毎週火曜日・年末年始</td></tr>
<tr><td>◆図書室</td><td>開室日</td><td>水・土・日曜日　１０：００～１６：００</td></tr></table></body></html>
"""
ASKED = """# 白砂町議会の質疑

## 給食

**Q.** 給食の補償費はどんな補償に充てられているか。（磯部 孝）

> 休校で取り消した食材の代金を違約金として支払うもの。（学校課長）

**Q.** 家庭への端末の貸出しは初めてだ。対象は何台か。（浜田 佳）

> 全部で240台である。各校に12台ずつ配る。（学校課長）
"""


@pytest.fixture(scope="module")
def town_of(indexed: Callable[..., Store]) -> Store:
    return indexed({"kaigo.csv": CARE, "nintei.csv": HOLDERS})


@pytest.fixture(scope="module")
def hall(indexed: Callable[..., Store]) -> Store:
    return indexed({"kaikan.html": HOURS})


@pytest.mark.parametrize(
    ("asked", "says", "never"),
    [
        ("令和6年度の施設の費用の金額はいくらですか。", "37,300,100", "1,130"),
        ("令和6年度の施設の費用の件数は何件ですか。", "1,130", "37,300,100"),
        ("居宅の費用の金額が最も少ないのは何年度ですか。", "令和5年度", "4,240"),
        ("令和6年度に給付の金額が最も大きい費用は何ですか。", "居宅の費用", "4,350"),
        ("令和6年度に給付の件数が最も少ない費用は何ですか。", "用具の費用", "1,030,200"),
    ],
)
def test_the_measure_that_is_said_is_meant(asked: str, says: str, never: str, town_of: Store) -> None:
    given = answer(asked, town_of)
    assert says in given.answer
    assert never not in given.answer


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("重度の認定者数が270人を下回った年度末はいくつありますか。", "2件"),
        ("令和4年度末から令和6年度末までのうち、重度の認定者数が270人を下回った年度はいくつありますか。", "2件"),
        ("令和4年度末と令和6年度末の中度は何人ですか。", "435人"),
    ],
)
def test_a_year_end_told_by_its_parts_is_one_year_end(asked: str, says: str, town_of: Store) -> None:
    given = answer(asked, town_of)
    assert says in given.answer
    assert "被保険者" not in given.answer


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("みなと会館の開館時間は何時から何時までですか。", "９：００～２１：３０"),
        ("みなと会館の夜間の利用時間を教えてください。", "１８：００～２１：３０"),
    ],
)
def test_a_page_of_hours_is_a_form_and_no_table_with_a_header(asked: str, says: str, hall: Store) -> None:
    given = answer(asked, hall)
    assert says in given.answer


def test_a_question_of_several_sentences_heads_its_reply(indexed: Callable[..., Store]) -> None:
    found = answer("家庭への端末の貸出しの対象は何台ですか。", indexed({"shitsugi.md": ASKED}))
    assert "240台" in found.answer


def test_what_is_asked_by_the_clock() -> None:
    assert [understand(text).wants for text in ("受付は何時までですか。", "受付は何時間ですか。", "何時から始まりますか。")] == [
        "clock", "span", "clock",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("令和2年度末", 2020, None), ("平成30年末現在", 2018, None), ("令和5年度分", 2023, None),
        ("令和6年4月1日現在", None, (2024, 4)), ("令和2年3月末", None, (2020, 3)), ("令和6年度末第1号被保険者", None, None),
    ],
)  # fmt: skip
def test_the_end_of_a_year_is_of_that_year(text: str, year: int | None, month: tuple[int, int] | None) -> None:
    assert (year_of(text), month_of(text)) == (year, month)


def test_a_figure_that_is_told_as_a_change() -> None:
    found = labelled("当初予算では単身世帯は12件で見積もり、補正予算で180件の増とした。2人世帯は5件から25件。")
    assert [part.text for part in found if part.change] == ["180件"]


SERIES = "年度,区分,科目,金額(千円)\n" + "".join(
    f"令和{y}年度,{side},{name},{amount + y}\n"
    for y in (5, 6)
    for side, parts in (("歳入", ("", " うち町税")), ("歳出", ("", " 議会費", " 総務費", " 民生費")))
    for name, amount in (
        (f"一般会計{p}", {"": 0, " うち町税": 400, " 議会費": 100, " 総務費": 300, " 民生費": 500}[p]) for p in parts
    )
)


@pytest.fixture(scope="module")
def series(indexed: Callable[..., Store]) -> Store:
    """A list in which a sum bears the name that its parts go on from."""
    lines = SERIES.replace("一般会計,5", "一般会計,915").replace("一般会計,6", "一般会計,918")
    return indexed({"zaisei.csv": lines})


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("令和6年度の一般会計の歳出で最も金額が大きい科目は何ですか。", "民生費"),
        ("令和6年度の一般会計の歳出の金額はいくらですか。", "918千円"),
    ],
)
def test_the_parts_of_a_sum_are_compared_and_not_the_sum(asked: str, says: str, series: Store) -> None:
    assert says in answer(asked, series).answer


RATES = """年度,部門,排出量,前年度からの増加率,2005年度からの増加率
平成22,家庭,128.2,-10.2,-10.2
平成22,運輸,228.0,0.1,0.1
平成22,合計,356.2,-6.8,-6.8
平成23,家庭,133.5,4.2,-6.5
平成23,運輸,224.5,-1.5,-1.4
平成23,合計,358.0,0.5,-6.3
"""


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("前年度からの増加率がマイナスの部門は平成23年度にいくつありますか。", "1件"),
        ("平成22年度に前年度からの増加率がプラスの部門をすべて挙げてください。", "運輸"),
    ],
)
def test_below_nought_is_a_bound(asked: str, says: str, indexed: Callable[..., Store]) -> None:
    assert says in answer(asked, indexed({"co2.csv": RATES})).answer


def test_the_title_of_a_table_is_no_list(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {
            "hikaku.txt": "令和6年度 歳入歳出予算款別前年度比較表\n\n歳出の主なものは次のとおりである。\n民生費は増えた。\n"
        }
    )
    given = answer("令和6年度の歳出予算で、前年度より減った款をすべて挙げてください。", store)
    assert "比較表" not in given.answer


def test_how_many_there_are_is_no_list_of_them(indexed: Callable[..., Store]) -> None:
    told = "令和6年度に町は拠点となる学校4校を選び、施設の整備を行う。\n具体的には、北小学校で図書室を広げる。\n南小学校では体育館を直す。\n"
    store = indexed({"kyouiku.txt": f"白砂町の教育\n\n{told}"})
    given = answer("町が選ぶ拠点となる学校4校をすべて挙げてください。", store)
    assert "4校を選び" not in given.answer
