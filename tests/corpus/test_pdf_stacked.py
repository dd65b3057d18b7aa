"""Ruled cells that hold a whole column of lines are rows again."""

from __future__ import annotations

from corpus.readers.pdf_lines import PrintedLine, Stretch
from corpus.readers.pdf_stacked import unstacked


def lines(*told: tuple[float, str]) -> list[PrintedLine]:
    """Lines of a cell: where each stands, and what it says."""
    return [PrintedLine(text, top, 0.0, 50.0, 9.0, (Stretch(text, 0.0, 50.0),)) for top, text in told]


def test_each_line_with_figures_is_a_row() -> None:
    cells = [
        lines((10, "1 町税"), (22, "2 地方譲与税"), (34, "3 町債")),
        lines((10, "2,067,920"), (22, "143,200"), (34, "743,600")),
        lines((10, "△33,560"), (22, "3,800"), (34, "110,800")),
    ]
    assert [row for _, row in unstacked(cells)] == [
        [("1 町税",), ("2,067,920",), ("△33,560",)],
        [("2 地方譲与税",), ("143,200",), ("3,800",)],
        [("3 町債",), ("743,600",), ("110,800",)],
    ]


def test_a_name_goes_on_with_the_row_that_has_its_figures() -> None:
    cells = [
        lines((10, "1 保健衛生総"), (22, "務費"), (34, "2 予防費")),
        lines((10, "96,214"), (34, "18,300")),
        lines((10, "1 報酬"), (22, "2 給料"), (34, "12 委託料")),
        lines((10, "4,280"), (22, "60,110"), (34, "17,050")),
    ]
    rows = [row for _, row in unstacked(cells)]
    assert rows[0] == [("1 保健衛生総", "務費"), ("96,214",), ("1 報酬",), ("4,280",)]
    assert rows[1] == [None, None, ("2 給料",), ("60,110",)]
    assert rows[2][0] == ("2 予防費",)


def test_text_and_a_single_line_stay_as_they_are() -> None:
    assert unstacked([lines((10, "事業"), (22, "の名前")), lines((10, "1,234"))]) == []
    assert unstacked([lines((10, "方法")), lines((10, "証書借入"), (22, "又は証券発行"))]) == []
