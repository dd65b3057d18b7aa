"""Words that stand in a table's title as well as over some of its columns or rows: there they tell which are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace as changed

from qa.frames import Frame
from qa.lookup import letters

if TYPE_CHECKING:
    from qa.roles import Option
    from qa.runs import Phrase

_TELLS_APART = 0.01


def told_apart_first(frame: Frame, phrase: Phrase, found: tuple[Option, ...]) -> tuple[Option, ...]:
    """The ways, those that tell some of the table apart a little surer than that the word stands around all of it: of
    転入者数 and 転出者数 under such a title 転入 still tells which, and under 歳入歳出予算 the rows headed （歳出）.
    """
    around = next((one for one in found if one.rows is None and not one.columns and one.how == "context"), None)
    if around is None:
        return found
    found = tuple(one for one in found if not _names_the_whole(frame, one))
    data = {c.index for c in frame.columns if c.role == "data"}

    def tells(one: Option) -> bool:
        if one.rows is not None:
            return _heads_rows(frame, phrase, one)
        return bool(one.columns) and not data <= set(one.columns)

    def surer(one: Option) -> Option:
        if not tells(one):
            return one
        pairs = zip(one.strengths, around.strengths, strict=True)
        return changed(
            one,
            strengths=tuple(max(own, min(1.0, said + _TELLS_APART)) if own and said else own for own, said in pairs),
        )

    return tuple(sorted(map(surer, found), key=lambda one: -one.strength))


def _names_the_whole(frame: Frame, one: Option) -> bool:
    """Whether a way is the row of a form that gives the name of what all of it is about (事業名 | 子ども医療費助成)."""
    if one.rows is None or len(one.at) != 1 or one.at[0] <= frame.key or int(one.rows.sum()) != 1:
        return False
    return (frame.cells[int(one.rows.argmax())][one.at[0]] or "") in frame.context


def _heads_rows(frame: Frame, phrase: Phrase, one: Option) -> bool:
    """Whether a way is some of the rows, by a heading or group that says just the phrase's words."""
    if (
        one.rows is None
        or len(one.at) != 1
        or one.rows.all()
        or frame.columns[one.at[0]].role not in ("heading", "group")
    ):
        return False
    said = letters("".join(word.surface for word in phrase.words))
    cells = {frame.cells[r][one.at[0]] or "" for r in np.flatnonzero(one.rows)}
    return all(letters(cell.strip("()（）")) == said for cell in cells)
