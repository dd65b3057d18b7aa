"""Each citation stands behind the claim it holds up, numbered in the order of the text; each operand knows its source."""

from __future__ import annotations

from dataclasses import replace

from qa import Answer, Citation
from qa.web.inline import numbered, operands, pieces


def cited(quote: str, row: str | None = None, line: int = 1) -> Citation:
    return Citation("d", "資料", line, line, None, None, (), row, ("予算額",), quote)


def given(text: str, *citations: Citation, calculation: str | None = None) -> Answer:
    return Answer("", 0, "問", "問", True, "value", text, (), calculation, citations, 0.9, "i", 1.0)


def shown(one: Answer) -> str:
    return "".join(piece.text + "".join(f"[{n}]" for n in piece.numbers) for piece in pieces(one))


def test_a_number_stands_behind_figure_unit_and_remark() -> None:
    assert shown(given("額は7,585千円(当課分)です。", cited("7,585 (当課分)"))) == "額は7,585千円(当課分)[1]です。"


def test_a_figure_inside_a_longer_one_is_not_it() -> None:
    assert shown(given("計は1,640千円、うち640千円です。", cited("640"))) == "計は1,640千円、うち640千円[1]です。"


def test_equal_figures_take_one_place_each() -> None:
    one = given("甲は5千円、乙は5千円です。", cited("5", line=1), cited("5", line=2))
    assert shown(one) == "甲は5千円[1]、乙は5千円[2]です。"


def test_citations_are_numbered_in_the_order_of_the_text() -> None:
    one = numbered(given("甲は12件、乙は34件です。", cited("34"), cited("12")))
    assert [c.quote for c in one.citations] == ["12", "34"]
    assert shown(one) == "甲は12件[1]、乙は34件[2]です。"


def test_what_the_text_does_not_repeat_is_cited_at_its_end_and_no_number_is_lost() -> None:
    one = given("はい、そうです。", cited("継続"), cited("新規"))
    assert shown(one) == "はい、そうです。[1][2]"


def test_without_citations_the_text_is_as_it_is() -> None:
    assert shown(given("記載がありません。")) == "記載がありません。"
    assert shown(given("")) == ""


def test_words_are_found_in_their_brackets() -> None:
    assert shown(given("担当課は「文化課」です。", cited("文化課"))) == "担当課は「文化課」[1]です。"


def test_operands_of_each_step_link_to_their_cells_and_results_to_none() -> None:
    one = given("差", cited("1,850"), cited("544"), calculation="1,850 − 544 = 1,306 (千円); 1,306 ÷ 544 ≒ 2.4 (倍)")
    linked = [(piece.text, piece.numbers) for piece in operands(one)]
    assert linked == [("1,850", (1,)), (" − 544", (2,)), (" = 1,306 (千円); 1,306 ÷ 544", (2,)), (" ≒ 2.4 (倍)", ())]


def test_equal_operands_are_different_cells() -> None:
    one = given("和", cited("5", line=1), cited("5", line=2), calculation="5 + 5 = 10")
    assert [piece.numbers for piece in operands(one)] == [(1,), (2,), ()]
    assert operands(replace(one, calculation=None)) == ()
