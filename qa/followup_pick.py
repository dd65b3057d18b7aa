"""A turn right after being asked back → which of the choices it means: 「2」「2番目の方」「後者」, or a name that only one has."""

from __future__ import annotations

from corpus.values import find_periods
from qa.ask_back import offered
from qa.followup import follow_up_grammar, read_follow_up
from qa.followup_state import Conversation
from qa.lookup import letters

_SHORTEST = 2  # letters of a name


def picked(text: str, conversation: Conversation) -> str | None:
    """The name of the choice that a turn picks; None where the turn before offered none, or this one says something else."""
    names = offered(conversation.turns[-1].answer) if conversation.turns else ()
    if not names:
        return None
    g = follow_up_grammar()
    said = g.at("choice", "tail").sub("", read_follow_up(text).text).strip(" 、")
    place = g.at("choice", "place").match(said)
    if place is None:
        return _named(said, names)
    if place["second"]:
        return names[1] if len(names) == 2 else None
    at = len(names) if place["last"] else int(place["n"] or 1)
    return names[at - 1] if 1 <= at <= len(names) else None


def _named(said: str, names: tuple[str, ...]) -> str | None:
    """The one choice whose name, or a part of whose name, is said; a year is told in any spelling."""
    wanted = letters(said)
    if len(wanted) < _SHORTEST:
        return None
    found = [name for name in names if wanted == letters(name)] or [name for name in names if wanted in letters(name)]
    years = find_periods(said)
    if not found and len(years) == 1 and (years[0].start, years[0].end) == (0, len(said)):
        found = [name for name in names if any(p.year == years[0].year for p in find_periods(name))]
    return found[0] if len(found) == 1 else None
