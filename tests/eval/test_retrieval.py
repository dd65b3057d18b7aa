"""Retrieval measures on a set in BEIR format."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from eval.retrieval import SYSTEMS, BadBeir, Measured, compare, indexed, measure, ranking, read_beir
from index import load_encoder

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


def measured(folder: Path, system: str) -> Measured:
    beir = read_beir(folder)
    return measure(beir, indexed(beir, load_encoder()), system)


@pytest.mark.parametrize("mode", SYSTEMS)
def test_measures_are_shares_and_words_find_their_passage(folder: Path, mode: str) -> None:
    found = measured(folder, mode).means
    assert set(found) == {"Success@1", "Success@5", "R@1", "R@5", "R@10", "RR@10", "nDCG@10"}
    assert all(0.0 <= value <= 1.0 for value in found.values())
    assert found["R@1"] <= found["R@5"] <= found["R@10"]
    if mode != "dense":
        assert found["R@1"] == found["nDCG@10"] == 1.0


def test_a_wrong_judgement_is_counted_wrong(folder: Path) -> None:
    path = folder / "qrels" / "test.tsv"
    path.write_text(path.read_text("utf-8").replace("q4\tp4", "q4\tp2"), "utf-8")
    found = measured(folder, "lexical")
    assert found.means["R@1"] == pytest.approx(2 / 3)
    assert found.first == {"q1": 1.0, "q2": 1.0, "q4": 0.0}


def test_a_query_that_finds_nothing_counts_as_wrong(folder: Path) -> None:
    path = folder / "queries.jsonl"
    path.write_text(path.read_text("utf-8").replace("消防団", "xyzzy"), "utf-8")
    assert measured(folder, "words").first == {"q1": 1.0, "q2": 1.0, "q4": 0.0}


def test_what_is_embedded_may_be_less_than_what_is_searched(folder: Path) -> None:
    path = folder / "corpus.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[0]["metadata"] = {"gist": "水路"}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    beir = read_beir(folder)
    assert beir.gists["p1"] == "水路"
    assert beir.passages["p1"] == PASSAGES["p1"]
    assert beir.gists["p2"] == PASSAGES["p2"]


def test_systems_are_compared_query_by_query() -> None:
    better = Measured("hybrid", {"Success@1": 0.75}, {"a": 1, "b": 1, "c": 1, "d": 0})
    worse = Measured("words", {"Success@1": 0.25}, {"a": 0, "b": 0, "c": 1, "d": 0})
    (found,) = compare([worse, better], "hybrid")
    assert (found.other, found.difference, found.won, found.lost) == ("words", 0.5, 2, 0)
    assert found.p == pytest.approx(0.5)  # two heads in two throws, both sides
    (same,) = compare([better, Measured("words", better.means, better.first)], "hybrid")
    assert (same.won, same.lost, same.p) == (0, 0, 1.0)


def test_a_ranking_has_each_passage_once(folder: Path) -> None:
    beir = read_beir(folder)
    ranked = [(one.query_id, one.doc_id) for one in ranking(beir, indexed(beir, load_encoder()), "hybrid")]
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
        read_beir(folder)
