"""Changes to the program take effect in a process of their own, name things that are there, and show in the measures."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from eval import ablations, mutations
from eval.changes import Change, Effect, effects, in_effect
from eval.compare import Difference
from eval.noise import Interval
from index import Store
from qa import answer

CHANGES = (*ablations.CHANGES, *mutations.CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.name)
def test_every_target_is_there_and_is_exchanged(change: Change) -> None:
    for target in change.targets:
        module, _, name = target.rpartition(".")
        before = getattr(import_module(module), name)
        with in_effect(change):
            assert getattr(import_module(module), name) is not before
        assert getattr(import_module(module), name) is before


def test_a_target_that_is_gone_is_an_error() -> None:
    with pytest.raises(AttributeError), in_effect(Change("x", ("qa.pipeline.no_such_step",), lambda made: made)):
        pass


def test_names_are_unique_and_there_are_enough_faults() -> None:
    for changes in (ablations.CHANGES, mutations.CHANGES):
        names = [one.name for one in changes]
        assert len(names) == len(set(names))
    assert len(mutations.CHANGES) >= 20
    assert len(ablations.CHANGES) >= 5


FAULTS = {one.name: one for one in mutations.CHANGES}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("数値の最後の桁が 1 違う", "4,519"),
        ("千円が円になる", "4,518円"),
        ("単位が消える", "4,518"),
        ("答えが空になる", ""),
    ],
)
def test_faults_in_what_is_said(name: str, wanted: str, village: Store) -> None:
    with in_effect(FAULTS[name]):
        given = answer("棚田保全の決算額は？", village).answer.replace(" ", "")
    assert wanted in given
    assert "4,518千円" not in given
    assert bool(given) == bool(wanted)


def test_faults_in_what_is_cited(village: Store) -> None:
    (sound,) = answer("棚田保全の決算額は？", village).citations
    with in_effect(FAULTS["引用が 1 行下にずれる"]):
        (lower,) = answer("棚田保全の決算額は？", village).citations
    assert lower == replace(sound, line_start=sound.line_start + 1, line_end=sound.line_end + 1)


def test_faults_in_refusing(village: Store) -> None:
    with in_effect(FAULTS["何も答えない"]):
        assert not answer("棚田保全の決算額は？", village).answered
    assert answer("棚田保全の決算額は？", village).answered


def test_each_change_is_measured_alone_against_the_program_as_it_is(gold_file: Path, village_index: Path) -> None:
    names = ["答えが空になる", "何も答えない"]
    before, found = effects(mutations.__name__, names, [gold_file], village_index)
    assert [len(run.items) for run in before] == [6]
    assert [effect.name for effect in found] == names
    for effect in found:
        right = next(one for one in effect.measures if one.name == "正答")
        assert (right.before, right.after < right.before) == (pytest.approx(5 / 6), True)


def test_a_fault_that_stops_the_program_is_caught(gold_file: Path, village_index: Path) -> None:
    _, (stopped,) = effects("tests.eval.stopping", ["止まる"], [gold_file], village_index)
    assert stopped == Effect("止まる", (), "ZeroDivisionError")
    assert mutations.is_caught(stopped)
    assert "プログラムが止まる(ZeroDivisionError)" in mutations.table([stopped])


def difference(name: str, moved: tuple[float, float, float], p: float | None) -> Difference:
    return Difference(name, 50, 0.5, 0.5 + moved[0], Interval(*moved), p)


@pytest.mark.parametrize(
    ("one", "lowered"),
    [
        (difference("正答", (-0.2, -0.3, -0.1), 0.01), True), (difference("正答", (-0.2, -0.3, -0.1), 0.2), False),
        (difference("正答", (0.2, 0.1, 0.3), 0.01), False), (difference("誤答", (0.2, 0.1, 0.3), 0.01), True),
        (difference("引用の適合", (-0.1, -0.2, -0.01), None), True), (difference("引用の適合", (-0.1, -0.2, 0.01), None), False),
    ],
)  # fmt: skip
def test_lowered_is_what_chance_would_hardly_do(one: Difference, lowered: bool) -> None:
    effect = Effect("誤り", (one,))
    assert bool(effect.lowered) is lowered
    assert (one.name in mutations.table([effect])) is lowered
    assert f"1 のうち {int(lowered)} が" in mutations.table([effect])


def test_the_ablation_table_has_a_line_for_each_and_marks_what_fell() -> None:
    fell = difference("正答", (-0.2, -0.3, -0.1), 0.01)
    lines = ablations.table((), [Effect("門なし", (fell,))]).splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("| 門なし | **-0.200 [-0.300, -0.100]** | — |")
