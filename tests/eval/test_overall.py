"""Every measure on answers whose measure is known by counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from eval.gold import GoldQuestion
from eval.measures import OUTCOMES, judge
from eval.overall import MEASURES, by, overall, percentiles
from eval.run import Judged, Run
from qa import Answer, Value

Said = Callable[..., Answer]
FIVE = GoldQuestion(question="予算は？", answer="5千円", must_include=(("5千円",),))
NONE = GoldQuestion(question="ない？", answerable=False)
LIST = GoldQuestion(question="一覧", answer="甲、乙、丙", must_include=(("甲",), ("乙",), ("丙",)))


def item(gold: GoldQuestion, given: Answer, id_: str = "a") -> Judged:
    return Judged(id_, 0, gold, given, judge(gold, given))


def measured(*items: Judged) -> dict[str, float]:
    own = tuple(replace(one, id=str(n)) for n, one in enumerate(items))
    return {name: round(found.value, 4) for name, found in overall([Run("村", own)]).items()}


def test_right_wrong_refused_and_crags_score(said: Said) -> None:
    found = measured(
        item(FIVE, said("5千円です。")), item(FIVE, said("7千円です。")), item(FIVE, said("", answered=False)),
        item(NONE, said("", answered=False)),
    )  # fmt: skip
    assert (found["right"], found["wrong"], found["refused"], found["crag"]) == (0.5, 0.25, 0.25, 0.25)
    assert (found["refusal_precision"], found["refusal_recall"]) == (0.5, 1.0)


def test_an_unanswerable_question_answered_is_no_refusal(said: Said) -> None:
    found = measured(item(NONE, said("5千円です。")), item(NONE, said("", answered=False)))
    assert (found["refusal_precision"], found["refusal_recall"], found["wrong"]) == (1.0, 0.5, 0.5)


@pytest.mark.parametrize(
    ("text", "reached"),
    [("5千円です。", 1.0), ("5,000円です。", 1.0), ("5円です。", 0.0), ("5千人です。", 0.0), ("15千円です。", 0.0)],
)
def test_a_figure_is_exact_with_its_unit(text: str, reached: float, said: Said) -> None:
    assert measured(item(FIVE, said(text)))["exact_value"] == reached


@pytest.mark.parametrize("answer", ["令和2年度", "5", "なし", None, "5千円と6千円"])
def test_what_is_no_single_figure_with_a_unit_is_left_out(answer: str | None, said: Said) -> None:
    gold = GoldQuestion(question="問", answer=answer, must_include=(("5",),))
    assert "exact_value" not in measured(item(gold, said("5千円")))


def test_lists_by_what_is_named_and_what_was_wanted(said: Said) -> None:
    given = replace(said("甲、乙、丁です。"), values=tuple(Value(None, None, one) for one in "甲乙丁"))
    found = measured(item(LIST, given))
    assert (found["list_recall"], found["list_precision"], found["list_f1"]) == (0.6667, 0.6667, 0.6667)
    nothing = measured(item(LIST, said("", answered=False)))
    assert (nothing["list_recall"], nothing["list_f1"]) == (0.0, 0.0)
    assert "list_precision" not in nothing


def test_groups_hold_all_outcomes_and_shares_that_make_one(said: Said) -> None:
    items = (item(FIVE, said("5千円")), item(FIVE, said("7千円"), "b"), item(replace_kind("sum"), said("7千円"), "c"))
    found = by([Run("村", items)], lambda _, one: one.gold.label)
    assert [(one.name, one.count) for one in found] == [("other", 2), ("sum", 1)]
    assert [len(one.shares) for one in found] == [len(OUTCOMES)] * 2
    assert all(sum(share.value for share in one.shares) == pytest.approx(1) for one in found)


def replace_kind(kind: str) -> GoldQuestion:
    return GoldQuestion(question="予算は？", type=kind, must_include=(("5千円",),))


def test_percentiles_are_times_that_occurred(said: Said) -> None:
    items = tuple(item(FIVE, replace(said("5千円"), elapsed_ms=float(n)), str(n)) for n in range(1, 101))
    assert percentiles([Run("村", items)]) == {"p50": 50, "p90": 90, "p95": 95, "p99": 99, "max": 100}
    assert percentiles([Run("村", items[:1])]) == dict.fromkeys(("p50", "p90", "p95", "p99", "max"), 1.0)
    assert percentiles([]) == {}


def test_every_measure_names_where_it_comes_from() -> None:
    for measure in MEASURES:
        assert measure.of.__doc__
        assert any(character.isdigit() for character in measure.of.__doc__) or "CRAG" in measure.of.__doc__
