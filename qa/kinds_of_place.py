"""市町村, 町村, 市区町村: the kinds of municipality that rows are of, none of whose letters is a part of a name."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from qa.frames import Frame

_KIND = re.compile(r"(?:各|全)?(?P<kinds>市区町村|区市町村|市町村|市町|町村)(?:名|別)?")
_MOSTLY = 0.8
_FEWEST = 3


def rows_of_kind(frame: Frame, letters: str) -> tuple[int, NDArray[np.bool_]] | None:
    """The column that names municipalities, and the rows of those of the kinds said; None where nothing is of such."""
    found = _KIND.fullmatch(letters)
    if found is None:
        return None
    column = _naming(frame)
    if column is None:
        return None
    kinds = tuple(found["kinds"])
    return column, np.array([(row[column] or "").strip().endswith(kinds) for row in frame.cells], dtype=np.bool_)


def _naming(frame: Frame) -> int | None:
    """The column most of whose different texts are names of municipalities; None where a frame has none."""
    if "places" not in frame.kept:
        frame.kept["places"] = next((c.index for c in frame.columns if _names_places(frame, c.index)), None)
    column: int | None = frame.kept["places"]
    return column


def _names_places(frame: Frame, column: int) -> bool:
    if frame.columns[column].kind != "text" or frame.columns[column].role == "heading":
        return False
    texts = {text.strip() for row in frame.cells if (text := row[column]) and text.strip()}
    named = sum(len(text) > 1 and text.endswith(("市", "区", "町", "村")) for text in texts)
    return named >= max(_FEWEST, _MOSTLY * len(texts))
