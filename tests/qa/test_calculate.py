"""What is not calculated is not guessed: an operation is answered only where the document prints its outcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.calculate import can_answer
from qa.types import Link, Operation
from qa.understand import understand

Linked = Callable[[str], tuple[Link, ...]]


def can(text: str, links_of: Linked) -> bool:
    return can_answer(understand(text), links_of(text)[0])


def test_a_look_up_can_be_answered(links_of: Linked) -> None:
    assert can("市民合唱祭の予算額", links_of)


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("市民合唱祭の予算の合計は？", Operation.SUM),
        ("市民合唱祭の予算の平均は？", Operation.AVERAGE),
        ("市民合唱祭の予算で最も多いのは？", Operation.MAXIMUM),
        ("市民合唱祭の予算の差は？", Operation.DIFFERENCE),
        ("市民合唱祭の予算の割合は？", Operation.RATIO),
        ("市民合唱祭はいくつありますか？", Operation.COUNT),
        ("市民合唱祭の予算をすべて教えて", Operation.LIST),
        ("市民合唱祭は中止になりましたか？", Operation.YESNO),
    ],
)
def test_an_operation_on_one_cell_is_not_that_cell(text: str, operation: Operation, links_of: Linked) -> None:
    assert understand(text).operation is operation
    assert not can(text, links_of)


@pytest.mark.parametrize("text", ["空き家活用の金額の合計は？", "空き家活用の件数の合計は？"])
def test_a_printed_total_is_a_look_up(text: str, links_of: Linked) -> None:
    links = links_of(text)
    assert links[0].evidence.name == "合計"
    assert can(text, links_of)
