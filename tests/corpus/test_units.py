"""Which unit governs which figure, and which numbers are no figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.cells import cell_quantities
from corpus.folding import searchable
from corpus.units import caption_units, is_unit_line
from corpus.values import find_quantities, free_quantities


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    return read_document(path)


def units(document: Document) -> list[list[str | None]]:
    return [[cell.unit for cell in row.cells] for row in document.tables[0].rows]


@pytest.mark.parametrize("line", ["(単位:千円)", "（単位　千円）", "単位：千円、％", "千円", "[単位:人・%]"])
def test_a_line_of_units_is_known(line: str) -> None:
    assert is_unit_line(searchable(line))


@pytest.mark.parametrize("line", ["人口", "単位労働組合", "(歳入)", "令和3年度", "3件"])
def test_other_lines_are_no_units(line: str) -> None:
    assert not is_unit_line(searchable(line))


def test_a_caption_may_name_several_units() -> None:
    assert caption_units(searchable("会計別予算 （単位：千円、％）")) == ("千円", "%")


def test_the_captions_units_go_to_the_columns_they_fit(tmp_path: Path) -> None:
    text = "（単位：千円、％）\n款,予算額,構成比,職員数\n1.議会費,100,10.0,5\n2.総務費,900,90.0,6\n"
    assert units(read(tmp_path, text)) == [[None, "千円", "%", None], [None, "千円", "%", None]]


def test_of_two_units_in_a_caption_the_one_the_header_names_counts(tmp_path: Path) -> None:
    text = "（単位：冊、回）\n館,貸出冊数,利用回数,その他\n中央館,100,10,1\n東館,50,5,1\n"
    assert units(read(tmp_path, text))[0] == [None, "冊", "回", None]


def test_units_that_change_from_row_to_row_stay_with_their_figure(tmp_path: Path) -> None:
    document = read(tmp_path, '項目,数値,単位\n面積,244.94,km2\n人口,"246,491",人\n世帯,"111,984",世帯\n')
    assert units(document) == [[None, "km2"], [None, "人"], [None, "世帯"]]


def test_dates_are_no_figures_and_take_no_unit(tmp_path: Path) -> None:
    text = '事業,期間,回数\nあ,1年間,3\nい,R2.7.17~31,4\nう,11月18日～12月1日,5\nえ,"10,11,1月",6\n'
    rows = read(tmp_path, text).tables[0].rows
    found = [[(q.text, q.unit) for q in cell_quantities(row.cells[1])] for row in rows]
    assert found == [[("1年間", "年間")], [], [], []]


@pytest.mark.parametrize("name", ["6 法人事業税交付金", "13 分担金及び負担金", "5 人事課"])
def test_a_number_before_a_name_counts_nothing(name: str) -> None:
    assert [q.unit for q in find_quantities(name)] == [None]


def test_a_count_with_words_behind_it_stays_one() -> None:
    assert [(q.text, q.unit) for q in free_quantities("県職員 33 人、7,897 千円 を")] == [
        ("33 人", "人"),
        ("7,897 千円", "千円"),
    ]


def test_a_column_of_units_before_the_figures_gives_all_of_them_theirs(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "区分,項目,単位,令和4年度,令和5年度\n収支,歳入総額,千円,1650,1592\n収支,歳出総額,千円,1629,1582\n"
        "指標,経常収支比率,%,95.1,96.0\n指標,財政力指数,-,0.62,0.61\n職員,一般行政,人,120,118\n",
    )
    table = document.tables[0]
    assert [column.label for column in table.columns] == ["区分", "項目", "令和4年度", "令和5年度"]
    assert [row.cells[2].unit for row in table.rows] == ["千円", "千円", "%", None, "人"]
    assert [row.cells[3].unit for row in table.rows] == ["千円", "千円", "%", None, "人"]


def test_a_column_of_units_behind_the_figures_leaves_their_header_as_it_is(tmp_path: Path) -> None:
    document = read(
        tmp_path, "indicator,value,unit\n総額,15796170,千円\n市民税,5810846,千円\n固定資産税,8000000,千円\n"
    )
    table = document.tables[0]
    assert [(column.label, column.unit) for column in table.columns] == [("indicator", None), ("value", "千円")]


def test_a_unit_on_a_second_line_of_a_header_is_its_unit(tmp_path: Path) -> None:
    text = '款,"予算額\n千円","増減率\n％","比較 千円",備考千円札\n1.議会費,100,10.0,5,6\n2.総務費,900,90.0,6,7\n'
    document = read(tmp_path, text)
    assert units(document)[0] == [None, "千円", "%", "千円", None]
    assert [column.path for column in document.tables[0].columns][1:4] == [("予算額",), ("増減率",), ("比較",)]
