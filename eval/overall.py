"""Every measure of one answer, one function each with its source; over a run they become means with intervals.

A measure is None where it does not apply (no evidence named, no list asked for), and such questions are left out of its
mean. An answer that is missing was judged as a refusal and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities
from eval.measures import OUTCOMES, REFUSED, RIGHT, WRONG, holds_text, plain
from eval.noise import Interval, share_interval
from eval.run import Judged, Run
from qa.money import amount


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of one question by its name in JSON and its label for people.

    `better` is 1 where more is better, else -1; `whole` whether it is yes or no for each question.
    """

    name: str
    label: str
    of: Callable[[Judged], float | None]
    better: int = 1
    whole: bool = False


def right(item: Judged) -> float:
    """Answer accuracy: what must be said is said and nothing else is, after folding; exact match as in SQuAD
    (Rajpurkar et al. 2016) with alternatives and forbidden figures.
    """
    return float(item.judgement.outcome == RIGHT)


def wrong(item: Judged) -> float:
    """Wrong though answered: the hallucination rate of CRAG (Yang et al. 2024)."""
    return float(item.judgement.outcome == WRONG)


def refused(item: Judged) -> float:
    """Not answered though the documents hold it: CRAG's missing rate (Yang et al. 2024)."""
    return float(item.judgement.outcome == REFUSED)


def crag(item: Judged) -> float:
    """CRAG's score (Yang et al. 2024): 1 for right, 0 for refused, -1 for wrong."""
    return right(item) - wrong(item)


def citation_recall(item: Judged) -> float | None:
    """Whether the evidence is cited: ALCE's citation recall (Gao et al. 2023), with gold lines for its entailment model."""
    return item.judgement.citation_recall


def citation_precision(item: Judged) -> float | None:
    """Share of the citations that hold evidence: ALCE's citation precision (Gao et al. 2023)."""
    return item.judgement.citation_precision


def row_recall(item: Judged) -> float | None:
    """Share of the evidence rows that are cited: ALCE's citation recall (Gao et al. 2023), exact by rows."""
    return item.exact.row_recall


def row_precision(item: Judged) -> float | None:
    """Share of the rows cited that are evidence: ALCE's citation precision (Gao et al. 2023), exact by rows."""
    return item.exact.row_precision


def cell_recall(item: Judged) -> float | None:
    """Share of the evidence cells that are cited: ALCE's citation recall (Gao et al. 2023), exact by cells."""
    return item.exact.cell_recall


def cell_precision(item: Judged) -> float | None:
    """Share of the cells cited that are evidence: ALCE's citation precision (Gao et al. 2023), exact by cells."""
    return item.exact.cell_precision


def refusal_precision(item: Judged) -> float | None:
    """Of what was refused, what had to be: precision of abstention (Rajpurkar et al. 2018, SQuAD 2.0's NoAns)."""
    return None if item.answer.answered else float(item.gold.expected != "answer" or item.gold.accept_abstain)


def refusal_recall(item: Judged) -> float | None:
    """Of what had to be refused, what was, or was answered as the gold also allows: recall of abstention (Rajpurkar et
    al. 2018, SQuAD 2.0's NoAns).
    """
    return None if item.gold.expected != "abstain" else right(item)


def exact_value(item: Judged) -> float | None:
    """Where the gold answer is one figure: whether a value given has its number and unit, as TAT-QA's exact match with
    scale (Zhu et al. 2021).
    """
    if item.gold.expected != "answer" or item.gold.answer is None:
        return None
    folded = searchable(item.gold.answer)
    wanted = find_quantities(folded)
    if len(wanted) != 1 or wanted[0].unit is None or find_periods(folded):
        return None
    given = {amount(q.value, q.unit) for v in item.answer.values for q in find_quantities(searchable(v.text))}
    given |= {amount(q.value, q.unit) for q in find_quantities(searchable(item.answer.answer))}
    return float(amount(wanted[0].value, wanted[0].unit) in given)


def list_recall(item: Judged) -> float | None:
    """Where several things are wanted: share of them that is named (set recall, van Rijsbergen 1979)."""
    wanted = item.gold.must_include
    if item.gold.expected != "answer" or len(wanted) < 2:
        return None
    said = plain(item.answer.answer)
    return sum(any(holds_text(said, one) for one in group) for group in wanted) / len(wanted)


def list_precision(item: Judged) -> float | None:
    """Where several things are wanted: share of the values given that is wanted (set precision, van Rijsbergen 1979)."""
    if list_recall(item) is None or not item.answer.values:
        return None
    wanted = [one for group in item.gold.must_include for one in group]
    said = [plain(value.text) for value in item.answer.values]
    return sum(any(holds_text(one, w) or holds_text(plain(w), one) for w in wanted) for one in said) / len(said)


def list_f1(item: Judged) -> float | None:
    """The harmonic mean of both (van Rijsbergen 1979); 0 where nothing wanted is named."""
    recall, precision = list_recall(item), list_precision(item)
    if not recall:
        return recall
    return None if precision is None else 2 * recall * precision / (recall + precision) if precision else 0.0


MEASURES = (
    Measure("right", "正答", right, whole=True),
    Measure("wrong", "誤答", wrong, better=-1, whole=True),
    Measure("refused", "回答せず", refused, better=-1, whole=True),
    Measure("crag", "CRAG", crag),
    Measure("exact_value", "値と単位", exact_value),
    Measure("list_recall", "列挙の再現", list_recall),
    Measure("list_precision", "列挙の適合", list_precision),
    Measure("list_f1", "列挙の F1", list_f1),
    Measure("citation_recall", "引用の再現", citation_recall),
    Measure("citation_precision", "引用の適合", citation_precision),
    Measure("row_recall", "行の再現", row_recall),
    Measure("row_precision", "行の適合", row_precision),
    Measure("cell_recall", "セルの再現", cell_recall),
    Measure("cell_precision", "セルの適合", cell_precision),
    Measure("refusal_precision", "拒否の適合", refusal_precision),
    Measure("refusal_recall", "拒否の再現", refusal_recall),
)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A group of questions: how many, and the share of each of OUTCOMES, in that order."""

    name: str
    count: int
    shares: tuple[Interval, ...]


def overall(runs: Sequence[Run]) -> dict[str, Interval]:
    """Each measure by name over all questions of some runs it applies to."""
    items = [(f"{run.name}\n{item.id}", item) for run in runs for item in run.items]
    found = {}
    for measure in MEASURES:
        applies = [(value, group) for group, item in items if (value := measure.of(item)) is not None]
        if applies:
            found[measure.name] = share_interval([value for value, _ in applies], [group for _, group in applies])
    return found


def counts(runs: Sequence[Run]) -> dict[str, int]:
    """How many questions of some runs each measure applies to, by its name."""
    items = [item for run in runs for item in run.items]
    found = {measure.name: sum(measure.of(item) is not None for item in items) for measure in MEASURES}
    return {name: count for name, count in found.items() if count}


def by(runs: Sequence[Run], group_of: Callable[[Run, Judged], str]) -> tuple[Outcomes, ...]:
    """The outcomes of each group, in order of first appearance."""
    found: dict[str, list[tuple[str, str]]] = {}
    for run in runs:
        for item in run.items:
            dialogue = f"{run.name}\n{item.id}"
            found.setdefault(group_of(run, item), []).append((dialogue, item.judgement.outcome))
    return tuple(
        Outcomes(
            name,
            len(own),
            tuple(
                share_interval([float(outcome == one) for _, outcome in own], [group for group, _ in own])
                for one in OUTCOMES
            ),
        )
        for name, own in found.items()
    )


def percentiles(runs: Sequence[Run]) -> dict[str, float]:
    """Milliseconds that answers took, by nearest rank: half, 90, 95, 99 of a hundred, and the longest."""
    taken = [item.answer.elapsed_ms for run in runs for item in run.items]
    ranks = {"p50": 50, "p90": 90, "p95": 95, "p99": 99, "max": 100}
    return {name: float(np.percentile(taken, rank, method="inverted_cdf")) for name, rank in ranks.items() if taken}
