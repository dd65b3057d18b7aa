"""Answers of parts as one: side by side with all their citations, or one figure divided by the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from index import Store
from qa.several_parts import Parts
from qa.together import join
from qa.types import Draft
from qa.understand import understand
from qa.verify import failures

Said = Callable[..., Draft]


def joined(said: Said, how: str, *asked: str) -> Draft | None:
    return join(Parts(asked, how), [said("koumin_kouza", text) for text in asked], understand(asked[0]))


def test_side_by_side(said: Said, tables: Store) -> None:
    draft = joined(said, "each", "天文教室の参加者は？", "福祉課の令和5年度予算の合計は？")
    assert draft is not None
    assert [v.value for v in draft.values] == [312, 595]
    assert {c.quote for c in draft.citations} == {"312名", "415", "180"}
    assert draft.calculation == "415 + 180 = 595 (千円)"
    assert failures(tables, draft) == ()


def test_one_answer_twice_is_no_answer_to_two_questions(said: Said) -> None:
    assert joined(said, "each", "天文教室の参加者は？", "天文教室の参加者は何名？") is None


def test_one_figure_for_each_of_the_other(said: Said) -> None:
    draft = joined(said, "per", "天文教室の令和5年度予算は？", "天文教室の参加者は？")
    assert draft is not None
    (value,) = draft.values
    assert value.value == pytest.approx(float(round(Decimal(320_000) / 312, 1)))
    assert (draft.kind, value.unit) == ("ratio", "円")
    assert draft.calculation == "320 × 1,000 = 320,000 (円); 320,000 ÷ 312 ≒ 1,025.6 (円)"
    assert {c.quote for c in draft.citations} == {"320", "312名"}


def test_one_figure_for_each_of_the_other_passes_the_gate(said: Said, tables: Store) -> None:
    draft = joined(said, "per", "天文教室の令和5年度予算は？", "天文教室の参加者は？")
    assert draft is not None
    assert failures(tables, draft) == ()


def test_words_cannot_be_divided(said: Said) -> None:
    assert joined(said, "per", "天文教室の令和5年度予算は？", "点字講座の参加者は？") is None


@pytest.mark.parametrize(
    ("how", "value", "written"),
    [
        ("percent", 103.2, "320 ÷ 310 × 100 ≒ 103.2 (%)"),
        ("rate", 3.2, "(320 − 310) ÷ 310 × 100 ≒ 3.2 (%)"),
        ("times", 1.0, "320 ÷ 310 ≒ 1.0 (倍)"),
        ("difference", 10, "320 − 310 = 10 (千円)"),
        ("sum", 630, "320 + 310 = 630 (千円)"),
    ],
)
def test_two_figures_of_one_unit(how: str, value: float, written: str, said: Said, tables: Store) -> None:
    draft = joined(said, how, "天文教室の令和5年度予算は？", "天文教室の令和4年度予算は？")
    assert draft is not None
    assert [v.value for v in draft.values] == [value]
    assert draft.calculation == written
    assert failures(tables, draft) == ()


def test_money_and_people_have_no_difference(said: Said) -> None:
    assert joined(said, "difference", "天文教室の令和5年度予算は？", "天文教室の参加者は？") is None


def test_a_figure_is_not_compared_with_itself(said: Said) -> None:
    """Two parts of a question that one and the same cell answers, told in different words."""
    draft = said("koumin_kouza", "天文教室の参加者は？")
    other = replace(draft, text=f"参加者のことでは、{draft.text}")
    for how in ("difference", "sum", "percent", "times"):
        assert join(Parts(("甲", "乙"), how), [draft, other], understand("甲と乙の差は？")) is None


def test_a_share_of_a_whole_is_not_more_than_the_whole(said: Said) -> None:
    more, less = (said("koumin_kouza", f"天文教室の令和{year}年度予算は？") for year in (5, 4))
    question = understand("この教室の予算は全体の予算の何%ですか")
    whole = Parts(("この教室の予算は?", "全体の予算は?"), "percent")
    assert join(whole, [more, less], question) is None
    assert join(whole, [less, more], question) is not None
    assert join(Parts(("令和5年度の予算は?", "令和4年度の予算は?"), "percent"), [more, less], question) is not None
