"""Everyday words and what documents write: a table of general Japanese, and what it does to a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import qa.thesaurus
from index import Store
from qa import answer
from qa.restate import in_known_words
from qa.thesaurus import LONGEST, written_for

TABLE = Path(qa.thesaurus.__file__).parent / "thesaurus.tsv"
LINES = TABLE.read_text("utf-8").splitlines()
# Pairs that differ in what they count, or say the opposite: none may stand for the other.
NEVER = [
    ("税金", "市税"), ("収入", "支出"), ("歳入", "歳出"), ("増加", "減少"), ("予算", "決算"), ("男性", "女性"), ("小学校", "中学校"),
    ("新規", "継続"), ("国", "県"), ("県", "市"), ("人口", "世帯"), ("世帯", "人口"), ("黒字", "赤字"), ("前年度", "当年度"),
]  # fmt: skip


def test_each_line_is_a_word_and_what_is_written_for_it() -> None:
    for number, line in enumerate(LINES, 1):
        asked, written = line.split("\t")
        words = written.split(",")
        assert 1 <= len(asked) <= LONGEST, number
        assert 1 <= len(words) <= 8, number
        assert all(word and word == word.strip() and word != asked for word in words), number
        assert len(set(words)) == len(words), number


def test_no_word_is_asked_twice() -> None:
    asked = [line.split("\t")[0] for line in LINES]
    assert len(set(asked)) == len(asked)
    assert asked == sorted(asked)


@pytest.mark.parametrize(("asked", "other"), NEVER)
def test_other_things_are_not_meant(asked: str, other: str) -> None:
    assert other not in written_for(asked)


@pytest.mark.parametrize(
    ("asked", "written"), [("借金", "市債"), ("お返し", "返礼品"), ("お年寄り", "高齢者"), ("スマホ", "スマートフォン")]
)
def test_what_documents_write(asked: str, written: str) -> None:
    assert written in written_for(asked)
    assert written_for("天文教室") == ()


REPORT = """磯原町 財政の報告(令和5年度)

1 町債

令和5年度末の町債の残高は48億2,100万円であった。

2 ふるさと納税

寄附者への返礼品は地元の海産物を中心に42品目を用意した。

3 高齢者の見守り

一人暮らしの高齢者の見守りに協力する事業所は31か所である。
"""


@pytest.fixture(scope="module")
def town(indexed: Callable[..., Store]) -> Store:
    return indexed({"isohara-r5.txt": REPORT})


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("町の借金の残高は？", "町債の残高は?"),
        ("お返しは何品目？", "返礼品は何品目?"),
        ("お年寄りの見守りに協力する事業所は？", "高齢者の見守りに協力する事業所は?"),
        ("返礼品は何品目？", "返礼品は何品目？"),
        ("貸付金の残高は？", "貸付金の残高は？"),
    ],
)
def test_a_question_in_the_documents_words(asked: str, known: str, town: Store) -> None:
    assert in_known_words(town, asked) == known


def test_an_everyday_word_is_answered(town: Store) -> None:
    given = answer("令和5年度末の町の借金の残高はいくらですか", town)
    assert given.answered
    assert "48億2,100万円" in given.answer
    assert given.question == "令和5年度末の町の借金の残高はいくらですか"
