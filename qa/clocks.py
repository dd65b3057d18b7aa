"""Times of day as people say them in the way the documents write them: 18時30分, 夕方6時半 as 18:30."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index import Store
from qa.in_kana import holds

_SAID = re.compile(
    r"(?P<half>午前|午後|朝の?|夜の?|夕方の?)?(?<![0-9:])(?P<hour>[01]?[0-9]|2[0-4])時(?!間|点|期|代|給|短)(?:(?P<minute>[0-5]?[0-9])分|(?P<too>半))?"
)
_LATE = ("午後", "夜", "夕方")
_NOON = 12


def in_figures(store: Store, folded: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a folded question that say a time of day, each as documents print it with a colon.

    Nothing where no document holds that time so.
    """
    for match in _SAID.finditer(folded):
        minute = "30" if match["too"] else f"{int(match['minute'] or 0):02}"
        hour = int(match["hour"])
        if match["half"] and match["half"].startswith(_LATE) and hour < _NOON:
            hour += _NOON
        for printed in (f"{hour}:{minute}", f"{hour:02}:{minute}"):
            if _stands(store, printed):
                yield match.start(), match.end(), printed
                break


def _stands(store: Store, printed: str) -> bool:
    """Whether a document prints a time so."""
    if not all(holds(store, part) for part in printed.split(":")):
        return False
    found = re.compile(rf"(?<![0-9:：]){printed.replace(':', '[:：]')}(?![0-9])")
    return any(found.search(document.text) for document in store.documents.values())
