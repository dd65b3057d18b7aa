"""Which texts hold a word: the same answer as looking at each text by itself, for all of a table at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.explain import SAME_READING, TYPO, literal
from qa.lookup import TextIndex, letters
from qa.types import Term
from qa.understand import understand

TEXTS = [
    "市民合唱祭",
    "湖畔野外劇",
    "参加者 48名",
    "参加者148名",
    "12,406 千円",
    "1.48",
    "サーバー更新",
    "",
    "合唱 団",
    "歌う",
    "峰山町",
]
texts = st.lists(st.text("合唱祭市民48,.名 \n千円abＡ１", max_size=8), max_size=8)


def term(text: str) -> Term:
    (found,) = understand(text).terms
    return found


@given(texts=texts, wanted=st.text("合唱祭市民名千円ab", min_size=1, max_size=3))
def test_holding_is_holding(texts: list[str], wanted: str) -> None:
    apart = rf"(?<![a-z]){wanted}(?![a-z])" if wanted.isascii() else re.escape(wanted)  # no d in bod
    assert TextIndex(texts).holding(wanted) == [i for i, text in enumerate(texts) if re.search(apart, letters(text))]


@given(texts=texts, wanted=st.text("0123456789", min_size=1, max_size=3))
def test_a_figure_is_held_only_whole(texts: list[str], wanted: str) -> None:
    whole = re.compile(rf"(?<![0-9.]){wanted}(?![0-9])(?!\.[0-9])")
    assert TextIndex(texts).holding(wanted) == [i for i, text in enumerate(texts) if whole.search(letters(text))]


@given(texts=texts)
def test_nothing_is_held_by_no_text(texts: list[str]) -> None:
    assert TextIndex(texts).holding("") == []
    assert TextIndex([]).holding("合唱") == []


@given(text=st.text(max_size=20))
def test_letters_are_folded_once_for_all(text: str) -> None:
    assert letters(letters(text)) == letters(text)
    assert not re.search(r"\s", letters(text))


@pytest.mark.parametrize(
    ("one", "other"), [("１，２４０", "1240"), ("市 民「合唱」祭", "市民合唱祭"), ("ＪＥＴ", "jet")]
)
def test_letters_do_not_tell_spellings_apart(one: str, other: str) -> None:
    assert letters(one) == letters(other)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("合唱", {0: 1.0, 8: 1.0}),
        ("48名", {2: 1.0}),
        ("12,406千円", {4: 1.0}),
        ("サーバ", {6: 1.0}),
        ("歌った", {9: 1.0}),
        ("演奏", {}),
    ],
)
def test_a_word_is_found_where_it_stands(word: str, found: dict[int, float]) -> None:
    assert TextIndex(TEXTS).find(term(word)) == found


def test_a_name_in_another_kanji_is_another_name() -> None:
    name = Term("嶺山", "嶺山", "ミネヤマ", "名詞", 0, 2, 1.0)
    assert TextIndex(TEXTS).find(name) == {}
    assert TextIndex(["嶺山町"]).find(name) == {0: 1.0}


def test_a_letter_wrong_in_a_long_word_is_near() -> None:
    index = TextIndex(["災害ボランティア数", "ボート", "x" * 100 + "ボランティア数"])
    assert index.near(letters("ボランテイア数")) == {0: TYPO}
    assert index.find(Term("ボランテイア", "ボランテイア", "ボランテイア", "名詞", 0, 6, 0.8)) == {0: TYPO}
    assert index.near(letters("ホテル")) == {}


@settings(max_examples=50)
@given(
    word=st.sampled_from(["合唱", "参加", "48名", "千円", "湖畔", "東京"]),
    texts=st.lists(st.sampled_from(TEXTS), max_size=6),
)
def test_all_texts_at_once_as_each_by_itself(word: str, texts: list[str]) -> None:
    one = term(word)
    together = TextIndex(texts).find(one)
    assert together == {i: found for i, text in enumerate(texts) if (found := TextIndex([text]).find(one).get(0))}
    assert set(together) == {i for i, text in enumerate(texts) if literal(one, text) >= SAME_READING}
