"""What the gold set last measured, kept in a file that shows in the diff; has anything fallen by more than its noise?

The file is written by `python -m eval record` alone. It names every question that is not right, so that a comparison is
made question by question and a diff shows which ones moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from corpus import TashikaError
from eval.measures import OUTCOMES, REFUSED, RIGHT, WRONG
from eval.noise import Interval, paired_p
from eval.overall import MEASURES, overall
from eval.run import Judged, Run

RECORDED = Path(__file__).parent / "recorded.json"
_FALLEN_AT = 0.05
# What a question may lose: its right answer, or that at least nothing wrong was said.
_LOSSES = (("正答", (RIGHT,)), ("誤答でない問", (RIGHT, REFUSED)))


class BadRecord(TashikaError):
    """A record that is not there or cannot be read."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One gold file: how many questions, its measures with their 95 % intervals, and what was not right (id-turn)."""

    count: int
    measures: dict[str, Interval]
    refused: tuple[str, ...]
    wrong: tuple[str, ...]

    def outcome(self, name: str) -> str:
        """What came of a question then."""
        return WRONG if name in self.wrong else REFUSED if name in self.refused else RIGHT


Record = dict[str, Recorded]


def record_of(runs: Sequence[Run]) -> Record:
    """The record of each run by its name."""
    found = {}
    for run in runs:
        measures = {
            name: Interval(round(one.value, 4), round(one.low, 4), round(one.high, 4))
            for name, one in overall([run]).items()
        }
        refused, wrong = (
            tuple(_name(item) for item in run.items if item.judgement.outcome == outcome) for outcome in OUTCOMES[1:]
        )
        found[run.name] = Recorded(len(run.items), measures, refused, wrong)
    return found


def written(record: Record) -> bytes:
    """A record as it stands in its file: one question a line, so that a diff names it."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def read_record(path: Path = RECORDED) -> Record:
    """A record from its file.

    Raises:
        BadRecord: it is not there or is none.

    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Record)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRecord(f"記録「{path}」を読めません({error})。python -m eval record で作ってください。") from error


def fallen(record: Record, runs: Sequence[Run]) -> tuple[str, ...]:
    """What is worse than recorded by more than its noise, a sentence each; first of all where the gold is another one."""
    counts = {run.name: len(run.items) for run in runs}
    others = [
        f"{name}: 記録は {record[name].count if name in record else 0} 問、今は {counts.get(name, 0)} 問です。"
        "ゴールドセットを変えたときは python -m eval record で記録してください。"
        for name in dict.fromkeys((*record, *counts))
        if name not in record or record[name].count != counts.get(name)
    ]
    if others:
        return tuple(others)
    return (
        *_lost("全体", record, runs),
        *(one for run in runs for one in (*_lost(run.name, record, [run]), *_lower(record[run.name], run))),
    )


def _lost(name: str, record: Record, runs: Sequence[Run]) -> Iterator[str]:
    """Questions lost in pairs with the record, where an exact paired test says that chance would hardly do it."""
    for label, kept in _LOSSES:
        moved = [
            (f"{run.name}/{_name(item)}", f"{run.name}\n{item.id}", _change(record[run.name], item, kept))
            for run in runs
            for item in run.items
        ]
        total = sum(change for _, _, change in moved)
        if total < 0 and paired_p([c for _, _, c in moved], [group for _, group, _ in moved]) <= _FALLEN_AT:
            lost = " ".join(question for question, _, change in moved if change < 0)
            yield f"{name}: {label}が差し引き {-total} 問減りました。減った問: {lost}"


def _change(then: Recorded, item: Judged, kept: Sequence[str]) -> int:
    return int(item.judgement.outcome in kept) - int(then.outcome(_name(item)) in kept)


def _lower(then: Recorded, run: Run) -> Iterator[str]:
    """Measures that are no yes or no, below the interval they were recorded with."""
    now = overall([run])
    for measure in MEASURES:
        before = then.measures.get(measure.name)
        if measure.whole or before is None:
            continue
        reached = now[measure.name].value if measure.name in now else 0.0
        if reached < before.low:
            yield f"{run.name}: {measure.label}が {before.value:.3f}[{before.low:.3f}, {before.high:.3f}] から {reached:.3f} に下がりました。"


def _name(item: Judged) -> str:
    return f"{item.id}-{item.turn}"
