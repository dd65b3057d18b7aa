"""Published questions and our own paraphrases as retrieval sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import load_corpus
from eval.fusion import odd_half
from eval.retrieval import beir_of, read_beir
from eval.sets import PARAPHRASES, SETS, NoData, Passage, Query, RetrievalSet, gold_set, make_set, write_beir
from index.training.data import ITEMS_HELD_OUT, is_held_out
from index.words import content_terms

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="needs the public data of ../shared/data")
SMALL = RetrievalSet(
    (Passage("p1", "水路", "補修した。"), Passage("p2", "", "図書館", "本")),
    (Query("q1", "水路は?", ("p1",)), Query("q2", "本は?", ("p2", "p1"))),
)


def lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (PARAPHRASES / name).read_text("utf-8").splitlines()]


def test_a_set_written_is_the_set_read(tmp_path: Path) -> None:
    write_beir(SMALL, tmp_path)
    assert read_beir(tmp_path) == beir_of(SMALL)
    assert beir_of(SMALL).gists == {"p1": "水路 補修した。", "p2": "本"}


def test_the_odd_half_keeps_its_judgements() -> None:
    half = odd_half(beir_of(SMALL))
    assert set(half.queries) == {"q1"}
    assert {judged.query_id for judged in half.qrels} == {"q1"}
    assert half.passages == beir_of(SMALL).passages


@pytest.mark.parametrize("name", sorted(SETS))
def test_missing_data_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(NoData, match=str(tmp_path)) as raised:
        make_set(name, tmp_path)
    assert len(str(raised.value).splitlines()) == 1


def test_there_are_enough_paraphrases_each_once() -> None:
    questions = [line["question"] for name in ("documents.jsonl", "budget_items.jsonl") for line in lines(name)]
    assert len(questions) >= 300
    assert len(set(questions)) == len(questions)


def test_paraphrases_of_documents_avoid_their_words() -> None:
    documents = {document.id: document for document in load_corpus().documents}
    shared = []
    for line in lines("documents.jsonl"):
        printed = documents[str(line["document"])].text.splitlines()
        words = {w for n in line["lines"] for w in content_terms(printed[n - 1])}  # type: ignore[attr-defined]
        asked = {w for w in content_terms(str(line["question"])) if not w.isdigit() and not w.startswith("y2")}
        shared.append(len(asked & words))
    assert max(shared) <= 2
    assert sum(n == 0 for n in shared) / len(shared) >= 0.85


def test_paraphrased_items_trained_nothing() -> None:
    assert all(is_held_out(item, ITEMS_HELD_OUT) for line in lines("budget_items.jsonl") for item in line["items"])  # type: ignore[attr-defined]


def test_gold_questions_find_the_entries_on_their_lines(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "minato.txt").write_text("1 港湾費\n\n桟橋を直した。\n\n杭を打った。\n", "utf-8")
    gold = tmp_path / "gold.jsonl"
    asked = [
        {"question": "杭は?", "citations": [{"document": "minato", "line": 5}]},
        {"question": "空は?", "answerable": False, "citations": []},
        {"question": "海は?", "citations": [{"document": "minato", "line": 99}]},
    ]
    gold.write_text("".join(json.dumps(one) + "\n" for one in asked), "utf-8")
    made = gold_set(tmp_path / "docs", [gold])
    texts = {passage.id: passage.text for passage in made.passages}
    assert [(q.text, [texts[p] for p in q.relevant]) for q in made.queries] == [("杭は?", ["1 港湾費 杭を打った。"])]


@needs_data
def test_published_sets_have_their_known_sizes() -> None:
    sizes = {name: make_set(name, DATA) for name in SETS}
    assert (len(sizes["jsquad"].passages), len(sizes["jsquad"].queries)) == (1145, 4442)
    assert (len(sizes["jaquad"].passages), len(sizes["jaquad"].queries)) == (11144, 3939)
    asked = {query.text for query in sizes["jaquad"].queries}
    assert not asked & {query.text for query in sizes["jaquad-held-out"].queries}
    assert len(sizes["paraphrase"].queries) == 380
    for made in sizes.values():
        known = {passage.id for passage in made.passages}
        assert all(query.relevant and set(query.relevant) <= known for query in made.queries)
