"""Words of a question that the one row answered from says in other words, in whatever cell: 手伝う in a row of 輸出支援.

Such a word sets no condition: it would hold of too many rows. Once the others have chosen the row it need only not be foreign to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.frames import Frame
from qa.lookup import letters
from qa.synonyms import other_words
from qa.types import Explained

_SAID_OTHERWISE = 0.7
_NAME = 1.0  # terms that weigh this are names and figures: another is another thing
_FEWEST = 2  # letters of a word that says something by itself


def with_row(accounts: Sequence[Explained], frame: Frame, rows: Sequence[int]) -> tuple[Explained, ...]:
    """The accounts, each word that nothing explains explained by another word for it in the one row; as they are of several rows."""
    lost = [a for a in accounts if not a.strength and a.term.weight < _NAME and a.term.pos != "数詞"]
    if not lost or len(rows) != 1:
        return tuple(accounts)
    said = letters(" ".join(text for text in frame.cells[rows[0]] if text))
    return tuple(
        Explained(a.term, _SAID_OTHERWISE, "row in other words") if a in lost and _says(said, a) else a
        for a in accounts
    )


def _says(said: str, account: Explained) -> bool:
    term = account.term
    return any(
        len(word) >= _FEWEST and word in said for group in other_words(term.surface, term.normal) for word in group
    )
