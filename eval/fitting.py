"""Train the weights that choose among offers (`qa/model/choice.json`) on gold questions.

    python -m eval.fitting [--out FILE]

Every offer to every development question is judged as an answer would be; boosted trees learn which are right from the
features of `qa/offer_features.py`. Questions that nothing answers are made by exchanging a word for one from another
field, or the year for one that no document speaks of. The trees are monotone: a word more that nothing explains never
makes an offer likelier. What stands in `eval/gold/test` is never read here.
"""

from __future__ import annotations

import hashlib
import logging
import random
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.folding import searchable
from eval.gold import CHITCHAT, FOLDER, GoldQuestion, document_sets, read_gold
from eval.measures import judge
from index import DEFAULT_INDEX, Store, build, open_store
from qa import Answer
from qa.choice import ChoiceModel
from qa.followup import only_a_step, small_talk
from qa.offer_features import Features, features
from qa.offers import Offer, offers
from qa.retrieve import retrieve
from qa.tabular import frames_of
from qa.trees import Trees
from qa.types import Operation, UnaskableQuestion
from qa.understand import understand

SEED = 20261125
TREES, LEAVES, RATE, LEAST, RIDGE = 160, 6, 0.06, 12, 4.0
ENOUGH = 0.5
MADE_UP = 0.3  # what a question weighs that was made by exchanging a word
SWAPS = 2
FOLDS = 6
# Which way a feature may move the probability: 1 up, -1 down; the others are free.
UP = (
    "own", "covered", "meant_least", "first_strength", "last_strength", "name_asked", "name_whole", "asked_held",
    "kind", "year", "agreed", "ahead", "place", "hit_rank", "hit_dense", "hit_words", "hit_bigrams", "in_sentence",
    "compound", "compound_least", "letters", "kind_near", "kind_clear", "fits", "explained",
)  # fmt: skip
DOWN = (
    "lost", "lost_names", "lost_figures", "lost_nouns", "lost_verbs", "lost_unknown", "outdone", "rivals", "missing",
    "nothing", "guessed", "weakly",
)  # fmt: skip
# Words of other fields of administration, to ask for what the documents do not hold.
FOREIGN = Path(__file__).parent / "foreign.txt"

log = logging.getLogger("eval.fitting")
T = TypeVar("T")
Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The offers to one question: their features, which are right, and what the question weighs."""

    question: str
    answerable: bool
    features: tuple[Features, ...]
    right: tuple[bool, ...]
    weight: float


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("qa/model/choice.json"), show_default=True)
def main(out: Path) -> None:
    """Train on the development questions and write the weights to --out; report on questions left out in turn."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    found = list(examples())
    log.info("%d questions, %d offers", len(found), sum(len(e.features) for e in found))
    log.info("left out in turn:\n%s", crossed(found))
    out.write_bytes(msgspec.json.encode(ChoiceModel(rounded(fit(found)), ENOUGH)) + b"\n")
    log.info("written to %s", out)


def examples() -> Iterator[Example]:
    """All development questions with their offers, over the two documents and over each document of `gold/documents`."""
    store = open_store(DEFAULT_INDEX)
    for path in (FOLDER / "single.jsonl", FOLDER / "dialogues.jsonl", *sorted((FOLDER / "dev").glob("*.jsonl"))):
        yield from of_store(store, _questions(path))
    for one in document_sets():
        if not one.test:
            with tempfile.TemporaryDirectory(prefix="tashika-") as name:
                one.copy_to(Path(name) / "corpus")
                build(Path(name) / "corpus", Path(name) / "index", workers=1)
                yield from of_store(open_store(Path(name) / "index"), one.questions())


def _questions(path: Path) -> Iterator[GoldQuestion]:
    """The questions of a gold file; of a dialogue each turn as the complete question it stands for."""
    for dialogue in read_gold(path):
        for turn in dialogue.turns:
            complete = turn.standalone if len(dialogue.turns) > 1 else turn.question
            if turn.turn_type != CHITCHAT and turn.expected != "no_crash" and complete:
                yield msgspec.structs.replace(turn, question=complete)


def of_store(store: Store, asked: Iterable[GoldQuestion]) -> Iterator[Example]:
    """The questions with their offers, and those made from them that nothing answers."""
    foreign = FOREIGN.read_text("utf-8").split()
    for gold in asked:
        example = _example(store, gold, 1.0)
        if example is not None:
            yield example
        if gold.expected == "answer":
            dice = random.Random(f"{SEED}{gold.question}")  # noqa: S311 - no secret
            for text in swapped(gold.question, foreign, dice):
                hollow = GoldQuestion(question=text, answerable=False)
                made = _example(store, hollow, MADE_UP)
                if made is not None:
                    yield made


def swapped(text: str, foreign: Sequence[str], dice: random.Random) -> Iterator[str]:
    """The question with a noun exchanged for a foreign one, and with its year moved out of any document's reach."""
    question, folded = understand(text), searchable(text)
    nouns = [
        t for t in question.terms
        if t.weight >= 0.8 and t.pos == "名詞" and len(t.surface) > 1 and folded[t.start : t.end] == t.surface
    ]  # fmt: skip
    dice.shuffle(nouns)
    for term in nouns[:SWAPS]:
        yield folded[: term.start] + dice.choice(foreign) + folded[term.end :]
    for period in question.periods[:1]:
        year = re.search(r"[0-9]+", period.text)
        if year and folded[period.start : period.end] == period.text:
            moved = str(int(year.group()) + dice.choice((7, 8, 9, 11)))
            yield folded[: period.start + year.start()] + moved + folded[period.start + year.end() :]


def _example(store: Store, gold: GoldQuestion, weight: float) -> Example | None:
    try:
        question = understand(gold.question)
    except UnaskableQuestion:
        return None
    if question.operation in (Operation.CHAT, Operation.FOLLOW_UP) or not question.terms:
        return None
    if small_talk(gold.question) or only_a_step(gold.question):
        return None
    hits = retrieve(store, question)
    found = offers(store, question, hits, frames_of(store, hits), _run)
    described = features(store, question, hits, found)
    right = tuple(is_right(store, gold, one) for one in found)
    return Example(gold.question, gold.expected == "answer", tuple(described), right, weight)


def _run(name: str, step: Callable[[], T]) -> T:
    return step()


def is_right(store: Store, gold: GoldQuestion, offer: Offer) -> bool:
    """Whether an offer, said, would be right and cite a line of the evidence."""
    draft = offer.draft(store)
    if draft is None:
        return False
    given = Answer(
        "", 0, gold.question, "", True, draft.kind, draft.text, draft.values, draft.calculation, draft.citations, 1.0,
        "", 0.0,
    )  # fmt: skip
    judged = judge(gold, given)
    return judged.right and judged.citation_recall != 0.0


def fit(found: Sequence[Example]) -> tuple[Any, list[str]]:
    """Boosted monotone trees over all offers (scikit-learn's histograms), and the names of their features."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    names = sorted({name for one in found for own in one.features for name in own})
    learner = HistGradientBoostingClassifier(
        max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, l2_regularization=RIDGE, min_samples_leaf=LEAST,
        monotonic_cst=[1 if n in UP else -1 if n in DOWN else 0 for n in names], early_stopping=False,
        random_state=SEED % 2**31,
    )  # fmt: skip
    rows = np.array([[own.get(n, 0.0) for n in names] for one in found for own in one.features])
    right = np.array([r for one in found for r in one.right])
    weights = np.array([one.weight for one in found for _ in one.features])
    return learner.fit(rows, right, sample_weight=weights), names


def rounded(fitted: tuple[Any, list[str]]) -> Trees:
    """The fitted trees as plain arrays, with the digits that matter."""
    from qa.training.export import exported

    return exported(*fitted)


def crossed(found: Sequence[Example]) -> str:
    """Right and wrong at several thresholds, each question weighed by trees that never saw it or one made of it."""
    given: list[tuple[Example, float, bool]] = []
    for fold in range(FOLDS):
        taught = [e for e in found if _fold(e) != fold]
        learner, names = fit(taught)
        for one in found:
            if _fold(one) != fold or one.weight < 1.0:
                continue
            if not one.features:
                given.append((one, 0.0, False))
                continue
            rows = np.array([[own.get(n, 0.0) for n in names] for own in one.features])
            likely = learner.predict_proba(rows)[:, 1]
            best = int(likely.argmax())
            given.append((one, float(likely[best]), one.right[best]))
    lines = [f"{len(given)} questions, some offer right for {np.mean([any(e.right) for e, _, _ in given]):.3f}"]
    for enough in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        right = np.mean([ok if p >= enough else not e.answerable for e, p, ok in given])
        wrong = np.mean([p >= enough and not ok for _, p, ok in given])
        lines.append(f"  from {enough}: right {right:.3f}, wrong though answered {wrong:.3f}")
    return "\n".join(lines)


def _fold(example: Example) -> int:
    """By the question's first letters, so that what was made of a question stays with it."""
    return int(hashlib.sha256(example.question[:4].encode()).hexdigest(), 16) % FOLDS


if __name__ == "__main__":
    main()
