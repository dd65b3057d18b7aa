"""Which offer is said: every way of answering makes offers, described alike, weighed by trees that are monotone."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Store, build, open_store
from qa import answer
from qa.choice import choice_model, weighed
from qa.offer_features import features
from qa.offers import Offer, offers
from qa.retrieve import retrieve
from qa.tabular import frames_of
from qa.trees import Trees
from qa.types import Question
from qa.understand import understand

QUESTIONS = [
    "市民合唱祭の令和5年度の予算額はいくらですか？",
    "市民合唱祭はなぜ開かれたのですか。",
    "予算が最も大きい事業はどれですか",
    "観光振興の決算額は2,000千円ですよね？",
]


def described(text: str, store: Store) -> tuple[Question, list[Offer], list[dict[str, float]]]:
    question = understand(text)
    hits = retrieve(store, question)
    found = offers(store, question, hits, frames_of(store, hits), lambda _, step: step())
    return question, found, features(store, question, hits, found)


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_offer_has_finite_features_and_its_way(text: str, town: Store) -> None:
    _, found, own = described(text, town)
    assert found
    assert len(own) == len(found)
    for offer, numbers in zip(found, own, strict=True):
        assert numbers[f"way_{offer.way}"] == 1.0
        assert all(math.isfinite(value) for value in numbers.values())
        assert 0.0 <= offer.own <= 1.0


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_likeliest_offer_comes_first(text: str, town: Store) -> None:
    question = understand(text)
    hits = retrieve(town, question)
    found = offers(town, question, hits, frames_of(town, hits), lambda _, step: step())
    given_ = [one.probability for one in weighed(town, question, hits, found)]
    near = [round(p, 2) for p in given_]  # of about equally likely ones the one that explains more
    assert near == sorted(near, reverse=True)
    assert all(0.0 < p < 1.0 for p in given_)


def test_a_word_that_nothing_explains_is_counted_as_lost(town: Store) -> None:
    _, _, plain = described("市民合唱祭の令和5年度の予算額は？", town)
    _, _, strange = described("市民合唱祭の令和5年度の灯台の予算額は？", town)
    assert plain[0]["lost_nouns"] == 0.0
    assert min(own["lost_nouns"] + own["lost_names"] for own in strange) >= 1.0


def test_no_answer_is_said_that_is_less_likely_than_enough(town: Store) -> None:
    for text in QUESTIONS:
        given_ = answer(text, town)
        assert not given_.answered or given_.confidence >= 0.8 * choice_model().enough


@st.composite
def small_trees(draw: st.DrawFn) -> tuple[Trees, dict[str, float]]:
    """Two stumps over two features, and values for these."""
    cuts = [draw(st.floats(-1, 1)) for _ in range(2)]
    leaves = [draw(st.floats(-2, 2)) for _ in range(4)]
    trees = Trees(
        roots=(0, 3), features=("a", "", "", "b", "", ""), thresholds=(cuts[0], 0.0, 0.0, cuts[1], 0.0, 0.0),
        lefts=(1, 0, 0, 4, 0, 0), rights=(2, 0, 0, 5, 0, 0),
        values=(0.0, leaves[0], leaves[1], 0.0, leaves[2], leaves[3]), bias=draw(st.floats(-1, 1)),
    )  # fmt: skip
    return trees, {"a": draw(st.floats(-2, 2)), "b": draw(st.floats(-2, 2))}


@given(small_trees())
def test_trees_add_the_leaf_of_each(made: tuple[Trees, dict[str, float]]) -> None:
    trees, values = made
    first = trees.values[1] if values["a"] <= trees.thresholds[0] else trees.values[2]
    second = trees.values[4] if values["b"] <= trees.thresholds[3] else trees.values[5]
    assert trees.probability(values) == pytest.approx(1 / (1 + math.exp(-(trees.bias + first + second))))


def test_what_a_row_denies_is_no_ground(town: Store) -> None:
    from qa.offer_features import features as numbers

    question, found, _ = described("市民合唱祭はなぜ廃止されたのですか。", town)
    hits = retrieve(town, question)
    own = numbers(town, question, hits, found)
    assert all(set(own[0]) >= {"contradicted", "lost"} for _ in own)
    assert not answer("市民合唱祭はなぜ廃止されたのですか。", town).answered


def test_another_name_is_another_thing(tmp_path: Path) -> None:
    """北斗 stands in the title; 北斗くん is somebody else."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "hokuto-r5.txt").write_text(
        "北斗町 広報の報告(令和5年度)\n\n1 動画の配信\n\n人気の動画をまとめて配信した。\n\n2 着ぐるみ\n\n北斗くんの着ぐるみを2体作った。\n",
        "utf-8",
    )
    build(tmp_path / "docs", tmp_path / "index")
    given_ = answer("北斗くんの人気は？", open_store(tmp_path / "index"))
    assert "動画" not in given_.answer or not given_.answered
