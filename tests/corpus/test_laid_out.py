"""A budget's detailed statement whose text kept its columns apart with blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.lines import width


def _line(*pieces: tuple[int, str]) -> str:
    """Pieces by where they begin, or, where that is negative, by where they end, in half-widths."""
    line = ""
    for at, text in pieces:
        begins = at if at >= 0 else -at - width(text)
        line += " " * (begins - width(line)) + text
    return line


ENDS = (60, 76, 92, 140, 200)  # 本年度, 前年度, 比較, 金額, 説明


def _figures(*figures: str) -> tuple[tuple[int, str], ...]:
    return tuple((-end, figure) for end, figure in zip(ENDS, figures, strict=False) if figure)


def _class(name: str, amount: str) -> tuple[tuple[int, str], ...]:
    return (108, name), (-140, amount)


def _explained(name: str, amount: str) -> tuple[tuple[int, str], ...]:
    return (143, name), (-200, amount)


STATEMENT = "\n".join(
    (
        _line((66, "5,380,000千円")),
        _line((8, "１款　町税")),
        _line((66, "1,940,000千円")),
        _line((10, "１項　町民税")),
        _line((150, "節")),
        _line((24, "目"), (48, "本年度予算額"), (64, "前年度予算額"), (80, "比　　較"), (165, "説　　　　明")),
        _line((110, "区　　分"), (130, "金　　額")),
        _line(*_figures("千円", "千円", "千円", "千円", "千円")),
        _line(
            (10, "1 個人"), *_figures("1,700,400", "1,650,000", "50,400"),
            *_class("1 現年課税分", "1,690,000"), *_explained("現年課税分", "1,690,000"),
        ),
        _line(*_explained("　均等割", "40,000")),
        _line(*_explained("　　調定見込額", "40,400×99.0％")),
        _line(*_class("2 滞納繰越分", "10,400"), *_explained("滞納繰越分", "10,400")),
        _line(
            (10, "2 法人"), *_figures("239,600", "241,000", "△1,400"),
            *_class("1 現年課税分", "239,600"), *_explained("現年課税分", "239,600"),
        ),
        _line((24, "計"), *_figures("1,940,000", "1,891,000", "49,000")),
        _line((40, "- 12 -"), (150, "- 13 -")),
        _line((8, "１款　町税")),
        _line((66, "3,440,000千円")),
        _line((10, "２項　固定資産税")),
        _line(
            (10, "1 固定資産税"), *_figures("3,440,000", "3,400,000", "40,000"),
            *_class("1 現年課税分", "3,440,000"), *_explained("　土　　地", "3,440,000"),
        ),
    )
)  # fmt: skip


@pytest.fixture
def statement(tmp_path: Path) -> Document:
    path = tmp_path / "yosan.txt"
    path.write_text(STATEMENT, encoding="utf-8")
    return read_document(path)


def _rows(document: Document, table: int) -> list[list[str]]:
    return [[cell.text.strip() for cell in row.cells] for row in document.tables[table].rows]


def test_every_figure_stands_under_its_head(statement: Document) -> None:
    assert [column.path[0] for column in statement.tables[0].columns] == ["目", "本年度予算額", "前年度予算額", "比較"]
    assert _rows(statement, 0) == [
        ["1 個人", "1,700,400", "1,650,000", "50,400"],
        ["2 法人", "239,600", "241,000", "△1,400"],
        ["計", "1,940,000", "1,891,000", "49,000"],
    ]
    assert {cell.unit for row in statement.tables[0].rows for cell in row.cells[1:]} == {"千円"}


def test_classes_and_explanations_belong_to_their_item(statement: Document) -> None:
    assert _rows(statement, 1)[1] == ["1 個人", "2 滞納繰越分", "10,400"]
    assert _rows(statement, 2)[2] == ["1 個人", "1 現年課税分", "現年課税分", "均等割", "調定見込額", "40,400×99.0％"]


def test_the_figure_above_a_heading_is_its_own(statement: Document) -> None:
    figures = {fact.subject[-1]: statement.quote(fact.span) for fact in statement.facts}
    assert figures == {"１款 町税": "5,380,000千円", "１項 町民税": "1,940,000千円", "２項 固定資産税": "3,440,000千円"}


def test_a_drawn_out_name_is_one_cell(statement: Document) -> None:
    [name] = [cell.text for cell in statement.tables[-1].rows[0].cells if "地" in cell.text]
    assert name.replace("\u3000", "") == "土地"
