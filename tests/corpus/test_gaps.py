"""Tables that plain text lays out with blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.folding import searchable


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "text.txt"
    path.write_text(text, "utf-8")
    return read_document(path)


def shown(document: Document) -> list[list[str]]:
    return [[searchable(cell.text or "") for cell in row.cells] for row in document.tables[0].rows]


BUDGET = """第１表　歳入歳出予算

歳　入　　　　　　　　　　　　　　　　　（単位：千円）
　　　款　　　　　　　　項　　　　　　　金　　額
１　国民健康保険税　　　　　　　　　　　　　1,000
　　　　　　　　　１　一般分　　　　　　　　　900
　　　　　　　　　２　退職分　　　　　　　　　100
２　道支出金　　　　　　　　　　　　　　　　2,000
　　　　　　　　　１　道負担金　　　　　　　2,000
　　　歳　　入　　合　　計　　　　　　　　　3,000
"""


def test_a_budget_table_set_with_wide_blanks(tmp_path: Path) -> None:
    document = read(tmp_path, BUDGET)
    (table,) = document.tables
    assert [searchable(c.label) for c in table.columns] == ["款", "項", "金額"]
    rows = shown(document)
    assert rows[:5] == [
        ["1 国民健康保険税", "", "1,000"],
        ["1 国民健康保険税", "1 一般分", "900"],
        ["1 国民健康保険税", "2 退職分", "100"],
        ["2 道支出金", "", "2,000"],
        ["2 道支出金", "1 道負担金", "2,000"],
    ]
    assert [part for part in rows[5] if part] == ["歳入合計", "3,000"]
    assert [row.total for row in table.rows] == [True, False, False, True, False, True]
    assert {row.cells[2].unit for row in table.rows} == {"千円"}
    assert table.section == ("第１表 歳入歳出予算",)


def test_columns_of_figures_set_flush_right(tmp_path: Path) -> None:
    lines = [
        "区分          令和5年度   令和6年度     増減",
        "市税             1,000       1,200      200",
        "地方交付税         900         850     △50",
        "市債                50          60       10",
    ]
    document = read(tmp_path, "歳入の状況です。\n" + "\n".join(lines) + "\n")
    assert [c.label for c in document.tables[0].columns] == ["区分", "令和5年度", "令和6年度", "増減"]
    assert shown(document)[1] == ["地方交付税", "900", "850", "△50"]
    assert document.place(document.tables[0].rows[1].span).line_start == 4


@pytest.mark.parametrize(
    "text",
    [
        "目　次\n総務費　　　　　　1\n民生費　　　　　　15\n商工費　　　　　　33\n",
        "市は  3年で 12億円を使い、\n次の  計画を  10\n立てる。\n",
        "一つだけ   100\n二つ目は文です。\n",
    ],
)
def test_contents_pages_and_prose_are_no_tables(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).tables == ()


def test_amounts_written_with_their_scale_and_leaders_of_dots(tmp_path: Path) -> None:
    text = "歳出の内訳\n\n・民生費　…………　26億4,100万円\n・教育費　…………　 9億6,500万円\n・その他　…………　21億4,860万円\n"
    assert shown(read(tmp_path, text)) == [
        ["民生費", "26億4,100万円"],
        ["教育費", "9億6,500万円"],
        ["その他", "21億4,860万円"],
    ]


def test_a_last_column_in_words_and_labels_set_close(tmp_path: Path) -> None:
    lines = [
        "議案等　　　　　　　　　　　　　　　　賛成　反対　結果",
        "議案第8号　下水道条例の改正　　　　　　12　　 5　 可決",
        "議案第9号　プールの指定管理　　　　　　14　　 3　 可決",
        "請願第4号　給食費を無償にする請願　　　 8　　 9　 不採択",
    ]
    document = read(tmp_path, "採決の結果です。\n" + "\n".join(lines) + "\n")
    (table,) = document.tables
    assert [c.label for c in table.columns] == ["議案等", "賛成", "反対", "結果"]
    assert table.key == 0
    assert shown(document)[2] == ["請願第4号 給食費を無償にする請願", "8", "9", "不採択"]


def test_a_table_of_words_alone(tmp_path: Path) -> None:
    lines = [
        "施設名　　　　　　　休館日　　　　開館時間",
        "体育館　　　　　　　月曜　　　　　9時～21時",
        "図書館　　　　　　　火曜・祝日　　10時～18時",
        "資料館　　　　　　　水曜　　　　　9時～16時",
    ]
    document = read(tmp_path, "施設の案内です。\n" + "\n".join(lines) + "\n")
    assert [c.label for c in document.tables[0].columns] == ["施設名", "休館日", "開館時間"]
    assert shown(document)[1] == ["図書館", "火曜・祝日", "10時~18時"]


def test_one_row_under_a_label_for_each_of_its_figures(tmp_path: Path) -> None:
    text = "維持管理費の推移\n\n    年度          平成30    令和元    令和２\n    維持管理費      2.50      2.47      2.63\n"
    document = read(tmp_path, text)
    assert [column.label for column in document.tables[0].columns] == ["年度", "平成30", "令和元", "令和２"]
    assert shown(document) == [["維持管理費", "2.50", "2.47", "2.63"]]


def test_units_below_the_labels(tmp_path: Path) -> None:
    text = "更新費用\n\n    区分              総額      １年当たり\n                    (億円)        (億円)\n    庁舎             251.3           6.3\n    学校             378.9           9.5\n    道路             457.2          11.4\n"
    document = read(tmp_path, text)
    assert [column.label for column in document.tables[0].columns] == ["区分", "総額 (億円)", "１年当たり (億円)"]


SETTLED = """島崎町の決算

                                        - 3 -

令和５年度会計別決算の状況（確定）

（歳出）                                              （単位：円）
      款                  予算現額        支出済額   執行率
                                                         ％
   1  議　会　費        12,400,000      11,904,000     96.0
   2  総　務　費      310,000,000     288,300,000     93.0
   3  民　生　費       405,500,000     364,950,000     90.0
   4  諸支出金             500,000               0      0.0
      歳　出　合　計   728,400,000     665,154,000     91.3
"""


def test_numbered_rows_with_drawn_out_names_stand_under_their_header_over_a_line_of_units(tmp_path: Path) -> None:
    (table,) = read(tmp_path, SETTLED).tables
    assert [searchable(c.label) for c in table.columns] == ["", "款", "予算現額", "支出済額", "執行率"]
    assert [searchable(row.cells[1].text or "").replace(" ", "") for row in table.rows] == [
        "議会費", "総務費", "民生費", "諸支出金", "歳出合計",
    ]  # fmt: skip
    assert [row.total for row in table.rows] == [False, False, False, False, True]
    assert all(cell.text for row in table.rows for cell in row.cells[1:])


def test_the_title_of_a_page_is_what_its_tables_are_about(tmp_path: Path) -> None:
    (table,) = read(tmp_path, SETTLED).tables
    assert any("令和5年度会計別決算の状況" in searchable(one) for one in table.rows[0].section)


def test_a_running_title_is_no_heading(tmp_path: Path) -> None:
    page = "\n                                        - {} -\n\n令和５年度決算書\n\n{}\n"
    text = "第１　概要\n\n本文がここから始まります。\n" + "".join(
        page.format(n, f"{n}枚目の本文です。") for n in (1, 2, 3)
    )
    document = read(tmp_path, text)
    pages = [p for p in document.passages if "枚目の本文" in document.text[p.span.start : p.span.end]]
    assert len(pages) == 3
    assert all("第1 概要" in searchable(" ".join(p.section)) for p in pages)


OVER = """第３表　一般会計歳出決算額の状況                                          （単位：千円、％）
──────────────────────────────────────────────
                                令　和　６　年　度          令和５年度          比　　較
　　　款                   予算現額     支出済額   執行率     支出済額       増減額   増減率
──────────────────────────────────────────────
１ 議　　会　　費           224,654      218,436     97.2      214,907        3,529      1.6
２ 総　　務　　費         4,220,642    4,012,785     95.1    3,684,120      328,665      8.9
３ 民　　生　　費        11,438,368   10,986,247     96.0   10,712,608      273,639      2.6
10 教　　育　　費         3,615,355    3,214,857     88.9    2,987,416      227,441      7.6
──────────────────────────────────────────────
　歳　出　合　計         19,499,019   18,432,325     94.5   17,599,051      833,274      4.7
"""


def test_labels_over_several_columns_stand_over_those_in_their_middle(tmp_path: Path) -> None:
    path = tmp_path / "kessan.txt"
    path.write_text(OVER, "utf-8")
    table = read_document(path).tables[0]
    assert [column.path for column in table.columns][1:] == [
        ("令和６年度", "予算現額"), ("令和６年度", "支出済額"), ("令和６年度", "執行率"),
        ("令和５年度", "支出済額"), ("比較", "増減額"), ("比較", "増減率"),
    ]  # fmt: skip
    names = [searchable(row.cells[table.key].text or "").replace(" ", "") for row in table.rows]
    assert names[:2] == ["1議会費", "2総務費"]
