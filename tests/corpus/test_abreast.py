"""Tables that a page prints abreast, and rows that are set with a blank line between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.folding import searchable

ABREAST = """                                                     一般会計

  歳       出                                                             (単位：千円)

          款               項   金     額                       款               項   金    額

5. 議会費                               342,393                    5. 労働諸費               90,270

              5. 議会費                 342,393      30. 農林費                            4,394,726

10. 総務費                             3,106,567                    5. 農業費              4,173,284

              5. 総務管理費            3,000,685                    10. 林業費               221,442

              10. 徴税費                105,882      35. 商工費                            7,200,846

25. 労働費                              90,270                      5. 商工費              7,200,846

                                           (単位：千円)

           款                   項       金      額

55. 公債費                                     7,202,823

                   5. 公債費                   7,202,823

70. 予備費                                        50,000

                   5. 予備費                      50,000




     歳         出      合            計        15,184,802

                  第３表   債 務 負 担 行 為
 新   規
              事   項                  期           間               限       度      額

                                                                                   千円
施設予約システム使用料                   令和8年度から令和13年度まで                              32,500
農業機械購入費                         令和8年度から令和12年度まで                              16,600
用水路建設負担金                       令和8年度から令和22年度まで                             132,600
10. 総務費   5. 総務管理費                                            令和10年度         568,188
"""


def read(tmp_path: Path, text: str, name: str = "kawabe_r8_yosan.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_document(path)


def shown(document: Document, number: int = 0) -> list[list[str]]:
    return [[searchable(cell.text or "") for cell in row.cells] for row in document.tables[number].rows]


def test_the_right_half_of_a_page_goes_on_from_the_foot_of_the_left_one(tmp_path: Path) -> None:
    document = read(tmp_path, ABREAST)
    assert [searchable(c.label) for c in document.tables[0].columns] == ["款", "項", "金額"]
    rows = shown(document)
    assert ["25. 労働費", "5. 労働諸費", "90,270"] in rows
    assert ["30. 農林費", "10. 林業費", "221,442"] in rows
    assert rows.index(["25. 労働費", "", "90,270"]) + 1 == rows.index(["25. 労働費", "5. 労働諸費", "90,270"])


def test_each_half_is_a_row_of_its_own_that_stands_where_it_says(tmp_path: Path) -> None:
    document = read(tmp_path, ABREAST)
    left, right = (
        next(row for row in document.tables[0].rows if row.cells[1].text == name) for name in ("5. 議会費", "5. 農業費")
    )
    assert document.quote(left.span).split() == ["5.", "議会費", "342,393"]
    assert document.quote(right.span).split() == ["5.", "農業費", "4,173,284"]


def test_a_page_goes_on_with_the_table_of_the_page_before_down_to_its_sum(tmp_path: Path) -> None:
    rows = shown(read(tmp_path, ABREAST))
    assert ["70. 予備費", "5. 予備費", "50,000"] in rows
    assert rows[-1][-1] == "15,184,802"
    assert "合" in rows[-1][0]


def test_the_unit_of_a_column_stands_below_its_label_over_a_blank_line(tmp_path: Path) -> None:
    document = read(tmp_path, ABREAST)
    table = document.tables[1]
    assert [searchable(c.label).replace(" ", "") for c in table.columns] == ["事項", "期間", "限度額"]
    assert table.rows[0].cells[2].unit == "千円"


def test_a_line_laid_out_like_a_row_is_no_heading_and_gives_the_document_no_year(tmp_path: Path) -> None:
    document = read(tmp_path, ABREAST)
    assert document.years == (2026,)
    assert not any("総務費" in section.path[-1] for section in document.sections)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("施設\t人数\t施設\t人数", 2),
        ("施設\t人数\t名称\t人数", 4),  # not the same labels again
        ("施設\t施設\t人数\t人数", 4),
        ("\t人数\t\t人数", 4),  # labels over every column
    ],
)
def test_only_a_header_said_twice_parts_a_table(tmp_path: Path, header: str, columns: int) -> None:
    text = f"{header}\n東館\t120\t南館\t80\n西館\t90\t北館\t70\n本館\t60\t\t\n"
    document = read(tmp_path, text)
    assert len(document.tables[0].columns) == columns


def test_rows_of_a_header_said_three_times(tmp_path: Path) -> None:
    text = "区\t人口\t区\t人口\t区\t人口\n東区\t120\t南区\t80\t西区\t50\n北区\t90\t中区\t70\t緑区\t40\n"
    rows = shown(read(tmp_path, text))
    assert [row[0] for row in rows] == ["東区", "北区", "南区", "中区", "西区", "緑区"]


def test_two_tables_a_blank_line_apart_stay_two(tmp_path: Path) -> None:
    text = (
        "施設          人数      件数\n東館           120        10\n西館            90        20\n本館            60        30\n"
        "\n"
        "費目          予算      決算\n人件費       1,200     1,100\n物件費         900       800\n公債費         600       500\n"
    )
    document = read(tmp_path, text)
    assert [len(table.rows) for table in document.tables] == [3, 3]
