"""Tables and bulletins as cities publish them: what a name, a year or a figure stands beside decides what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from corpus import read_document
from index import Store, build, open_store
from qa import answer

COMPARED = """令和8年度 歳入歳出予算款別前年度比較表（単位：千円、％）

| | 款 | 本年度 予算額 | 本年度 構成比 | 前年度 予算額 | 前年度 構成比 | 比較 増減額 | 比較 増減率 |
|---|---|---|---|---|---|---|---|
| 1 | 市税 | 35,500,000 | 72.0 | 35,300,000 | 72.4 | 200,000 | 0.6 |
| 2 | 使用料 | 1,144,000 | 2.3 | 1,147,000 | 2.3 | △3,000 | △0.3 |
| 3 | 国庫支出金 | 12,186,000 | 24.7 | 11,861,000 | 24.4 | 325,000 | 2.7 |
| 4 | 繰越金 | 498,000 | 1.0 | 420,000 | 0.9 | 78,000 | 18.6 |
| | 歳入合計 | 49,328,000 | 100.0 | 48,728,000 | 100.0 | 600,000 | 1.2 |
"""
TWO_YEARS = """# 汐崎区の決算（令和4年度・令和5年度）

## 1 会計ごとの決算額（令和4年度）

（単位：万円）

| 区分 | 会計 | 歳入 | 歳出 | 差引 |
|---|---|---|---|---|
| 一般会計 | 一般会計 | 30,814,238 | 30,411,166 | 403,072 |
| 特別会計 | 国民健康保険事業 | 6,798,500 | 6,709,334 | 89,166 |
| 特別会計 | 介護保険 | 5,853,571 | 5,744,268 | 109,303 |

## 2 一般会計の動き

### (1) 令和4年度

歳入は前の年度に比べ22億5,750万円減った。

### (2) 令和5年度

歳入 3,162億4,739万円（2.63％増）、歳出 3,129億4,275万円（2.90％増）。
"""
BULLETIN = """波立市　令和4年度決算の状況

■一般会計
歳入決算額　290億3,378万円
歳出決算額　270億6,684万円
差し引き　　 19億6,694万円
うち翌年度へ繰り越す財源　2億8,529万円
実質収支　　 16億8,165万円

■主な指標
地方債の残高　245億3,976万円
基金の残高（定額運用基金は含まない）　170億5,426万円
経常収支比率　92.6％（令和3年度に比べ5.6ポイント上昇）

■歳入の中身
　市税　　　　　34億5,670万円（前年度に比べ　3,706万円の増）
　地方交付税　106億314万円（前年度に比べ　3億4,841万円の減）

　その他の財源　　　　　　（万円、（　）内は歳入に占める割合）
　　分担金・負担金　28,808（1.0％）
　　使用料・手数料　43,593（1.5％）
　　寄附金　18,829（0.6％）
"""


@pytest.fixture(scope="module")
def compared(indexed: Callable[..., Store]) -> Store:
    return indexed({"kanbetsu.md": COMPARED})


@pytest.fixture(scope="module")
def two_years(indexed: Callable[..., Store]) -> Store:
    return indexed({"kessan.md": TWO_YEARS})


@pytest.fixture(scope="module")
def bulletin(indexed: Callable[..., Store]) -> Store:
    return indexed({"kessan.txt": BULLETIN})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("国庫支出金の前年度（令和7年度）の予算額はいくらですか。", "11,861,000"),
        ("令和7年度（前年度）の国庫支出金の予算額は", "11,861,000"),
        ("国庫支出金は前年度と比べていくら、何％増減していますか。", r"325,000千円.*2\.7"),
        ("国庫支出金は前年度から何％増えましたか", r"2\.7"),
        ("前の年からの繰越金は令和8年度予算でいくら入る見込み？", "498,000"),
        ("前年度からの繰越金はいくら", "498,000"),
        ("繰越金はいくら", "498,000"),
        ("市税の前年度からの増減額は", "200,000"),
    ],
)
def test_this_year_and_the_year_before(compared: Store, question: str, words: str) -> None:
    given = answer(question, compared)
    assert given.answered
    assert re.search(words, given.answer), given.answer


def test_the_year_before_is_called_so(compared: Store) -> None:
    assert (
        "前年度の11,861,000千円から本年度の12,186,000千円へ"
        in answer("国庫支出金は前年度からいくら増えましたか", compared).answer
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("令和4年度の一般会計の歳出はいくらですか", "30,411,166"),
        ("令和5年度の一般会計の歳出決算額はいくらですか。", "3,129億4,275万円"),
        ("令和4年度の特別会計のうち、歳入歳出差引額が最も大きいのはどれで、いくらですか。", "介護保険.*109,303"),
        ("令和4年度の2つの特別会計（国民健康保険事業、介護保険）の歳出決算額の合計はいくらですか。", "12,453,602"),
        ("国民健康保険事業と介護保険の歳入の合計はいくらですか", "12,652,071"),
        ("2つの特別会計の歳出の合計はいくらですか", "12,453,602"),
    ],
)
def test_a_table_is_of_the_year_of_its_heading(two_years: Store, question: str, words: str) -> None:
    given = answer(question, two_years)
    assert given.answered
    assert re.search(words, given.answer), given.answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("実質収支はいくらですか", "16億8,165万円"),
        ("地方債の残高はいくらですか", "245億3,976万円"),
        ("借金はいくら残っていますか", "245億3,976万円"),
        ("基金の残高はいくらですか", "170億5,426万円"),
        ("経常収支比率は何％ですか", r"92\.6％"),
        ("歳入のうち寄附金はいくらですか", "18,829万円"),
        ("市税はいくらですか", "34億5,670万円"),
        ("市税は前年度に比べていくら増えましたか", "3,706万円"),
    ],
)
def test_a_list_of_labels_with_figures(bulletin: Store, question: str, words: str) -> None:
    given = answer(question, bulletin)
    assert given.answered
    assert re.search(words, given.answer), given.answer


def test_what_no_label_names_is_not_told(bulletin: Store) -> None:
    assert not answer("地方債の利子はいくらですか", bulletin).answered


def test_a_name_beside_merged_numbers_names_the_row(tmp_path: Path) -> None:
    """番号 is merged over the rows of one subsidy, 課 over several: the subsidy names its rows, not the section."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["部局", "課", "番号", "補助金の名称", "相手方", "決算額（千円）"])
    rows = [
        ["総務部", "人事課", 1, "互助会補助金", "職員互助会", 17664], [None, "学事課", 2, "私立高校経常費補助金", "学校法人12法人", 28610],
        [None, None, 3, "私立幼稚園経常費補助金", "学校法人31法人", 12624], ["企画部", "交通課", 4, "バス路線維持費補助金", "波立交通", 18266],
        [None, None, None, None, "浦戸バス", 8854], [None, "国際課", 5, "国際交流協会補助金", "国際交流協会", 4820],
        [None, None, 6, "民間交流団体助成金", "民間団体14", 3353], ["商工部", "商工課", 7, "商店街振興補助金", "商店街20", 9120],
        [None, None, 8, "企業立地促進補助金", "企業６社", 41200],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for cells in ("A2:A4", "A5:A8", "A9:A10", "B3:B4", "B5:B6", "B7:B8", "B9:B10", "C5:C6", "D5:D6"):
        sheet.merge_cells(cells)
    folder = tmp_path / "corpus"
    folder.mkdir()
    book.save(folder / "hojokin.xlsx")
    table = read_document(folder / "hojokin.xlsx").tables[0]
    assert table.columns[table.key].label == "補助金の名称"
    build(folder, tmp_path / "index", workers=1)
    store = open_store(tmp_path / "index")
    assert "12,624" in answer("私立幼稚園経常費補助金の決算額はいくらですか。", store).answer
    assert re.search("企業立地促進補助金.*41,200", answer("商工部で決算額が最も大きい補助金はどれですか", store).answer)


def test_a_part_of_a_whole_is_no_other_project(indexed: Callable[..., Store]) -> None:
    """のうち asks for a part: of two projects side by side neither is the other's."""
    store = indexed(
        {
            "seika.md": "| 事業名 | 事業費（千円） |\n|---|---|\n| 商品券発行事業 | 42,369 |\n| 無線デジタル化事業 | 215,600 |\n| 図書館事業 | 9,000 |\n"
        }
    )
    assert "%" not in answer("商品券のうちデジタルで売れた割合は？", store).answer


def test_the_citys_own_name_is_no_word_that_is_missing(indexed: Callable[..., Store]) -> None:
    store = indexed({"koho.txt": "桐ヶ瀬町の広報\n\n町の花は桐です。桐ヶ瀬町では桐を植えています。\n"})
    assert "瀬町" not in answer("桐ヶ瀬町の学校給食の負担額はいくらですか。", store).answer


INDICATORS = """# 主な財政指標（単位：千円、％）

| 区分 | 令和4年度 | 令和5年度 | 早期健全化基準 |
|---|---|---|---|
| 標準財政規模 | 15,486,310 | 15,612,874 | |
| 財政力指数（３か年平均） | 0.50 | 0.49 | |
| 経常収支比率 | 91.9 | 93.1 | |
| 将来負担比率 | 38.2 | 35.7 | 350 |
"""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("令和5年度の標準財政規模はいくらですか", "15,612,874千円"),
        ("令和5年度の財政力指数はいくつですか", r"0\.49で"),
        ("令和4年度の経常収支比率は何％ですか", r"91\.9%"),
        ("将来負担比率の早期健全化基準は", "350%"),
    ],
)
def test_rows_of_amounts_and_of_ratios_under_one_caption(
    indexed: Callable[..., Store], question: str, words: str
) -> None:
    assert re.search(words, answer(question, indexed({"shihyo.md": INDICATORS})).answer)


def test_a_class_of_places_is_not_listed_for_the_places(indexed: Callable[..., Store]) -> None:
    rows = "".join(
        f"| {n}番館 | {'公共施設' if n % 2 else '民間施設'} | {'避難所' if n < 7 else '協力店'} |\n"
        for n in range(1, 13)
    )
    store = indexed({"places.md": f"| 名称 | 公共施設 | 区分 |\n|---|---|---|\n{rows}"})
    assert re.search("7番館.*12番館", answer("区分が「協力店」となっている施設をすべて挙げてください。", store).answer)
