"""Every word of a question is explained, or the question is refused and the word named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa.account import Account, account
from qa.types import Link
from qa.understand import understand

Linked = Callable[[str], tuple[Link, ...]]


def verdict(text: str, links_of: Linked) -> Account:
    return account(understand(text), links_of(text))


def test_a_question_that_is_explained_is_accepted(links_of: Linked) -> None:
    found = verdict("市民合唱祭の令和5年度予算額", links_of)
    assert (found.ok, found.unexplained, found.periods, found.tied) == (True, (), (), ())
    assert found.coverage == pytest.approx(1.0)


@pytest.mark.parametrize("word", ["火星", "潜水艦", "恐竜", "タージマハル", "黒部"])
def test_a_word_nothing_explains_is_named(word: str, links_of: Linked) -> None:
    found = verdict(f"{word}の市民合唱祭の予算額", links_of)
    assert not found.ok
    assert word[:2] in "".join(term.surface for term in found.unexplained)


def test_a_figure_nothing_explains_is_named(links_of: Linked) -> None:
    found = verdict("市民合唱祭の参加者は500名", links_of)
    assert (found.ok, [t.surface for t in found.unexplained]) == (False, ["500名"])
    assert verdict("市民合唱祭の参加者は312名", links_of).ok


def test_many_light_words_that_nothing_explains_weigh_as_much_as_a_noun(links_of: Linked) -> None:
    one, many = (verdict(f"市民合唱祭{verbs}", links_of) for verbs in ("で踊る", "で踊る 笑う 走る 跳ぶ 泳ぐ 眠る"))
    assert one.ok
    assert not many.ok
    assert all(term.weight < 0.8 for term in many.unexplained)


def test_another_year_is_named(links_of: Linked) -> None:
    found = verdict("市民合唱祭の令和元年度予算額", links_of)
    assert (found.ok, [p.year for p in found.periods]) == (False, [2019])


def test_another_kind_of_thing_is_not_given(links_of: Linked) -> None:
    found = verdict("市民合唱祭は何冊ですか", links_of)
    assert (found.ok, found.wrong_kind) == (False, True)


def test_without_evidence_every_word_is_unexplained() -> None:
    question = understand("令和5年度の市民合唱祭の予算額")
    found = account(question, ())
    assert (found.ok, found.coverage, found.unexplained) == (False, 0.0, question.terms)
    assert found.periods == question.periods


def as_good(link: Link, name: str, value: str, score: float) -> Link:
    other = replace(link.evidence, name=name, value=value, position=99)
    return replace(link, evidence=other, score=score, features={**link.features, "rank": 0.5})


def test_two_places_that_fit_alike_are_both_named(links_of: Linked) -> None:
    question = understand("改修補助の件数")
    best = links_of(question.text)[0]
    assert account(question, (best,)).ok
    found = account(question, (best, as_good(best, "解体補助", "21件", best.score - 0.01)))
    assert (found.ok, found.tied) == (False, ("改修補助", "解体補助"))


def test_another_place_that_says_the_same_or_fits_less_is_no_rival(links_of: Linked) -> None:
    question = understand("改修補助の件数")
    best = links_of(question.text)[0]
    for other in (as_good(best, "解体補助", "１７件", best.score), as_good(best, "解体補助", "21件", best.score - 1.0)):
        assert account(question, (best, other)).ok


def test_what_is_accepted_explains_every_noun_and_figure(links_of: Linked) -> None:
    for text in (
        "市民合唱祭の予算",
        "駅前案内所の来所者数",
        "湖畔野外劇の参加者",
        "会場",
        "黒部市の決算額",
        "参加者500名",
    ):
        found = verdict(text, links_of)
        if found.ok:
            assert all(term.weight < 0.8 for term in found.unexplained)
