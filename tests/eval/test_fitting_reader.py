"""What the reader learns from, and that what it learned ships as it is."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from eval.fitting_examples import SEED, Example, in_turn
from eval.fitting_reader import APART, taken, titles
from eval.fitting_second_look import FOLDS, fit_again, flat, looked_again, own, report
from qa.reader import Pieces
from qa.reader import Reader as Shipped
from qa.training.prose_examples import read_articles
from qa.training.reader_graph import graph, smoothing
from qa.training.reader_groups import of_articles, of_budgets, of_replies
from qa.training.reader_net import (
    HEADS,
    Asked,
    Course,
    Pairs,
    Reader,
    batches,
    exported,
    fit,
    padded,
    pairs,
    ranges,
    read,
)
from qa.training.reader_start import BEGIN, END, PAD, Published, Words, kept_pieces, read_json

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="needs the public data of ../shared/data")
TEXTS = ["<s>", "<pad>", "</s>", "<unk>", "▁", "予算", "▁市税", "ぬ", "ヴ", "鰯", "▁a", "hier", "は", "円"]
ALL = Words(tuple(TEXTS), tuple(-1.0 - i / 10 for i in range(len(TEXTS))), {ord("㈱"): "(株)", ord("\u3000"): " "})


def test_cutting_keeps_what_occurs_and_every_single_kana_and_kanji() -> None:
    kept = [TEXTS[i] for i in kept_pieces(ALL, [(["予算は", "予算"], 1), (["予算"], 1)])]
    assert set(kept) >= {"<s>", "<pad>", "</s>", "<unk>", "▁", "ぬ", "ヴ", "鰯", "▁a", "予算"}
    assert "hier" not in kept  # never seen
    assert "▁市税" not in kept
    assert "▁市税" in [TEXTS[i] for i in kept_pieces(ALL, [(["市税は"], 3)])]  # once is enough in our own texts


def test_pieces_are_the_same_for_who_trains_and_who_answers(tmp_path: Path) -> None:
    words = ALL.of(kept_pieces(ALL, [(["予算は予算は予算は円円円"], 1)]))
    path = tmp_path / "words.json"
    path.write_bytes(words.as_json())
    answering = Pieces(path)
    texts = ["予算は  円", "㈱ぬ\u3000\u3000ヴ", "", "龘"]
    assert list(words.ids(texts)) == [answering(text) for text in texts]


def test_packed_weights_are_blocks_of_a_scale_and_halves_of_bytes() -> None:
    halves = np.arange(16, dtype=np.uint8) | (np.arange(15, -1, -1, dtype=np.uint8) << 4)
    block = np.concatenate([np.array([0.5], "<f2").view(np.uint8), halves])
    published = Published(ALL, {"x": (True, np.concatenate([block, block]))})
    expected = 0.5 * (np.concatenate([np.arange(16), np.arange(15, -1, -1)]) - 8)
    assert np.array_equal(published.packed("x", 2, 32), np.stack([expected, expected]))
    assert published.packed("x", 2, 32, [1]).shape == (1, 32)


@needs_data
def test_groups_have_one_right_text_and_that_comes_first() -> None:
    dice = random.Random(1)
    articles = read_articles(DATA / "jaquad" / "train.jsonl.gz")
    few = dict(list(articles.items())[:4])
    made = [
        *of_articles(few, dice),
        *of_replies(read_json(DATA / "poliinfo" / "assembly-qa.json.gz")[:80], dice),
        *of_budgets(dict([*read_json(DATA / "poliinfo" / "budget-items.json.gz")["local"].items()][:1]), dice),
    ]
    assert {one.kind for one in made} == {"article", "article swapped", "reply", "budget"}
    answers = {q["question"]: q["answers"][0]["text"] for own in few.values() for p in own for q in p["questions"]}
    for one in made:
        assert one.right == tuple(i == 0 and one.kind != "article swapped" for i in range(len(one.texts)))
        assert one.texts[0] not in one.texts[1:]
        answer = answers.get(one.question, "")
        if one.kind == "article" and len(answer) > 1:
            assert not any(answer in text.partition("|")[2] for text in one.texts[1:-1])


@needs_data
def test_articles_of_our_own_questions_make_no_groups() -> None:
    apart = in_turn(titles(DATA), random.Random(SEED))[:APART]
    few = {title: own for title, own in read_articles(DATA / "jaquad" / "train.jsonl.gz").items() if title in apart[:3]}
    assert len(few) == 3
    assert not [one for one in of_articles({t: o for t, o in few.items() if t not in apart}, random.Random(1))]


def _small() -> tuple[Reader, Pairs]:
    """A reader small enough to learn in a second that 予算 is answered with 円."""
    torch.manual_seed(1)
    asked = [Asked("予算は", ("円", "鰯"), (True, False), 1.0), Asked("鰯は", ("円ぬ", "円"), (False, False), 0.5)] * 6
    return Reader(len(TEXTS), width=24, inner=48, layers=2), pairs(asked, ALL, 56, 124)


def test_a_pair_is_question_then_answer() -> None:
    _, found = _small()
    ids, kinds = padded(found, np.array([0]), "cpu")
    question, answer = next(ALL.ids(["予算は"])), next(ALL.ids(["円"]))
    length = len(question) + len(answer) + 4
    assert ids[0, :length].tolist() == [BEGIN, *question, END, END, *answer, END]
    assert ids[0, length:].eq(PAD).all()
    assert kinds[0].nonzero().flatten().tolist() == list(range(len(question) + 3, length))


def test_every_question_is_in_one_batch_and_batches_keep_to_their_size() -> None:
    _, found = _small()
    made = batches(found, np.arange(12), 96, np.random.default_rng(1))
    assert sorted(np.concatenate(made).tolist()) == list(range(12))
    assert all(padded(found, found.of(batch), "cpu")[0].numel() <= 96 for batch in made)


def test_a_reader_learns_to_put_the_right_text_first() -> None:
    reader, found = _small()
    fit(reader, found, np.arange(12), Course(40, 1e-2, 400), seed=1)
    odds = read(reader, found, np.arange(len(found.ids)))
    assert odds[0] > 0 > odds[1]
    assert max(odds[2], odds[3]) < 0


def test_what_ships_tells_what_was_trained(tmp_path: Path) -> None:
    reader, found = _small()
    fit(reader, found, np.arange(12), Course(5, 1e-2, 400), seed=1)
    with torch.no_grad():
        reader.layers[0].aln.weight[3] *= 40  # a channel as large as some of the published encoder's
    trained = read(reader, found, np.arange(4))
    largest = ranges(reader, found, np.arange(24))
    assert set(largest) == {f"layers.{i}.{part}" for i in (0, 1) for part in ("qkv", "ao", "fi", "fo")}
    assert smoothing(largest["layers.0.fi"])[3] > 3
    (tmp_path / "words.json").write_bytes(ALL.as_json())

    (tmp_path / "reader.onnx").write_bytes(graph(exported(reader), largest, HEADS))
    shipped = Shipped(tmp_path / "reader.onnx", tmp_path / "words.json")
    told = [*shipped.logits("予算は", ["円", "鰯"]), *shipped.logits("鰯は", ["円ぬ", "円"])]
    assert np.abs(np.array(told) - trained).max() < 0.02 * np.ptp(trained)


def test_a_matrix_is_whole_steps_within_half_a_step() -> None:
    reader, _ = _small()
    weights = exported(reader)
    whole = onnx.load_from_string(graph(weights, ranges(*_small(), np.arange(24)), HEADS))
    held = {one.name: numpy_helper.to_array(one) for one in whole.graph.initializer}
    assert held["word.weight"].dtype == held["layers.1.fo.weight"].dtype == np.int8
    assert np.all(
        np.abs(held["word.weight"] * held["word.steps"] - weights["word.weight"]) <= held["word.steps"] * 0.5001
    )
    back = (held["layers.1.fo.weight"] * held["layers.1.fo.steps"]).T * held["layers.1.fo.smooth"]
    off = held["layers.1.fo.steps"][:, None] * held["layers.1.fo.smooth"] * 0.5001
    assert np.all(np.abs(back - weights["layers.1.fo.weight"]) <= off + 1e-7)


def _example(number: int, source: str = "gold") -> Example:
    good = source == "gold"
    offered = ({"covered": 0.9}, {"covered": 0.8}, {"covered": 0.1})
    return Example(source, f"問{number}は何", good, offered, (False, good, False), ("甲", "甲", "乙"))


def test_what_was_made_of_a_question_stays_with_it_and_offers_share_texts() -> None:
    made = [_example(i // 2, "swapped" if i % 2 else "gold") for i in range(80)]
    asked = list(own(made, "gold"))
    assert {one.fold for one in asked} == set(range(FOLDS))
    assert all(a.fold == b.fold for a, b in zip(asked[::2], asked[1::2], strict=True))
    assert len({one.fold for one in own(made, "documents", "a document")}) == 1
    assert asked[0].asked.texts == ("甲", "乙")
    assert asked[0].asked.right == (True, False)
    assert flat(asked[:2], np.array([1.0, 2.0, 3.0, 4.0])).tolist() == [1, 1, 2, 3, 3, 4]
    learned = taken(asked, range(80), seed=1)
    assert set(range(0, 80, 2)) <= set(learned.tolist())
    assert 50 <= len(learned) < 80
    odds = np.tile([0.5, 1.5, -3.0, -2.0, -2.0, -3.0], 40)
    again = looked_again(asked, odds, odds)
    assert [one.said for one in again[:2]] == [("甲", "甲", "乙")] * 2
    assert again[0].features[2] == {"covered": 0.1, "trees": -3.0, "read": -3.0}
    low, high = fit_again(asked, odds, odds).probabilities([again[0].features[2], again[0].features[1]])
    assert low < high
    assert report(asked, odds, odds).startswith("gold, 40 questions, trees: 0.4: 1.000/0.000")
