"""Where a question that asks several things may be cut, and what each part then says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.several import Parts, cuts


def parts(text: str) -> list[tuple[str, ...]]:
    return [found.questions for found in cuts(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("市民合唱祭の予算と湖畔野外劇の参加者を教えて", ("市民合唱祭の予算は?", "湖畔野外劇の参加者は?")),
        ("市民合唱祭の予算と、参加者は？", ("市民合唱祭の予算は?", "市民合唱祭の参加者は?")),
        ("市民合唱祭について、予算額と担当課を教えてください", ("市民合唱祭の予算額は?", "市民合唱祭の担当課は?")),
        ("市民合唱祭の予算は？湖畔野外劇の予算は？", ("市民合唱祭の予算は?", "湖畔野外劇の予算は?")),
    ],
)
def test_a_question_is_cut_into_whole_questions(text: str, cut: tuple[str, ...]) -> None:
    assert cut in parts(text)


def test_a_division_names_what_is_divided_by_what() -> None:
    assert list(cuts("市民合唱祭の予算を参加者で割ると？")) == [
        Parts(("市民合唱祭の予算", "市民合唱祭の参加者"), "ratio"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["市民合唱祭の予算は？", "参加者", "いくつありますか？", ""])
def test_a_question_that_asks_one_thing_is_not_cut(text: str) -> None:
    assert parts(text) == []


@given(st.text("市民合唱祭の予算と参加者、は？。をで割ると教えて ", max_size=30))
def test_every_cut_has_parts_of_the_question(text: str) -> None:
    found = list(cuts(text))
    assert len(found) <= 20
    for one in found:
        assert len(one.questions) > 1
        for question in one.questions:
            assert set(question) <= {*text, "?", "は", "の", " "}
