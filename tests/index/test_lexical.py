"""BM25 as published: hits share a term with the query, and scores are those of a plain calculation."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import K1, B, LexicalIndex, best, bigram_index, word_index
from index.words import bigram_terms, content_terms

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    "港湾課 桟橋修繕 R3 当初予算額 1,250千円",
    "港湾課 海岸清掃 参加者 312名",
    "観光課 観光船誘致 R2 新規 観光案内",
    "健康課 減塩教室 参加者 64名",
    "文化課 姉妹都市訪問団受入れ 上海",
    "",
    "防災課 防災無線整備 防災 防災",
    "。、()",
]
QUERIES = [
    "観光",
    "参加者は何名",
    "桟橋",
    "防災無線 観光船",
    "令和3年度の予算",
    "港湾課の観光案内と防災",
    "観光 観光 参加者",
]
ANALYZERS = [content_terms, bigram_terms]


def bm25(texts: list[str], query: str, analyzer: Callable[[str], list[str]]) -> list[float]:
    """BM25 of each text, straight from the formula with Lucene's idf and without the constant factor k1 + 1."""
    lines = [analyzer(text) for text in texts]
    mean = sum(map(len, lines)) / len(lines)
    scores = []
    for line in lines:
        counts, score = Counter(line), 0.0
        for term in analyzer(query):
            holders = sum(term in other for other in lines)
            idf = math.log(1 + (len(lines) - holders + 0.5) / (holders + 0.5))
            score += idf * counts[term] / (counts[term] + K1 * (1 - B + B * len(line) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("analyzer", ANALYZERS)
@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_the_formula(query: str, analyzer: Callable[[str], list[str]]) -> None:
    scores = LexicalIndex.build(TEXTS, analyzer).scores(query)
    assert scores.shape == (len(TEXTS),)
    assert scores.any()
    np.testing.assert_allclose(scores, bm25(TEXTS, query, analyzer), rtol=1e-5, atol=1e-6)


@given(
    st.lists(st.lists(st.sampled_from("港海山川橋船"), max_size=8), min_size=1, max_size=8),
    st.lists(st.sampled_from("港海山川橋船空"), max_size=4),
)
def test_scores_are_those_of_the_formula_for_any_texts(texts: list[list[str]], query: list[str]) -> None:
    joined = [" ".join(text) for text in texts]
    scores = LexicalIndex.build(joined, str.split).scores(" ".join(query))
    if any(texts):
        np.testing.assert_allclose(scores, bm25(joined, " ".join(query), str.split), rtol=1e-5, atol=1e-6)
    assert (scores > 0).tolist() == [bool(set(text) & set(query)) for text in texts]


@pytest.mark.parametrize("make", [word_index, bigram_index])
@pytest.mark.parametrize("query", ["宇宙飛行士", "qzxv", "", "。、", "空"])
def test_unknown_words_find_nothing(make: Callable[[list[str]], LexicalIndex], query: str) -> None:
    index = make(TEXTS)
    assert index.top(query, 10) == []
    assert not index.scores(query).any()


@pytest.mark.parametrize("analyzer", ANALYZERS)
def test_unknown_words_beside_known_ones_change_nothing(analyzer: Callable[[str], list[str]]) -> None:
    index = LexicalIndex.build(TEXTS, analyzer)
    assert index.top("観光 宇宙", 10) == index.top("観光", 10) != []


@pytest.mark.parametrize("analyzer", ANALYZERS)
@pytest.mark.parametrize("query", QUERIES)
def test_hits_share_a_term_and_come_best_first(query: str, analyzer: Callable[[str], list[str]]) -> None:
    hits = LexicalIndex.build(TEXTS, analyzer).top(query, 3)
    assert 0 < len(hits) <= 3
    assert all(score > 0 and set(analyzer(query)) & set(analyzer(TEXTS[i])) for i, score in hits)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


def test_a_name_inside_a_longer_word_is_found_by_its_letters() -> None:
    assert bigram_index(TEXTS).top("船誘", 1)[0][0] == 2


def test_equal_texts_come_in_their_order() -> None:
    assert [i for i, _ in word_index(["港の清掃"] * 5).top("清掃", 4)] == [0, 1, 2, 3]


def test_best_leaves_zeros_out() -> None:
    assert best(np.array([0.0, 2.0, 1.0, 2.0, 0.0], dtype=np.float32), 10) == [(1, 2.0), (3, 2.0), (2, 1.0)]


@pytest.mark.parametrize("texts", [TEXTS, ["。", ""], []], ids=["texts", "no terms", "no texts"])
@pytest.mark.parametrize("analyzer", ANALYZERS)
def test_what_is_saved_scores_the_same(tmp_path: Path, texts: list[str], analyzer: Callable[[str], list[str]]) -> None:
    made = LexicalIndex.build(texts, analyzer)
    made.save(tmp_path / "words")
    opened = LexicalIndex.load(tmp_path / "words", analyzer, len(texts))
    for query in QUERIES:
        assert opened.scores(query).tolist() == made.scores(query).tolist()
        assert opened.scores(query).shape == (len(texts),)


def test_the_same_texts_give_the_same_files_whatever_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from index.lexical import bigram_index, word_index\n"
        "texts = sys.argv[2:]\n"
        "word_index(texts).save(Path(sys.argv[1], 'words')); bigram_index(texts).save(Path(sys.argv[1], 'bigrams'))\n"
    )
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", program, str(folder), *TEXTS],
            cwd=ROOT,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        found.append({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert len(found[0]) >= 8
    assert found[0] == found[1]
