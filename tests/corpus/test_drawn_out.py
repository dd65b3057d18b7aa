"""Names drawn out over the width of their column, as budgets print them."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus import read_document
from corpus.drawn_out import Printed, joined

FONT = "HeiseiKakuGo-W5"


def _spread(text: str, left: float, right: float, size: float = 9.0) -> list[Printed]:
    """The letters of a text as words of their own, set evenly between two edges."""
    step = (right - left - size) / max(1, len(text) - 1)
    return [{"text": c, "x0": left + i * step, "x1": left + i * step + size} for i, c in enumerate(text)]


@pytest.mark.parametrize("name", ["市税", "繰入金", "地方譲与税", "ゴルフ場利用税交付金"])
def test_a_name_drawn_out_is_one_word(name: str) -> None:
    assert [word["text"] for word in joined(_spread(name, 60, 215))] == [name]


def test_labels_of_one_letter_stay_apart() -> None:
    assert [word["text"] for word in joined(_spread("男女計", 60, 215))] == ["男", "女", "計"]


def test_headers_drawn_out_beside_each_other_are_words_of_their_own() -> None:
    line = [*_spread("本年度", 265, 355), *_spread("前年度", 385, 465), *_spread("比較", 490, 555)]
    assert [word["text"] for word in joined(line)] == ["本年度", "前年度", "比較"]


def test_names_of_neighbouring_columns_stay_apart() -> None:
    line = [*_spread("総務費", 60, 110), *_spread("総務管理費", 180, 300)]
    assert [word["text"] for word in joined(line)] == ["総務費", "総務管理費"]


def test_a_budget_with_drawn_out_names(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    path = tmp_path / "yosan.pdf"
    page = Canvas(str(path), pagesize=A4)
    page.setFont(FONT, 9)

    def put(words: list[Printed], y: float) -> None:
        for word in words:
            page.drawString(word["x0"], y, word["text"])

    put(_spread("歳出", 60, 90), 760)
    put([*_spread("本年度", 265, 355), *_spread("前年度", 385, 465)], 740)
    put([{"text": "款", "x0": 125, "x1": 134}], 732)
    put(
        [
            {"text": t, "x0": x, "x1": x + 27}
            for t, x in (("予算額", 278), ("構成比", 333), ("予算額", 393), ("構成比", 443))
        ],
        723,
    )
    rows = (
        ("1", "議会費", "469,887千円", "0.5％", "459,875千円", "0.5％"),
        ("2", "災害復旧費", "24,220", "0.0", "24,100", "0.0"),
        ("3", "公債費", "6,765,301", "7.1", "6,671,735", "7.0"),
    )
    for n, (number, name, *figures) in enumerate(rows):
        y = 690 - 34 * n
        page.drawString(43, y, number)
        put(_spread(name, 60, 215), y)
        for x, figure in zip((320, 366, 435, 476), figures, strict=True):
            page.drawRightString(x, y, figure)
    page.save()
    [table] = read_document(path).tables
    assert [["/".join(column.path) for column in table.columns][1:]] == [
        ["本年度/予算額", "本年度/構成比", "前年度/予算額", "前年度/構成比"]
    ]
    assert [[cell.text for cell in row.cells][:3] for row in table.rows][1] == ["2 災害復旧費", "24,220", "0.0"]
    assert table.rows[2].cells[3].unit == "千円"
