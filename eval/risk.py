"""Does confidence mean the probability of being right? Reliability, and risk against coverage.

An answer's risk is that it is wrong; coverage is how many of the questions are answered. Refusing the least sure answers
trades one for the other (El-Yaniv & Wiener 2010, Geifman & El-Yaniv 2017). Refusals carry no risk and are the questions
that coverage leaves out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from eval.run import Run

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
LEFT_OUT = (0.0, 0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Sure:
    """An answer given: its confidence in [0, 1], and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence is in (`low`, `high`]: mean confidence, share right, how many."""

    low: float
    high: float
    said: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """The surest answers down to `confidence`: their share of all questions, and the share of them that is wrong."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Risk:
    """All of it for `questions` questions, `answered` of them answered.

    `aurc` is the mean risk over all coverages reached (area under the curve), `error` the expected calibration error
    (Naeini et al. 2015), `left` for each share of LEFT_OUT refused the share wrong of those still answered.
    """

    questions: int
    answered: int
    bins: tuple[Bin, ...]
    points: tuple[Point, ...]
    aurc: float
    error: float
    left: tuple[tuple[float, float], ...]


def sure_of(runs: Sequence[Run]) -> tuple[list[Sure], int]:
    """The answers given in runs, and how many questions were asked in all."""
    items = [item for run in runs for item in run.items]
    return [Sure(i.answer.confidence, i.judgement.right) for i in items if i.answer.answered], len(items)


def risk_of(answers: Sequence[Sure], questions: int) -> Risk:
    """Reliability and the risk–coverage curve.

    Raises:
        ValueError: more answers than questions.

    """
    if len(answers) > questions:
        raise ValueError(f"{len(answers)} answers to {questions} questions")
    points = curve(answers, questions)
    bins = reliability(answers)
    count = len(answers) or 1
    return Risk(
        questions,
        len(answers),
        bins,
        points,
        sum(point.risk for point in points) / len(points) if points else 0.0,
        sum(one.count * abs(one.said - one.right) for one in bins) / count,
        tuple((share, wrong_without(answers, share)) for share in LEFT_OUT),
    )


def reliability(answers: Sequence[Sure], edges: Sequence[float] = EDGES) -> tuple[Bin, ...]:
    """Bins of confidence that hold answers; an answer of confidence 0 is in the first."""
    found = []
    for number, (low, high) in enumerate(itertools.pairwise(edges)):
        own = [a for a in answers if low < a.confidence <= high or (number == 0 and a.confidence <= low)]
        if own:
            said, right = (sum(values) / len(own) for values in ([a.confidence for a in own], [a.right for a in own]))
            found.append(Bin(low, high, said, right, len(own)))
    return tuple(found)


def curve(answers: Sequence[Sure], questions: int) -> tuple[Point, ...]:
    """Coverage and risk at every confidence that occurs, the surest first; equally sure answers stand together."""
    found, wrong, count = [], 0, 0
    for confidence, group in itertools.groupby(sorted(answers, key=lambda a: -a.confidence), lambda a: a.confidence):
        own = list(group)
        count += len(own)
        wrong += sum(not a.right for a in own)
        found.append(Point(confidence, count / questions, wrong / count))
    return tuple(found)


def wrong_without(answers: Sequence[Sure], share: float) -> float:
    """The share wrong among the answers left when the least sure `share` of them is refused; 0 for none.

    Among equally sure answers the wrong ones are kept longest, so that a tie never flatters.
    """
    ranked = sorted(answers, key=lambda a: (-a.confidence, a.right))
    kept = ranked[: len(ranked) - int(len(ranked) * share)]
    return sum(not a.right for a in kept) / len(kept) if kept else 0.0


def text(risk: Risk) -> str:
    """The reliability table and the risks, for a terminal."""
    lines = [
        f"問 {risk.questions}  回答 {risk.answered}  AURC {risk.aurc:.4f}  ECE {risk.error:.4f}",
        "確信度          平均   正答    問",
    ]
    lines += [f"{b.low:.2f} – {b.high:.2f}   {b.said:.3f}  {b.right:.3f}  {b.count:4}" for b in risk.bins]
    lines += [f"確信の低い {share:4.0%} を回答しないとき、残りの誤答 {wrong:.4f}" for share, wrong in risk.left]
    return "\n".join(lines)
