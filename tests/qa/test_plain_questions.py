"""Plain questions of a budget, of facilities and of indicators, as people ask them at a counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from corpus import read_document
from index import Store
from qa import answer

PROJECTS = """部局,事業名,担当課,開始年度,予算額（千円）
産業部,港まつり開催事業,観光課,平成12年度,8400
産業部,販路開拓事業,商工課,令和2年度,3200
産業部,計,,,11600
教育部,図書館蔵書整備事業,生涯学習課,昭和55年度,9600
教育部,計,,,9600
"""
INDICATORS = """| 指標 | 単位 | 目標値 | 達成率（％） | 判定 | 備考 |
|---|---|---|---|---|---|
| 蓄電池の補助件数 | 件 | 1,000 | 102.0 | ◎ | |
| 里山の協定数 | 件 | 30 | 60.0 | △ | 新規なし |
| 海岸清掃の参加者数 | 人 | 8,000 | 113.0 | ◎ | 年間 |
| 藻場の面積 | ha | 12 | 75.0 | ○ | |
"""
PLACES = """| 施設名 | 所在地 | 利用者数（人） | 休館日 | 備考 |
|---|---|---|---|---|
| 中央図書館 | 本町1-2 | 52,340 | 月曜日 | 自動貸出機を導入 |
| 資料館 | 城山町3-4 | 8,422 | 火曜日 | 自動貸出機なし |
| 武道館 | 緑町5-6 | 5,330 | 月曜日 | 令和7年度末で廃止予定 |
"""
STATIONS = """署,署所名,所在地,出動件数（件）
東署,本署,東市中央3-1,3264
,西分署,東市西町88,1182
北署,本署,北町大字北410,905
,山根分遣所,北町大字山根1025,143
計,,,5494
前年,,,5101
"""


@pytest.fixture(scope="module")
def town_hall(indexed: Callable[..., Store]) -> Store:
    return indexed(
        {"projects.csv": PROJECTS, "indicators.md": INDICATORS, "places.md": PLACES, "stations.csv": STATIONS}
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("予算額が一番大きい事業とその担当課を教えて", "図書館蔵書整備事業.*担当課は「生涯学習課」"),
        ("予算額が最も少ない事業はどれですか。開始年度も教えてください。", "販路開拓事業.*開始年度は「令和2年度」"),
        ("予算額が大きい事業を上から2つ、担当課と一緒に挙げてください。", "図書館蔵書整備事業.*港まつり開催事業"),
        ("予算額が一番大きい部局はどこですか", "産業部.*11,600"),
        ("港まつりと販路開拓、この2つの予算額を足すといくら？", "11,600"),
        ("目標を達成（◎）した指標はいくつありますか", "2件.*蓄電池.*海岸清掃"),
        ("判定が△の指標は？", "里山の協定数"),
        ("中央図書館に自動貸出機はありますか", "^(?!いいえ).*導入"),
        ("資料館に自動貸出機はありますか", "^(?!はい).*なし"),
        ("西分署の出動件数は？", "西分署.*1,182"),
    ],
)
def test_what_is_asked_is_told(question: str, words: str, town_hall: Store) -> None:
    assert re.search(words, answer(question, town_hall).answer), answer(question, town_hall).answer


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("武道館はいつなくなりますか", "月曜日"),
        ("北町にある2つの署所を合わせた出動件数は？", "5,494|前年"),
        ("出動件数の合計は？", "10,595|5,101"),
    ],
)
def test_nothing_else_is_told(question: str, never: str, town_hall: Store) -> None:
    assert not re.search(never, answer(question, town_hall).answer)


def test_a_group_without_a_subtotal_is_not_judged_by_one_member(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {"p.csv": "部局,事業名,予算額（千円）\n産業部,甲事業,5\n産業部,乙事業,6\n教育部,丙事業,9\n教育部,丁事業,1\n"}
    )
    assert not answer("予算額が一番大きい部局はどこですか", store).answer.endswith("9千円です。")


def test_a_title_and_its_unit_merged_across_columns_are_no_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["主要事業一覧"])
    sheet.append(["汐見市 財政課", None, None, "（単位：千円）", None])
    sheet.append(["部局", "事業名", "区分", "予算額", "概要"])
    for row in (
        ["総務部", "甲事業", "新規", 1200, "更新"],
        ["総務部", "乙事業", "継続", 800, "補修"],
        ["教育部", "丙事業", "継続", 450, "整備"],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A2:C2", "D2:E2", "A4:A5"):
        sheet.merge_cells(area)
    book.save(tmp_path / "list.xlsx")
    document = read_document(tmp_path / "list.xlsx")
    assert [c.label for c in document.tables[0].columns] == ["部局", "事業名", "区分", "予算額", "概要"]
    assert document.tables[0].rows[0].cells[3].unit == "千円"
