"""Train the weights that choose among offers (`qa/model/choice.json`) on gold questions.

    python -m eval.fitting --data DIR [--out FILE] [--mean-with FILE]

Every offer to every development question is judged as an answer would be; boosted trees learn which are right from the
features of `qa/offer_features.py`. Questions that nothing answers are made by exchanging a word for one from another
field, or the year for one that no document speaks of. The trees are monotone: a word more that nothing explains never
makes an offer likelier. What stands in `eval/gold/test` is never read here.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np
from scipy.special import expit

from eval.fitting_examples import GENERATED, SEED, Example, examples
from qa.choice import ChoiceModel
from qa.training.export import averaged, exported
from qa.trees import Trees

TREES, LEAVES, RATE, LEAST, RIDGE = 160, 6, 0.06, 12, 4.0
BAGS = 4
ENOUGH = 0.5
FOLDS = 6
# Which way a feature may move the probability: 1 up, -1 down; the others are free.
UP = (
    "own", "covered", "meant_least", "first_strength", "last_strength", "name_asked", "name_whole", "asked_held",
    "kind", "year", "agreed", "ahead", "place", "hit_rank", "hit_dense", "hit_words", "hit_bigrams", "in_sentence",
    "compound", "compound_least", "letters", "kind_near", "kind_clear", "fits", "explained", "label", "named",
    "told_all", "change_given", "trees", "read",
)  # fmt: skip
DOWN = (
    "lost", "lost_names", "lost_figures", "lost_nouns", "lost_verbs", "lost_unknown", "outdone", "rivals", "missing",
    "nothing", "guessed", "weakly", "strange", "carried", "other_stage", "no_reason",
)  # fmt: skip
log = logging.getLogger("eval.fitting")


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("qa/model/choice.json"), show_default=True)
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option(
    "--mean-with", "earlier", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Weights of an earlier fit, with whose log odds the mean is taken: one fit alone swings with its questions.",
)  # fmt: skip
@click.option("--generated", default=GENERATED, show_default=True, help="Questions about random tables.")
def main(out: Path, data: Path, generated: int, earlier: Path | None) -> None:
    """Train on the development questions and write the weights to --out; report on questions left out in turn."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    found = examples(data, generated)
    log.info("%d questions, %d offers", len(found), sum(len(e.features) for e in found))
    log.info("left out in turn:\n%s", crossed(found))
    made = model(*fit(found))
    if earlier is not None:
        made = averaged([msgspec.json.decode(earlier.read_bytes(), type=ChoiceModel).trees, made])
    out.write_bytes(msgspec.json.encode(ChoiceModel(made, ENOUGH)) + b"\n")
    log.info("written to %s", out)


def fit(found: Sequence[Example]) -> tuple[list[Any], list[str]]:
    """Boosted monotone trees over all offers (scikit-learn's histograms), and the names of their features.

    `BAGS` learners, each of which takes every question as often as chance says (Poisson of mean 1: Breiman's bagging for
    weighted data); their log odds are averaged, because those of one alone swing with a few questions.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    names = sorted({name for one in found for own in one.features for name in own})
    rows = np.array([[own.get(n, 0.0) for n in names] for one in found for own in one.features])
    right = np.array([r for one in found for r in one.right])
    dice = np.random.default_rng(SEED)
    learners = []
    for _ in range(BAGS):
        often = dice.poisson(1.0, len(found))
        weights = np.array([one.weight * times for one, times in zip(found, often, strict=True) for _ in one.features])
        learner = HistGradientBoostingClassifier(
            max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, l2_regularization=RIDGE, min_samples_leaf=LEAST,
            monotonic_cst=[1 if n in UP else -1 if n in DOWN else 0 for n in names], early_stopping=False,
            random_state=SEED % 2**31,
        )  # fmt: skip
        taken = weights > 0
        learners.append(learner.fit(rows[taken], right[taken], sample_weight=weights[taken]))
    return learners, names


def model(learners: Sequence[Any], names: Sequence[str]) -> Trees:
    """The mean of several learners as one set of trees."""
    return averaged([exported(one, list(names)) for one in learners])


def crossed(found: Sequence[Example]) -> str:
    """Right and wrong at several thresholds, each question weighed by trees that never saw it or one made of it."""
    given: list[tuple[Example, float, bool]] = []
    for fold in range(FOLDS):
        learners, names = fit([e for e in found if _fold(e) != fold])
        for one in found:
            if _fold(one) == fold and one.source in ("gold", "documents", "generated", "article"):
                given.append((one, *_best(learners, names, one)))
    lines = []
    for source in dict.fromkeys(e.source for e, _, _ in given):
        of = [(e, p, ok) for e, p, ok in given if e.source == source]
        possible = np.mean([any(e.right) or not e.answerable for e, _, _ in of])
        lines.append(f"{source}: {len(of)} questions, right were possible for {possible:.3f}")
        for enough in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            right = np.mean([ok if p >= enough else not e.answerable for e, p, ok in of])
            wrong = np.mean([p >= enough and not ok for _, p, ok in of])
            lines.append(f"  from {enough}: right {right:.3f}, wrong though answered {wrong:.3f}")
    return "\n".join(lines)


def _best(learners: Sequence[Any], names: Sequence[str], one: Example) -> tuple[float, bool]:
    """The probability of the likeliest offer, and whether it is right."""
    if not one.features:
        return 0.0, False
    rows = np.array([[own.get(n, 0.0) for n in names] for own in one.features])
    likely = expit(np.mean([learner.decision_function(rows) for learner in learners], axis=0))
    best = int(likely.argmax())
    return float(likely[best]), one.right[best]


def _fold(example: Example) -> int:
    """By the question's first letters, so that what was made of a question stays with it."""
    return int(hashlib.sha256(example.question[:4].encode()).hexdigest(), 16) % FOLDS


if __name__ == "__main__":
    main()
