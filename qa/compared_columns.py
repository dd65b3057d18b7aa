"""Columns that a question compares with one another in every row: 積立額が取崩額より多い基金, 申込者数が定員を上回った種目."""

from __future__ import annotations

from qa.frames import Frame
from qa.lookup import letters
from qa.measures import with_figures
from qa.types import Question
from qa.understand import BESIDE_ONE_ANOTHER


def compared_columns(frame: Frame, question: Question) -> tuple[int, int, bool] | None:
    """The columns that are compared with one another (積立額が取崩額より多い基金), and whether the first has to be larger."""
    said = BESIDE_ONE_ANOTHER.search(question.folded)
    if said is None:
        return None
    cores = {c: _measure(frame.columns[c].core) for c in with_figures(frame)}
    one, other = (_column_called(cores, _measure(said[side])) for side in ("one", "other"))
    return None if one is None or other is None or one == other else (one, other, said["more"] is not None)


def _measure(label: str) -> str:
    """A header as it is said: 申込者 and 申込者数 are the same."""
    own = letters(label)
    return own.removesuffix("数").removesuffix("額") or own


def _column_called(cores: dict[int, str], word: str) -> int | None:
    """The one column whose name ends with a word; else the one that begins with it and stands over all that do (転入者数)."""
    ends = [c for c, core in cores.items() if core.endswith(word)]
    begins = sorted((c for c, core in cores.items() if core.startswith(word)), key=lambda c: len(cores[c]))
    if len(ends) == 1:
        return ends[0]
    over = begins and not ends and all(cores[c].startswith(cores[begins[0]]) for c in begins)
    return begins[0] if over and len({cores[c] for c in begins}) == len(begins) else None
