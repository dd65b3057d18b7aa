"""An answer from prose → what would be said: its own sentence, or the quoted sentences as they stand."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.folding import searchable
from corpus.values import find_periods
from index import Store
from qa.cite import cite
from qa.prose import ProseAnswer
from qa.types import Draft, Question
from qa.wording import attribute_phrase, leaf, quoted

_WHEN = ("date", "day", "month")
_YEARLESS = re.compile(r"(?<![0-9])(?:1[0-2]|[1-9])月(?!間)|本年|同年")


def cell_draft(store: Store, found: ProseAnswer) -> Draft:
    """The draft of a text cell: whose it is, under which header, and its words."""
    one = found.evidence[0]
    text = f"{one.name or leaf(one.subject)}の{attribute_phrase(one)}は「{quoted(one.value)}」です。"
    if one.name is not None and quoted(one.value) == quoted(one.name):
        text = f"「{quoted(one.value)}」とあります。"  # 夏祭り(8月3日~5日): the name itself says it
    return Draft(text, quoted(one.value), "passage", found.values, None, cite(store, one), found.probability)


def prose_draft(store: Store, found: ProseAnswer) -> Draft:
    """The draft of a prose answer, every sentence cited."""
    citations = tuple(dict.fromkeys(c for one in found.evidence for c in cite(store, one)))
    whole = " ".join(quoted(one.value) for one in found.evidence)
    text = found.text or whole
    return Draft(text, whole, found.kind, found.values, found.calculation, citations, found.probability)


def dated(draft: Draft, question: Question) -> Draft:
    """A draft that tells a day where it is asked when, with the year that only the heading says: (平成24年) 3月2日、…."""
    folded = searchable(draft.text)
    if question.wants not in _WHEN or not draft.citations or find_periods(folded) or not _YEARLESS.search(folded):
        return draft
    for heading in reversed(draft.citations[0].heading):
        said = {period.year: period.text for period in find_periods(searchable(heading))}
        if said:
            return replace(draft, text=f"({said.popitem()[1]}) {draft.text}") if len(said) == 1 else draft
    return draft
