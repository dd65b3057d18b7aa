"""Paragraphs are cut where a reader would stop."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港を直した。海岸を掃除した。", ["港を直した。", "海岸を掃除した。"]),
        ("港を直した。 \n海岸を掃除した", ["港を直した。", "海岸を掃除した"]),
        ("開催した(雨天中止。振替あり)。次の文。", ["開催した(雨天中止。振替あり)。", "次の文。"]),
        ("「来てよかった。また来る。」と話した。次。", ["「来てよかった。また来る。」と話した。", "次。"]),
        ("括弧（が閉じない。次の文。", ["括弧（が閉じない。", "次の文。"]),
        ("閉じ）だけある。次の文。", ["閉じ）だけある。", "次の文。"]),
        ("来ますか？はい！来ます。", ["来ますか？", "はい！", "来ます。"]),
        ("3.5回、www.example.jp を見た", ["3.5回、www.example.jp を見た"]),
        ("", []),
        (" \n\u3000", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text("あ。！？（）「」『 \n\u3000", max_size=40))
def test_only_blanks_are_left_out_and_order_is_kept(text: str) -> None:
    found = split_sentences(text)
    assert found == sorted(found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(piece == piece.strip() and piece for piece in sentences(text))
