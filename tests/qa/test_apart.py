"""Questions of several parts, asked of a town's documents: all parts answered and cited, or nothing said."""

from __future__ import annotations

import pytest

from index import Store
from qa.pipeline import answer


def lines(store: Store, text: str) -> set[tuple[str, int]]:
    return {(c.document, c.line_start) for c in answer(text, store).citations}


BUDGET = "shirane-bunka-r4r5"
REPORT = "shirane-houkoku-r5"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("市民合唱祭の令和5年度の予算額と湖畔野外劇の参加者数を教えてください", ("1,385千円", "1,904名")),
        ("市民合唱祭の令和5年度予算と、湖畔案内所の来所者数は？", ("1,385千円", "18,052人")),
        ("空き家活用の決算額はいくらですか。あと、姉妹都市交流の訪問団は何人ですか。", ("7,754", "14人")),
    ],
)
def test_every_part_is_answered(text: str, says: tuple[str, ...], town: Store) -> None:
    given = answer(text, town)
    assert all(one in given.answer for one in says)


def test_each_part_keeps_its_own_document(town: Store) -> None:
    found = lines(town, "市民合唱祭の令和5年度予算と、湖畔案内所の来所者数は？")
    assert {document for document, _ in found} == {BUDGET, REPORT}


def test_figures_of_two_documents_make_a_difference(town: Store) -> None:
    given = answer("観光案内所運営と空き家活用、あわせた決算額は？", town)
    assert "20,160" in given.answer
    assert given.calculation
    assert "12,406 + 7,754 = 20,160" in given.calculation


def test_money_for_each_person(town: Store) -> None:
    given = answer("湖畔野外劇のR5当初予算額を参加者数で割ったら一人いくら？", town)
    assert given.kind == "ratio"
    assert "4,766.3" in given.answer


@pytest.mark.parametrize(
    "text",
    ["市民合唱祭の令和5年度予算と、入場料収入は？", "市民合唱祭の予算額は、決算額の何％ですか", "市民合唱祭の予算額を来館者数で割ると？"],
)  # fmt: skip
def test_half_an_answer_is_not_said_as_if_it_were_whole(text: str, town: Store) -> None:
    assert not answer(text, town).answered


def test_a_second_part_that_names_its_own_thing_is_asked_by_itself(town: Store) -> None:
    given = answer("市民合唱祭の令和5年度当初予算額は、姉妹都市交流の決算額の約何％ですか", town)
    assert given.calculation == "1,385 ÷ 3,219 × 100 ≒ 43.0 (%)"


def test_what_was_settled_is_not_told_by_what_was_planned(town: Store) -> None:
    assert not answer("市民合唱祭の令和5年度の決算額は？", town).answered


def test_the_measure_of_one_is_that_of_the_other(town: Store) -> None:
    given = answer("観光案内所運営の決算額は空き家活用よりいくら多かったですか", town)
    assert given.calculation == "12,406 − 7,754 = 4,652 (千円)"
