"""Trees walked all at once come to what each of them gives, walked node by node."""

from __future__ import annotations

import random

from qa.trees import Trees

NAMES = ("kind", "own", "year", "terms")


def grown(dice: random.Random, count: int, deepest: int) -> Trees:
    """Some trees of different depths with made-up thresholds."""
    roots, features, thresholds, lefts, rights, values = [], [], [], [], [], []

    def node(depth: int) -> int:
        here = len(features)
        leaf = depth == 0 or dice.random() < 0.2
        for column, value in (
            (features, "" if leaf else dice.choice(NAMES)),
            (thresholds, 0.0 if leaf else dice.choice((0.0, 0.25, 0.5))),
            (lefts, 0),
            (rights, 0),
            (values, dice.uniform(-1, 1) if leaf else 0.0),
        ):
            column.append(value)
        if not leaf:
            lefts[here], rights[here] = node(depth - 1), node(depth - 1)
        return here

    roots = [node(dice.randrange(deepest + 1)) for _ in range(count)]
    columns = (roots, features, thresholds, lefts, rights, values)
    return Trees(*(tuple(column) for column in columns), 0.3)


def walked(trees: Trees, given: dict[str, float]) -> float:
    """The log odds, node by node."""
    logit = trees.bias
    for node in trees.roots:
        while trees.features[node]:
            left = given.get(trees.features[node], 0.0) <= trees.thresholds[node]
            node = (trees.lefts if left else trees.rights)[node]
        logit += trees.values[node]
    return logit


def test_trees_walked_at_once_give_the_same_to_the_last_bit() -> None:
    dice = random.Random(3)
    trees = grown(dice, 60, 5)
    given = [{name: dice.choice((0.0, 0.25, 0.4, 1.0)) for name in NAMES if dice.random() < 0.7} for _ in range(40)]
    assert trees.logits(given) == [walked(trees, one) for one in given]


def test_no_trees_or_nothing_given() -> None:
    none = Trees((), (), (), (), (), (), 0.5)
    assert none.logits([{}, {"kind": 1.0}]) == [0.5, 0.5]
    assert grown(random.Random(1), 3, 2).logits([]) == []
