"""Sentences about what the sentence before them is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import build, open_store
from qa.pipeline import answer
from qa.topics import leans

SPEECH = """<html><body><h1>施政方針</h1>
<h2>1 暮らし</h2>
<p>高齢者の移動を支える予約制の乗合タクシー「ひばり号」を、10月から川西地区でも運行します。料金は1回300円です。運行日は平日のみです。</p>
<p>老朽化した消防署北分署を建て替え、本年6月に着工します。総事業費は18億円で、本年度は4億2,000万円を計上しました。</p>
<p>道の駅の駐車場を80台分広げます。観光客は昨年138万人となりました。</p>
</body></html>
"""


@pytest.mark.parametrize(
    "text",
    ["料金は1回300円です。", "総事業費は18億円で、", "対象となる児童は約640人です。", "講師には留学生5人を迎えた。"],
)
def test_a_sentence_that_leaves_out_of_what(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text", ["市税は168億円です。", "観光客は昨年138万人となりました。", "放課後児童クラブの利用者数は50人です。"]
)
def test_a_sentence_with_a_topic_of_its_own(text: str) -> None:
    assert not leans(text)


@pytest.mark.parametrize(
    ("question", "said"), [("北分署の総事業費は？", "18億円"), ("ひばり号の料金はいくらですか", "300円")]
)
def test_what_the_sentence_before_is_about_is_known(tmp_path: Path, question: str, said: str) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "hoshin.html").write_text(SPEECH, encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "index", workers=1)
    given = answer(question, open_store(tmp_path / "index"))
    assert given.answered
    assert said in given.answer
