"""The weights that choose a sentence and say how probably it answers, from examples; `eval/fitting_prose.py` trains them.

Trained on JaQuAD train (CC BY-SA 3.0, SkelterLabs) and on questions made from council speeches (NTCIR-16 PoliInfo-3)
and paragraphs of annual reports (出典: EDINET), measured on JaQuAD dev and on held-out speeches. Two steps: a linear model that ranks the
candidates of a question (listwise softmax, Cao et al. 2007), then small boosted trees that say how probably the first is
right. The trees are monotone: a word more that nothing explains never makes an answer more probable, whatever accident
the encyclopaedia's questions hold. On a CPU, one process; seeds are fixed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.prose_features import FEATURES
from qa.prose_model import ProseModel, ahead, softmax
from qa.training.export import exported
from qa.training.prose_cloze import report_paragraphs, speeches
from qa.training.prose_examples import Example, examples, read_articles
from qa.trees import Trees

SEED = 20261122
RIDGE = 1e-3
BEST = 12  # candidates that the chooser orders in the product (qa/prose_rank.py)
# How many articles of each source, how many questions of an article, and what a question of it weighs. With more of the
# encyclopaedia's questions those of people to an administration were outvoted: of real speeches that trained nothing 0.57 of
# the questions were answered right at a probability of one half instead of 0.67.
ARTICLES = {"speech": 500, "report": 60, "jaquad": 40}
MEASURED = 120  # articles of JaQuAD dev
EACH = {"speech": 12, "report": 5, "jaquad": 9}
SOURCES = {"speech": 1.0, "report": 0.5, "jaquad": 1.0, "gold": 10.0}
GOLD_REPEATED = 4  # how often the choosing sees each gold question
# How much an example of each kind weighs: about half of what is asked can be answered.
MIXTURE = {"asked": 1.0, "hidden": 0.3, "swapped_name": 0.3, "swapped_noun": 0.3, "swapped_year": 0.5}
# Which way a feature may move the probability: 1 up, -1 down; the others are free.
DIRECTION = {
    **dict.fromkeys(("in_sentence", "in_heading", "first", "last", "compound", "compound_least", "letters"), 1),
    **dict.fromkeys(("kind", "kind_near", "kind_clear", "period", "rank", "dense", "lead_next", "lead_share"), 1),
    **dict.fromkeys(("lost", "lost_names", "lost_figures", "lost_nouns", "lost_count", "lost_elsewhere"), -1),
    **dict.fromkeys(("lost_quoted", "period_other"), -1),
    **dict.fromkeys(("near_lost", "near_least"), 1),
}
# What depends on how large the documents are rather than on the sentence is not learned from.
LEFT_OUT = ("score", "words", "bigrams", "item", "lead_score")
TREES = 150
LEAVES = 8
LEARNING_RATE = 0.06

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best candidate of each question: features (n, d), whether it is right (n,), what kind of question (n,)."""

    rows: Rows
    right: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    weights: Rows


def collect(data: Path) -> tuple[list[Example], list[Example]]:
    """Examples to learn from and others to measure on, from each source."""
    jaquad = data / "jaquad"
    made = {
        "speech": speeches(data / "poliinfo" / "council-minutes.json.gz"),
        "report": report_paragraphs(data / "u4" / "report-paragraphs.txt.gz"),
        "jaquad": read_articles(jaquad / "train.jsonl.gz"),
    }
    taught: list[Example] = []
    kept: list[Example] = []
    for source, articles in made.items():
        found = examples(some(articles, ARTICLES[source]), source, EACH[source], SEED)
        for example in found:
            (kept if source != "jaquad" and held_out(example.article) else taught).append(example)
    dev = some(read_articles(jaquad / "dev.jsonl.gz"), MEASURED)
    kept.extend(examples(dev, "jaquad dev", EACH["jaquad"], SEED))
    return taught, kept


def some(articles: dict[str, list[dict[str, Any]]], count: int) -> dict[str, list[dict[str, Any]]]:
    """Up to so many articles, always the same ones."""
    titles = sorted(articles)
    random.Random(SEED).shuffle(titles)  # noqa: S311 - no secret
    return {title: articles[title] for title in titles[:count]}


def train(taught: Sequence[Example]) -> ProseModel:
    """Fit both steps."""
    gold = [e for e in taught if e.source == "gold"]
    weights = listwise([*taught, *gold * (GOLD_REPEATED - 1)])
    choose = {name: float(w) for name, w in zip(FEATURES, weights, strict=True)}
    first = ProseModel(choose, Trees((), (), (), (), (), (), 0.0))
    names = tuple(name for name in (*FEATURES, *ahead([0.0], [1.0])) if name not in LEFT_OUT)
    return ProseModel(choose, boosted(chosen(first, taught, names), names))


def listwise(taught: Iterable[Example]) -> Rows:
    """Weights (d,) that make the right candidates of each question the likeliest by softmax."""
    from scipy.optimize import minimize

    usable = [e for e in taught if e.right.any()]
    rows = [e.features[~e.unsure].astype(np.float64) for e in usable]
    right = np.concatenate([e.right[~e.unsure] for e in usable])
    stacked, owner = np.concatenate(rows), np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    starts = np.searchsorted(owner, np.arange(len(rows)))

    def loss(weights: Rows) -> tuple[float, Rows]:
        scores = stacked @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        all_, good = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts)
        pull = powers / all_[owner] - powers * right / good[owner]
        value = float(np.mean(np.log(all_) - np.log(good))) + RIDGE * float(weights @ weights)
        return value, stacked.T @ pull / len(rows) + 2 * RIDGE * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float64)


def chosen(model: ProseModel, taught: Iterable[Example], names: Sequence[str]) -> Chosen:
    """What the chooser puts first, with how far it is ahead; questions where nobody knows are left out."""
    rows, right, kinds, weights = [], [], [], []
    for example in taught:
        found = [dict(zip(FEATURES, map(float, row), strict=True)) for row in example.features]
        scores = [model.score(one) for one in found]
        order = sorted(range(len(scores)), key=lambda i: -scores[i])[:BEST]
        if example.unsure[order[0]]:
            continue
        best = [scores[i] for i in order]
        everything = {**found[order[0]], **ahead(best, softmax(best))}
        rows.append([everything[name] for name in names])
        right.append(bool(example.right[order[0]]))
        kinds.append(example.kind)
        weights.append(MIXTURE[example.kind] * SOURCES.get(example.source, 1.0))
    return Chosen(np.array(rows), np.array(right), np.array(kinds), np.array(weights))


def boosted(found: Chosen, names: Sequence[str]) -> Trees:
    """Monotone gradient-boosted trees (scikit-learn's histograms) as plain arrays."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    learner = HistGradientBoostingClassifier(
        max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=LEARNING_RATE, l2_regularization=1.0, min_samples_leaf=40,
        monotonic_cst=[DIRECTION.get(name, 0) for name in names], early_stopping=False, random_state=SEED,
    )  # fmt: skip
    learner.fit(found.rows, found.right, sample_weight=found.weights)
    return exported(learner, names)


def rounded(model: ProseModel) -> ProseModel:
    """The model with the digits that matter."""
    return ProseModel({name: round(w, 4) for name, w in model.choose.items()}, model.sure)


def report(model: ProseModel, measured: Sequence[Example]) -> str:
    """Choosing, reliability (probability given against share right), and risk by coverage, as Markdown tables."""
    names = tuple((*FEATURES, *ahead([0.0], [1.0])))
    found = chosen(model, measured, names)
    given = np.array([model.sure.probability(dict(zip(names, row, strict=True))) for row in found.rows])
    weights = found.weights
    asked = found.kinds == "asked"
    lines = [f"first sentence right, of {asked.sum()} questions asked: {found.right[asked].mean():.3f}", ""]
    lines += ["| probability | questions | mean given | right |", "|---|---|---|---|"]
    for low in np.arange(0, 1, 0.1):
        of = (given >= low) & (given < low + 0.1)
        if of.any():
            right = np.average(found.right[of], weights=weights[of])
            lines.append(f"| {low:.1f} to {low + 0.1:.1f} | {of.sum()} | {given[of].mean():.3f} | {right:.3f} |")
    lines += ["", "| from | asked: answered | right of answered | answered though: hidden | name | noun | year |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        of = given >= least
        if not of.any():
            continue
        shares = [
            (of[found.kinds == k].mean() if (found.kinds == k).any() else 0.0)
            for k in ("hidden", "swapped_name", "swapped_noun", "swapped_year")
        ]
        right = np.average(found.right[of], weights=weights[of])
        lines.append(
            f"| {least} | {of[asked].mean():.3f} | {right:.3f} | " + " | ".join(f"{s:.3f}" for s in shares) + " |"
        )
    return "\n".join(lines)


def held_out(article: str) -> bool:
    """A fifth of the articles, for measuring and for trying things."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % 5 == 0
