"""A paragraph → the sentences in it."""

from __future__ import annotations

_OPEN = "(（「『【〔[［"
_CLOSE = ")）」』】〕]］"
_ENDS = "。！？"


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Offsets (half open) of the sentences of a paragraph, blanks at their ends left out.

    A full stop inside brackets ends nothing; a bracket that is never closed is not waited for.
    """
    depths, balanced = [], True
    depth = 0
    for char in text:
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
            if depth < 0:
                balanced, depth = False, 0
        depths.append(depth)
    if depth:
        balanced = False
    pieces = []
    start = 0
    for i, char in enumerate(text):
        if char in _ENDS and (depths[i] == 0 or not balanced):
            pieces.append((start, i + 1))
            start = i + 1
    pieces.append((start, len(text)))
    found = []
    for begin, end in pieces:
        piece = text[begin:end]
        if piece.strip():
            found.append((begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())))
    return found
