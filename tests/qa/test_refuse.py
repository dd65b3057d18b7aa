"""Refusals: what is missing, what is near, which of several; never a figure."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from index import Store
from qa.refuse import lacks_context, refusal
from qa.retrieve import retrieve
from qa.tabular import frames_of, propose
from qa.understand import understand

Refused = Callable[[str], str]


@pytest.fixture(scope="module")
def refused(town: Store) -> Refused:
    def run(text: str) -> str:
        asked = understand(text)
        hits = retrieve(town, asked)
        found = propose(asked, frames_of(town, hits))
        return refusal(town, asked, hits, found[0] if found else None)

    return run


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("火星の市民合唱祭の予算額は？", "「火星」"),
        ("市民合唱祭の販売価格は？", "「販売価格」"),
        ("夜間動物園の入場者数は？", "動物園"),
        ("札幌市の市民合唱祭の予算は？", "「札幌」"),
    ],
)
def test_what_stands_nowhere_is_named(text: str, missing: str, refused: Refused) -> None:
    said = refused(text)
    assert missing in said.split("。")[0]
    assert "記載がありません" in said


def test_a_year_the_documents_do_not_speak_of_is_named(refused: Refused) -> None:
    assert refused("令和9年度の市民合唱祭の予算額は？").startswith("令和9年度のものは")


def test_the_nearest_names_are_given(refused: Refused) -> None:
    assert "市民合唱祭" in refused("市民合唱祭の販売価格は？").split("。")[1]


def test_of_several_the_names_are_given_to_choose_from(refused: Refused) -> None:
    said = refused("合計は？")
    assert "一つに決められません" in said
    assert "改修補助" in said
    assert "観光案内所運営" in said


@pytest.mark.parametrize(
    "text",
    ["火星の市民合唱祭の予算額は？", "市民合唱祭の販売価格は？", "事業はいくつありますか？", "令和9年度の市民合唱祭の予算額は？",
     "来所者数は？", "潜水艦", "改修補助の決算額", "訪問団の団長"],
)  # fmt: skip
def test_a_refusal_holds_no_figure_that_was_not_asked(text: str, refused: Refused) -> None:
    said = refused(text)
    assert [n for n in re.findall(r"[0-9][0-9,]*", said) if n not in text] == []
    assert said.endswith("。")


def test_a_question_without_a_subject_asks_for_one() -> None:
    assert "名前を入れて" in lacks_context()
    assert not re.search(r"[0-9]", lacks_context())
