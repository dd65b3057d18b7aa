"""BM25 as published: hits share a term with the query, and scores are those of a plain calculation."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import LexicalIndex, best, bigram_index, word_index
from index.terms import K1, B, TermCollector, write_weights
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
    assert best(np.array([0.0, 2.0, 1.0, 2.0, 0.0], dtype=np.float32), 10)[0].tolist() == [1, 3, 2]


@given(st.lists(st.integers(-1, 4), max_size=40), st.integers(1, 45))
def test_best_is_the_beginning_of_the_whole_order(values: list[int], k: int) -> None:
    scores = np.array(values, dtype=np.float32)
    order = sorted((i for i, v in enumerate(values) if v > 0), key=lambda i: (-values[i], i))
    positions, found = best(scores, k)
    assert positions.tolist() == order[:k]
    assert found.tolist() == [float(values[i]) for i in order[:k]]


def write(texts: list[str], analyzer: Callable[[str], list[str]], folder: Path, parts: int = 1) -> None:
    """What a build writes, from as many documents as `parts`."""
    terms = []
    for i in range(parts):
        collector = TermCollector()
        for text in texts[len(texts) * i // parts : len(texts) * (i + 1) // parts]:
            collector.add(analyzer(text))
        terms.append(collector.collected())
    write_weights(folder, terms)


@pytest.mark.parametrize("parts", [1, 2, 3, 11])
@pytest.mark.parametrize("texts", [TEXTS, ["。", ""], []], ids=["texts", "no terms", "no texts"])
@pytest.mark.parametrize("analyzer", ANALYZERS)
def test_documents_put_together_score_the_same(
    tmp_path: Path, texts: list[str], analyzer: Callable[[str], list[str]], parts: int
) -> None:
    made = LexicalIndex.build(texts, analyzer)
    write(texts, analyzer, tmp_path / "words", parts)
    opened = LexicalIndex.load(tmp_path / "words", analyzer, len(texts))
    for query in QUERIES:
        assert opened.scores(query).tolist() == made.scores(query).tolist()
        assert opened.scores(query).shape == (len(texts),)


@pytest.mark.parametrize("analyzer", ANALYZERS)
def test_scores_are_those_of_bm25s_to_the_last_bit(tmp_path: Path, analyzer: Callable[[str], list[str]]) -> None:
    write(TEXTS, analyzer, tmp_path / "words", 3)
    ours = LexicalIndex.load(tmp_path / "words", analyzer, len(TEXTS))
    theirs = bm25s.BM25.load(tmp_path / "words")
    alone = bm25s.BM25(method="lucene", k1=K1, b=B)
    alone.index([analyzer(text) for text in TEXTS], show_progress=False)
    for query in QUERIES:
        known = [term for term in analyzer(query) if term in theirs.vocab_dict]
        assert ours.scores(query).tolist() == theirs.get_scores(known).tolist() == alone.get_scores(known).tolist()


def test_a_share_is_one_only_for_all_of_the_query() -> None:
    index = LexicalIndex.build(["港", "港 山", "山 川", ""], str.split)
    asked = index.ask("港 山")
    everywhere = np.arange(4)
    shares = asked.shares(everywhere)
    assert np.argmax(shares) == 1
    assert shares[3] == 0
    assert (shares >= 0).all()
    assert (shares < 1).all()
    assert (index.ask("港 山 空").shares(everywhere)[:3] < shares[:3]).all(), "an unknown word is one not found"
    assert not index.ask("空").shares(everywhere).any()


@given(st.integers(0, 10_000))
@settings(max_examples=30)
def test_shares_are_the_same_looked_up_one_by_one(seed: int) -> None:
    dice = random.Random(seed)
    index = LexicalIndex.build([" ".join(dice.choices("港海山川橋", k=4)) for _ in range(50)], str.split)
    query, positions = " ".join(dice.choices("港海山川橋空", k=3)), np.asarray(sorted(dice.sample(range(50), 9)))
    together = index.ask(query).shares(positions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.lexical._SMALL", 0)
        np.testing.assert_allclose(index.ask(query).shares(positions), together, rtol=1e-5)


def test_idf_is_lucenes() -> None:
    texts = ["港 海 海", "港 山", "港", ""]
    index = LexicalIndex.build(texts, str.split)
    expected = [math.log(1 + (4 - held + 0.5) / (held + 0.5)) for held in (1, 3, 1, 1)]
    assert index.idf(index.ask("海 港 山 空 海").ids).tolist() == pytest.approx(expected, rel=1e-6)


@given(st.integers(0, 10_000), st.integers(1, 30))
@settings(max_examples=60)
def test_a_large_index_leaves_out_only_what_cannot_win(seed: int, k: int) -> None:
    dice = random.Random(seed)
    common, rare = list("港海山川橋船"), list("東西南北春夏秋冬")
    texts = [" ".join(dice.choices(common, k=6) + dice.choices(rare, k=dice.randint(0, 2))) for _ in range(300)]
    index = LexicalIndex.build(texts, str.split)
    query = " ".join(dice.choices(common, k=3) + dice.choices(rare, k=2) + ["空"])
    positions, found = best(index.scores(query), k)
    expected = list(zip(positions.tolist(), found.tolist(), strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.lexical._SMALL", 0)
        assert index.top(query, k) == expected
        patch.setattr("index.lexical._COMMON", dice.choice([0, 0.05, 0.5]))
        assert index.top(query, k) == expected
        patch.setattr("index.lexical._FEW", 40)
        assert index.top(query, k) == expected


def test_the_same_texts_give_the_same_files_whatever_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from index.terms import TermCollector, write_weights; from index.words import bigram_terms\n"
        "collector = TermCollector()\n"
        "for text in sys.argv[2:]: collector.add(bigram_terms(text))\n"
        "write_weights(Path(sys.argv[1]), [collector.collected()])\n"
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
    assert len(found[0]) == 6
    assert found[0] == found[1]
