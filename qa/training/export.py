"""Fitted trees of scikit-learn → the plain arrays that are shipped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa.trees import Trees


def exported(learner: Any, names: Sequence[str]) -> Trees:
    """The trees of a fitted `HistGradientBoostingClassifier` of two classes, with the digits that matter."""
    features: list[int] = []
    thresholds: list[float] = []
    lefts: list[int] = []
    rights: list[int] = []
    values: list[float] = []
    roots: list[int] = []
    for (tree,) in learner._predictors:
        base = len(features)
        roots.append(base)
        for node in tree.nodes:
            leaf = bool(node["is_leaf"])
            features.append(-1 if leaf else int(node["feature_idx"]))
            thresholds.append(0.0 if leaf else round(float(node["num_threshold"]), 6))
            lefts.append(0 if leaf else base + int(node["left"]))
            rights.append(0 if leaf else base + int(node["right"]))
            values.append(round(float(node["value"]), 5) if leaf else 0.0)
    used = tuple(names[i] if i >= 0 else "" for i in features)
    bias = round(float(learner._baseline_prediction.ravel()[0]), 5)
    return Trees(tuple(roots), used, tuple(thresholds), tuple(lefts), tuple(rights), tuple(values), bias)


def averaged(several: Sequence[Trees]) -> Trees:
    """Trees whose log odds are the mean of those of several sets of trees."""
    roots, lefts, rights = [], [], []
    shift = 0
    for one in several:
        roots += [root + shift for root in one.roots]
        lefts += [child + shift for child in one.lefts]
        rights += [child + shift for child in one.rights]
        shift += len(one.features)
    return Trees(
        tuple(roots),
        tuple(name for one in several for name in one.features),
        tuple(value for one in several for value in one.thresholds),
        tuple(lefts),
        tuple(rights),
        tuple(value / len(several) for one in several for value in one.values),
        sum(one.bias for one in several) / len(several),
    )
