"""Two runs over the same gold → what got better and worse, question by question, and whether chance could do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.baseline import NAME
from eval.measures import OUTCOMES, RIGHT, WRONG
from eval.noise import Interval, mean_interval, paired_p
from eval.overall import MEASURES, Measure
from eval.report import padded
from eval.run import Judged, Run

# Two measures can each make B worse; each is tested at half of 0.05 (Bonferroni).
WORSE_AT = 0.025
_SHOWN = 160  # letters of an answer that are printed


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in A and in B with the interval of their difference; `p` where the measure is yes or no a question."""

    name: str
    count: int
    before: float
    after: float
    difference: Interval
    p: float | None


@dataclass(frozen=True, slots=True)
class Move:
    """A question whose outcome (正答, 回答せず, 誤答) is another one in B."""

    run: str
    id: str
    turn: int
    question: str
    expected: str
    before: str
    after: str
    said_before: str
    said_after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What B changed. Not compared: what only one run holds, and `regraded`, whose gold is another one in B."""

    count: int
    only_before: int
    only_after: int
    regraded: int
    measures: tuple[Difference, ...]
    kinds: tuple[Difference, ...]
    better: tuple[Move, ...]
    worse: tuple[Move, ...]
    significantly_worse: bool


Pair = tuple[str, Judged, Judged]


def compare_runs(before: Sequence[Run], after: Sequence[Run]) -> Comparison:
    """Compare two reports question by question, without the baseline's runs."""
    old, new = _items(before), _items(after)
    both = [(key, old[key], new[key]) for key in old if key in new]
    pairs = [(run, a, b) for (run, _, _), a, b in both if a.gold == b.gold]
    found = [_difference(one.label, pairs, one) for one in MEASURES]
    kinds = [
        _difference(kind, [pair for pair in pairs if pair[1].gold.label == kind], MEASURES[0])
        for kind in dict.fromkeys(a.gold.label for _, a, _ in pairs)
    ]
    measures = [one for one in found if one is not None]
    moves = [_move(*pair) for pair in pairs if pair[1].judgement.outcome != pair[2].judgement.outcome]
    return Comparison(
        len(pairs),
        len(old) - len(both),
        len(new) - len(both),
        len(both) - len(pairs),
        tuple(measures),
        tuple(one for one in kinds if one is not None),
        tuple(one for one in moves if _rank(one.after) < _rank(one.before)),
        tuple(one for one in moves if _rank(one.after) > _rank(one.before)),
        any(_is_worse(one) for one in measures),
    )


def _items(runs: Sequence[Run]) -> dict[tuple[str, str, int], Judged]:
    return {(run.name, i.id, i.turn): i for run in runs if not run.name.endswith(NAME) for i in run.items}


def _difference(name: str, pairs: Sequence[Pair], measure: Measure) -> Difference | None:
    found = [(run, a, measure.of(a), measure.of(b)) for run, a, b in pairs]
    both = [(f"{run}\n{a.id}", x, y) for run, a, x, y in found if x is not None and y is not None]
    if not both:
        return None
    groups = [group for group, _, _ in both]
    changes = [y - x for _, x, y in both]
    return Difference(
        name,
        len(both),
        sum(x for _, x, _ in both) / len(both),
        sum(y for _, _, y in both) / len(both),
        mean_interval(changes, groups),
        paired_p([round(change) for change in changes], groups) if measure.whole else None,
    )


def _is_worse(one: Difference) -> bool:
    """Whether fewer answers are right or more are wrong, by more than chance would do."""
    falls = one.difference.value < 0 if one.name == RIGHT else one.difference.value > 0
    return one.name in (RIGHT, WRONG) and falls and one.p is not None and one.p <= WORSE_AT


def _move(run: str, a: Judged, b: Judged) -> Move:
    return Move(
        run, a.id, a.turn, a.gold.question, a.gold.wanted,
        a.judgement.outcome, b.judgement.outcome, a.answer.answer, b.answer.answer,
    )  # fmt: skip


def _rank(outcome: str) -> int:
    """A refusal is better than a wrong answer."""
    return OUTCOMES.index(outcome)


def told(found: Comparison) -> str:
    """The comparison for people."""
    left = {
        "A だけにある": found.only_before,
        "B だけにある": found.only_after,
        "正解の書き方が A と B で異なる": found.regraded,
    }
    lines = [f"比べた問 {found.count}", *(f"比べていない問({why}) {n}" for why, n in left.items() if n)]
    lines += ["", "            A       B       差      95 % 区間           p"]
    lines += [padded(one.name, 12) + _row(one) for one in found.measures]
    changed = [one for one in found.kinds if one.difference.value]
    if changed:
        lines += ["", "正答が変わった種類", *(f"{' ' * 12}{_row(one)}  {one.name}({one.count} 問)" for one in changed)]
    for title, moves in (("悪くなった問", found.worse), ("良くなった問", found.better)):
        lines += ["", f"{title} {len(moves)}"]
        for one in moves:
            lines += [
                f"  {one.run} {one.id}-{one.turn}  {one.before} → {one.after}  {_short(one.question)}",
                f"      正解 {_short(one.expected)}",
                f"      A    {_short(one.said_before)}",
                f"      B    {_short(one.said_after)}",
            ]
    verdict = "B は有意に悪くなっています。" if found.significantly_worse else "B が有意に悪くなったとは言えません。"
    return "\n".join([*lines, "", verdict])


def _row(one: Difference) -> str:
    limits = f"[{one.difference.low:+.3f}, {one.difference.high:+.3f}]"
    p = "—" if one.p is None else f"{one.p:.2g}"
    return f"{one.before:.3f}   {one.after:.3f}   {one.difference.value:+.3f}  {limits:18}  {p}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
