"""Prose that a page sets in two columns is read one column after the other; tables and labels with values are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus import Document, read_document
from corpus.readers.pdf_lines import PrintedLine, Stretch
from corpus.readers.pdf_text_columns import Band, bands, moved

FONT = "HeiseiKakuGo-W5"
LEFT = (
    "子育て世帯の経済的負担を軽減するため、小学校に",
    "入学する児童の保護者に対して、児童1人につき3万",
    "円を支給しました。",
    "夏のまつりには、市の内外から多くの人が訪れまし",
    "た。まつりの費用は2,340万円で、そのうちの半分を",
    "協賛金でまかなうことができました。",
    "来年も同じ時期に開きます。",
)
RIGHT = (
    "老朽化した市道の舗装の修繕を6路線で行い、あわせ",
    "て橋の補修を3つの橋で行いました。道路の事業費は",
    "2億4,716万円です。",
    "雪の少ない冬で除雪の回数が減ったため、除雪に使っ",
    "たお金は前年度より9,630万円少なくなりました。次",
    "の冬にむけて車両を1台買いかえます。",
    "車両は10月に届きます。",
)
NAMES = (
    "市役所の窓口の延長",
    "図書館の開館の延長",
    "子どもの居場所づくり",
    "まつりのごみの分別",
    "橋の点検",
    "川の掃除",
    "花の苗の配布",
)
FIGURES = ("1,200", "3,400", "560", "780", "12,000", "340", "90")


def _page(path: Path, left: tuple[str, ...], right: tuple[str, ...], at: int) -> Document:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont(FONT, 16)
    canvas.drawString(50, 790, "令和5年度の主な事業")
    canvas.setFont(FONT, 10)
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(50, 740 - 16 * n, one)
        canvas.drawString(at, 740 - 16 * n, other)
    canvas.drawString(50, 560, "このページについてのお問い合わせは、市役所の財政課までお願いします。")
    canvas.save()
    return read_document(path)


def _prose(document: Document) -> list[str]:
    return [document.quote(p.span).replace("\n", "") for p in document.passages]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    told = _prose(_page(tmp_path / "koho.pdf", LEFT, RIGHT, 310))
    assert (
        "子育て世帯の経済的負担を軽減するため、小学校に入学する児童の保護者に対して、児童1人につき3万円を支給しました。"
        in told
    )
    assert "まつりの費用は2,340万円で、そのうちの半分を協賛金でまかなうことができました。" in told
    assert told.index("来年も同じ時期に開きます。") < told.index("道路の事業費は2億4,716万円です。")
    assert told[-1].startswith("このページについて")


def test_a_quote_stands_where_it_says(tmp_path: Path) -> None:
    document = _page(tmp_path / "koho.pdf", LEFT, RIGHT, 310)
    for passage in document.passages:
        place = document.place(passage.span)
        assert place.page == 1
        assert place.line_start <= place.line_end
    starts = [document.place(passage.span).line_start for passage in document.passages]
    assert starts == sorted(starts)


@pytest.mark.parametrize("right", [FIGURES, tuple(f"{figure} 千円" for figure in FIGURES)])
def test_names_with_their_figures_are_no_columns_of_prose(tmp_path: Path, right: tuple[str, ...]) -> None:
    document = _page(tmp_path / "table.pdf", NAMES, right, 310)
    text = [line for line in document.text.split("\n") if "居場所" in line]
    assert "560" in text[0]


def _line(top: float, *pieces: tuple[str, float, float]) -> PrintedLine:
    stretches = tuple(Stretch(*piece) for piece in pieces)
    text = "  ".join(piece.text for piece in stretches)
    return PrintedLine(text, top, stretches[0].left, stretches[-1].right, 10.0, stretches)


def test_where_a_band_begins_and_ends() -> None:
    title = _line(0, ("令和5年度の主な事業をお知らせします。", 50, 540))
    both = [
        _line(20 + 15 * n, ("あいうえおかきくけこさし", 50, 280), ("なにぬねのはひふへほまみ", 310, 540))
        for n in range(8)
    ]
    note = _line(160, ("このページのお問い合わせは財政課までお願いします。", 50, 540))
    (band,) = bands([title, *both, note])
    assert 280 < band.strip < 310
    assert (band.top, band.bottom) == (20, 135)
    assert bands([title, note]) == []


def test_what_stands_below_is_moved_down() -> None:
    found = [Band(300, 20, 100), Band(300, 200, 250)]
    assert [moved(top, found) for top in (10, 100, 150, 260)] == [0, 81, 81, 132]
