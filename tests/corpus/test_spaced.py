"""Tables of plain text whose columns are set apart by single blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.folding import searchable


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "資料.txt"
    path.write_text("花見川市事業実績報告\n\n" + text, "utf-8")
    return read_document(path)


def shown(document: Document) -> list[list[str]]:
    return [[searchable(cell.text or "") for cell in row.cells] for table in document.tables for row in table.rows]


def test_rows_have_as_many_words_as_the_line_above_has_labels(tmp_path: Path) -> None:
    text = "２ 決算の状況（単位：千円）\n課・館 予算現額 決算額\n生涯学習課 12,300 11,846\n公民館 8,400 8,102\n計 20,700 19,948\n"
    document = read(tmp_path, text)
    assert [[column.label for column in table.columns] for table in document.tables] == [
        ["課・館", "予算現額", "決算額"]
    ]
    assert shown(document) == [
        ["生涯学習課", "12,300", "11,846"],
        ["公民館", "8,400", "8,102"],
        ["計", "20,700", "19,948"],
    ]


def test_labels_spelled_letter_by_letter_and_names_of_several_words(tmp_path: Path) -> None:
    text = "種 目 定 員 申込者\n１０㎞ 500人 612人\n親子の部 小学生以下 ８０組 ９６組\n車いすの部 ３０人 ２１人\n"
    document = read(tmp_path, text)
    assert shown(document) == [
        ["10km", "500人", "612人"],
        ["親子の部 小学生以下", "80組", "96組"],
        ["車いすの部", "30人", "21人"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "目 次\n第１章 防災 2\n第２章 消防 5\n第３章 救急 9\n",  # contents
        "担当 内容\n・参加者 120人\n・事業費 380千円\n・会場 3か所\n",  # items
        "港の名 工事 事業費\n青波港 岸壁の補強 ８０ｍ 12,600千円\n白浜港 荷さばき所の改築 9,900千円\n入江港 照明 800千円\n",
        "受付は市役所 本庁舎 です\n応募者 25人 でした。\n定員 20人 でした。\n",
    ],
    ids=["contents", "items", "names-unclear", "sentences"],
)
def test_what_is_no_table(tmp_path: Path, text: str) -> None:
    assert not read(tmp_path, text).tables
