"""Retrieval measures on a set in BEIR format."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from eval.retrieval import BadBeir, measure, read_beir, run
from index import MODES, load_encoder

PASSAGES = {
    "p1": "棚田の水路を補修した。",
    "p2": "百貨店で試食販売会を開いた。",
    "p3": "図書館で読み聞かせを行った。",
    "p4": "消防団の訓練を実施した。",
}
QUERIES = {"q1": "水路の補修", "q2": "読み聞かせ", "q3": "誰にも判定されていない質問", "q4": "消防団"}
QRELS = [("q1", "p1", 1), ("q2", "p3", 1), ("q4", "p4", 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def lines(items: dict[str, str]) -> str:
        return "".join(json.dumps({"_id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in items.items())

    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(lines(PASSAGES), "utf-8")
    (tmp_path / "queries.jsonl").write_text(lines(QUERIES), "utf-8")
    rows = "".join(f"{q}\t{p}\t{s}\n" for q, p, s in QRELS)
    (tmp_path / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}", "utf-8")
    return tmp_path


def test_only_judged_queries_are_asked(folder: Path) -> None:
    beir = read_beir(folder)
    assert set(beir.queries) == {"q1", "q2", "q4"}
    assert set(beir.passages) == set(PASSAGES)
    assert len(beir.qrels) == 3


@pytest.mark.parametrize("mode", MODES)
def test_measures_are_shares_and_words_find_their_passage(folder: Path, mode: str) -> None:
    found = measure(read_beir(folder), load_encoder(), mode)
    assert set(found) == {"R@1", "R@5", "R@10", "RR@10", "nDCG@10"}
    assert all(0.0 <= value <= 1.0 for value in found.values())
    assert found["R@1"] <= found["R@5"] <= found["R@10"]
    if mode != "dense":
        assert found["R@1"] == found["nDCG@10"] == 1.0


def test_a_wrong_judgement_is_counted_wrong(folder: Path) -> None:
    path = folder / "qrels" / "test.tsv"
    path.write_text(path.read_text("utf-8").replace("q4\tp4", "q4\tp2"), "utf-8")
    found = measure(read_beir(folder), load_encoder(), "lexical")
    assert found["R@1"] == pytest.approx(2 / 3)


def test_a_ranking_has_each_passage_once(folder: Path) -> None:
    ranked = [(one.query_id, one.doc_id) for one in run(read_beir(folder), load_encoder(), "hybrid")]
    assert len(ranked) == len(set(ranked))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("corpus.jsonl", None),
        ("queries.jsonl", None),
        ("qrels", None),
        ("corpus.jsonl", "{"),
        ("queries.jsonl", '{"_id": "q1"}'),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tp1\tmany\n"),
        ("qrels/test.tsv", "q1\tp1\t1\nq2\tp3\t1\n"),
    ],
)
def test_what_is_not_such_a_set_is_named(name: str, text: str | None, folder: Path) -> None:
    path = folder / name
    if text is not None:
        path.write_text(text, "utf-8")
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    with pytest.raises(BadBeir, match=str(folder)) as raised:
        read_beir(folder)
    assert len(str(raised.value).splitlines()) == 1


def test_a_set_without_judgements_is_named(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n", "utf-8")
    with pytest.raises(BadBeir, match=str(folder)):
        measure(read_beir(folder), load_encoder(), "lexical")
