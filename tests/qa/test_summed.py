"""Columns under one head added up, compared, put in order and related to one another; made-up documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import read_document
from index import Store
from qa import answer
from qa.framing import table_frame
from qa.summed import SummedFrame, summed
from qa.types import Draft

Surest = Callable[[str, Store], Draft]
HEAD = "<table><caption>入港者の動き（単位：人）</caption>"
MOVES = (
    HEAD + "<tr><th rowspan=3>月</th><th colspan=4>乗船者数</th><th colspan=4>下船者数</th></tr>"
    "<tr><th colspan=2>島内</th><th colspan=2>島外</th><th colspan=2>島内</th><th colspan=2>島外</th></tr>"
    "<tr><th>男</th><th>女</th><th>男</th><th>女</th><th>男</th><th>女</th><th>男</th><th>女</th></tr>"
    + "".join(
        f"<tr><td>{month}月</td>{''.join(f'<td>{n}</td>' for n in row)}</tr>"
        for month, row in (
            (4, (10, 20, 103, 200, 15, 25, 90, 80)),
            (5, (11, 19, 150, 120, 30, 40, 210, 190)),
            (6, (12, 21, 50, 40, 14, 22, 60, 70)),
            (7, (9, 8, 300, 310, 13, 24, 110, 95)),
        )
    )
    + "</table>"
)
WHOLES = (
    "<table><tr><th rowspan=2>館</th><th colspan=3>入館者数（人）</th><th colspan=2>面積（㎡）</th></tr>"
    "<tr><th>大人</th><th>子ども</th><th>計</th><th>敷地</th><th>延床</th></tr>"
    "<tr><td>東館</td><td>10</td><td>5</td><td>15</td><td>900</td><td>300</td></tr>"
    "<tr><td>西館</td><td>20</td><td>7</td><td>27</td><td>800</td><td>500</td></tr></table>"
)


@pytest.fixture(scope="module")
def moves(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_r6_ugoki.html": f"<html><body>{MOVES}</body></html>"})


@pytest.mark.parametrize(
    ("question", "words", "steps"),
    [
        ("4月の島外への乗船者数は何人ですか", "303人", "103 + 200 = 303"),
        ("4月の女性の乗船者数は何人ですか", "220人", "20 + 200 = 220"),
        ("5月の乗船者数は男女合わせて何人ですか", "300人", "11 + 19 + 150 + 120 = 300"),
        ("乗船者数が最も多い月は何月ですか", "7月.*627人", "9 + 8 + 300 + 310 = 627"),
        ("下船者数が2番目に少ない月は", "4月.*210人", "15 + 25 + 90 + 80 = 210"),
        ("乗船者数が少ない月を2つ", "6月.*123人.*5月.*300人", "12 + 21 + 50 + 40 = 123"),
        ("5月は下船者が乗船者より何人多かったですか", "差は170人", "470 − 300 = 170"),
        ("乗船者が下船者を上回った月はいくつありますか", "2か月です: 4月、7月", "2 \\(か月\\)"),
        ("乗船者が下船者を上回った月をすべて", "4月、7月", ""),
        ("7月の乗船者のうち、島外の人の割合は何%ですか", "97.3%", "610 ÷ 627"),
        ("7月の島外の乗船者のうち女性は何%ですか", "50.8%", "310 ÷ 610"),
        ("島外の乗船者が250人を超えた月はいくつありますか", "3か月", ""),
        ("乗船者数の合計は何人ですか", "1,383人", "333 \\+ 300 \\+ 123 \\+ 627 = 1,383"),
    ],
)  # fmt: skip
def test_the_columns_under_a_head_are_one_figure(
    moves: Store, surest: Surest, question: str, words: str, steps: str
) -> None:
    draft = surest(question, moves)
    text, calculation = draft.text, draft.calculation or ""
    assert re.search(words, text)
    assert steps in calculation or re.search(steps, calculation)


def test_a_printed_cell_is_given_as_it_stands(moves: Store) -> None:
    given = answer("4月の島外の女性の乗船者数は何人ですか", moves)
    assert "200人" in given.answer
    assert given.calculation is None


def test_wholes_that_are_printed_and_figures_of_other_kinds_are_not_added(tmp_path: Path) -> None:
    (tmp_path / "kan.html").write_text(f"<html><body>{WHOLES}</body></html>", encoding="utf-8")
    assert summed(table_frame(read_document(tmp_path / "kan.html"), 0)) is None


def test_every_sum_cites_its_cells(moves: Store) -> None:
    frame = summed(table_frame(next(iter(moves.documents.values())), 0))
    assert isinstance(frame, SummedFrame)
    assert {one.path for c, one in enumerate(frame.columns) if c in frame.sums} >= {("乗船者数",), ("乗船者数", "島外")}
    given = answer("4月の島外の乗船者数は何人ですか", moves)
    assert {c.quote for c in given.citations} >= {"103", "200"}
