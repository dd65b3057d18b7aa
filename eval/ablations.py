"""What each part is worth: the program without it, on the same questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from corpus.align import Alignment
from eval.changes import AS_IT_IS, Change, Effect, means
from eval.run import Run

_SHOWN = ("正答", "誤答", "回答せず", "引用の再現", "引用の適合")
# What `qa.offer_features` says of an offer that every word of the question is explained by.
_EXPLAINED = {
    "covered": 1.0, "lost": 0.0, "lost_names": 0.0, "lost_figures": 0.0, "lost_nouns": 0.0, "lost_verbs": 0.0,
    "lost_soft": 0.0, "lost_unknown": 0.0, "contradicted": 0.0, "meant_least": 1.0, "weakly": 0.0, "around": 0.0,
    "first_strength": 1.0, "last_strength": 1.0,
}  # fmt: skip


def _in_mode(mode: str) -> Callable[[Any], Any]:
    return lambda search: partial(search, mode=mode)


def _as_printed(rows: Sequence[Sequence[str]], width: int) -> tuple[Alignment | None, ...]:
    """Every cell in the column it is printed in."""
    return tuple(
        None if any(row[width:]) else Alignment(tuple(i if i < width else None for i in range(len(row))), 1.0)
        for row in rows
    )


def _unrepaired(part: Any) -> Any:
    """A step of the repair of tables that leaves rows as they are printed."""
    return _as_printed if part.__name__ == "align_rows" else lambda rows, *_: rows


def _explained(part: Any) -> Any:
    """A step of the account of words that finds every word explained."""
    return {
        "_accounted": lambda *_: dict(_EXPLAINED), "_beside_the_point": lambda *_: False,
        "unknown_offices": lambda *_: (), "unexplained": lambda *_: (),
    }[part.__name__]  # fmt: skip


CHANGES = (
    Change("語による検索だけ", ("qa.retrieve.search",), _in_mode("lexical")),
    Change("意味による検索だけ", ("qa.retrieve.search",), _in_mode("dense")),
    Change(
        "表の修復なし",
        ("corpus.tables.align_rows", "corpus.tables.fill_down", "corpus.tables.fill_groups"),
        _unrepaired,
        reads=True,
    ),
    Change(
        "語の説明なし",
        (
            "qa.offer_features._accounted", "qa.sayable._beside_the_point", "qa.pipeline.unknown_offices",
            "qa.tabular.unexplained",
        ),
        _explained,
    ),
    Change("検証の門なし", ("qa.pipeline.failures",), lambda _: lambda *_: ()),
)  # fmt: skip


def table(before: Sequence[Run], found: Sequence[Effect]) -> str:
    """A Markdown table: each measure, and below it how far each change moved it, with its 95 % interval."""
    whole = means(before)
    lines = ["| | " + " | ".join(_SHOWN) + " |", "|---|" + "---|" * len(_SHOWN)]
    lines.append(f"| {AS_IT_IS} | " + " | ".join(whole.get(name, "—") for name in _SHOWN) + " |")
    for effect in found:
        moved = {one.name: one for one in effect.measures}
        cells = []
        for name in _SHOWN:
            one = moved.get(name)
            shown = "—"
            if one is not None:
                shown = f"{one.difference.value:+.3f} [{one.difference.low:+.3f}, {one.difference.high:+.3f}]"
                shown = f"**{shown}**" if one in effect.lowered else shown
            cells.append(shown)
        lines.append(f"| {effect.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
