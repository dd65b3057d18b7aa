"""Headers that are formulas over the letters of other columns: 徴収率 F/B×100 is that of what F and B both stand under, 滞納繰越分."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import searchable

_LETTER = re.compile(r"[(]?([A-Z])[)]?")
_RATIO = re.compile(r"[(]?([A-Z])[)]?\s*[/÷]\s*[(]?([A-Z])[)]?(?:\s*[×x*]\s*100)?(?:\s*[(]?%[)]?)?")

Path = tuple[str, ...]


def with_formulas(paths: Sequence[Path]) -> list[Path]:
    """Header paths, each that ends in a ratio of two lettered columns with the labels that both of these have, set before it."""
    lettered: dict[str, Path] = {}
    for path in paths:
        letter = _LETTER.fullmatch(searchable(path[-1])) if len(path) > 1 else None
        if letter is not None:
            lettered.setdefault(letter[1], path[:-1])
    return [_told(path, lettered) for path in paths] if lettered else list(paths)


def _told(path: Path, lettered: dict[str, Path]) -> Path:
    ratio = _RATIO.fullmatch(searchable(path[-1])) if path else None
    if ratio is None or not {ratio[1], ratio[2]} <= lettered.keys():
        return path
    over, under = lettered[ratio[1]], lettered[ratio[2]]
    shared = tuple(label for label in over if label in under and label not in path)
    return (*path[:-1], *shared, path[-1])
