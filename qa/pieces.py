"""A phrase cut into pieces that a frame may know: the longest that stand anywhere in it, and single words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.words import Word
from qa.english import named_by
from qa.file_names import spelled
from qa.fits import LONG
from qa.frames import Frame
from qa.lookup import in_digits, in_kanji, letters
from qa.nested_names import nested

if TYPE_CHECKING:
    from qa.runs import Phrase

_ENGLISH_WHOLE = 0.7
_ALL = "全"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a phrase's words in a row, compared as one."""

    words: tuple[Word, ...]
    letters: str

    @property
    def anywhere(self) -> tuple[object, ...]:
        """The piece wherever it stands in a question."""
        return self.letters, *((w.surface, w.normal, w.reading, w.subpos) for w in self.words)


def cuts(frame: Frame, phrase: Phrase, question: str) -> Iterator[tuple[Piece, ...]]:
    """Ways to cut a phrase: into the longest pieces that stand anywhere in the frame, and into single words."""
    count = len(phrase.words)
    longest: list[Piece] = []
    at = 0
    while at < count:
        for end in range(count, at, -1):
            piece = _piece(frame, question, phrase.words[at:end])
            if end == at + 1 or _stands(frame, piece.letters) or _stands_otherwise(frame, piece):
                longest.append(piece)
                at = end
                break
    yield tuple(longest)
    if len(longest) > 1 and not all(_stands(frame, one.letters) for one in longest):
        yield (_piece(frame, question, phrase.words),)
    whole = len(longest) == 1 and _stands_well(frame, longest[0].letters)
    if not whole and len(longest) != count:
        yield tuple(_piece(frame, question, (word,)) for word in phrase.words)


def _stands_otherwise(frame: Frame, piece: Piece) -> bool:
    """Whether an English header or the file's name says a piece."""
    if len(piece.words) > 1 and spelled(frame.document.id, piece.words):
        return True
    return any(
        named_by(c.label, piece.letters) >= _ENGLISH_WHOLE for c in frame.columns if c.label and c.label.isascii()
    )


def _piece(frame: Frame, question: str, run: Sequence[Word]) -> Piece:
    """Some words as one piece, in the spelling that the frame has: 二人乗り, which a question folds to 2人乗り."""
    said = letters(question[run[0].start : run[-1].end])
    of_all = f"{_ALL}{said}"
    if question[: run[0].start].endswith(_ALL) and any(
        frame.texts.texts[i] == of_all for i in frame.texts.holding(of_all)
    ):
        said = of_all  # 全園 is a row of its own here, not every 園
    spelled = (one for one in (in_kanji(said), in_digits(said)) if one != said)
    written = next((one for one in spelled if _stands(frame, one)), said) if not _stands(frame, said) else said
    return Piece(tuple(run), written)


def _stands_well(frame: Frame, wanted: str) -> bool:
    """Whether the letters stand in a header, around the frame or in a short cell, not merely in running text."""
    if any(wanted in letters(column.core) for column in frame.columns) or frame.around.holding(wanted):
        return True
    return any(len(frame.texts.texts[i]) <= LONG for i in frame.texts.holding(wanted))


def _stands(frame: Frame, wanted: str) -> bool:
    held = frame.texts.holding(wanted) or frame.headers.holding(wanted) or frame.around.holding(wanted)
    return bool(held) or wanted in nested(frame)
