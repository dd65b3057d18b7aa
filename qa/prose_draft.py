"""An answer from prose → what would be said: its own sentence, or the quoted sentences as they stand."""

from __future__ import annotations

from index import Store
from qa.cite import cite
from qa.prose import ProseAnswer
from qa.types import Draft
from qa.wording import attribute_phrase, leaf, quoted


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
