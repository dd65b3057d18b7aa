"""A list that was found, narrowed: what another list shares with it, what its rows say, all of it but some."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import searchable, tidy
from index import Store
from qa.followup_inside import beside
from qa.lookup import SAME_STEM, TextIndex, letters
from qa.types import Answer, Citation, Draft, Term, UnaskableQuestion, Value
from qa.understand import understand
from qa.wording import leaf

_PREDICATE = 0.4  # verbs and heavier words
_DENIED = re.compile(r"ない|なし|なかった|ません|以外|除|未|ず(?:に|$)")
_DENIED_BEHIND = re.compile(r"(?:[ぁ-ん]{0,4}(?:ない|なし|なかった|ません)|外|前)")
_SEVERAL = 2
_A_WORD = 12  # letters of a cell that says one thing of its row


def both(first: Answer, second: Answer) -> Draft | None:
    """The rows that two lists have in common, cited from both; None where an answer is no list, or they share none."""
    if not all(map(_is_list, (first, second))):
        return None
    others = {_place_of(c) for c in second.citations}
    kept = [c for c in first.citations if _place_of(c) in others and c.row]
    shared = {_place_of(c) for c in kept}
    beside_them = [c for c in second.citations if _place_of(c) in shared]
    return _listed(kept, beside_them, min(first.confidence, second.confidence))


def holding(store: Store, given: Answer, said: str) -> Draft | None:
    """The rows of a list in whose own cells every word of a condition stands, these cells cited; None where none is.

    Figures, years and what is denied are no words that a row could hold. Where every row holds them, they must stand in
    cells that say nothing else.
    """
    terms = _words(said)
    if not _is_list(given) or not terms:
        return None
    kept: list[Citation] = []
    bearing: list[Citation] = []
    rows = {_place_of(c): c for c in given.citations if c.row}
    for c in rows.values():
        found = _found(beside(store, c), terms)
        if found:
            kept.append(c)
            bearing += found
    if len(kept) == len(rows) and any(len(letters(c.quote)) > _A_WORD for c in bearing):
        return None
    return _listed(kept, bearing, given.confidence)


def but_for(store: Store, given: Answer, named: Sequence[str]) -> Draft | None:
    """The rows of a list but those named, or whose cells hold what is named (農政部); None where none is, or nothing else."""
    if not _is_list(given):
        return None
    out = {letters(name) for name in named}
    called = [(letters(searchable(leaf((c.row,)))), c) for c in given.citations if c.row]
    if out and out <= {name for name, _ in called}:
        return _listed([c for name, c in called if name not in out], [], given.confidence)
    terms = _words(named[0]) if len(named) == 1 else ()
    rows = {_place_of(c): c for _, c in called} if terms else {}
    left = [c for c in rows.values() if not _found(beside(store, c), terms)]
    return _listed(left, [], given.confidence) if len(left) < len(rows) else None


def counted(given: Answer) -> Draft | None:
    """How many things a list found, with their names; None where an answer is no list."""
    if not _is_list(given):
        return None
    found = _listed(given.citations, (), given.confidence) if all(c.row for c in given.citations) else None
    names = [v.text for v in (found or given).values]
    if given.kind == "count" or (found is None and len(names) < 2):
        return None
    text = f"全部で{len(names)}件です: {'、'.join(names)}。"
    value = Value(len(names), "件", f"{len(names)}件")
    return Draft(text, text, "count", (value,), f"{len(names)} (件)", given.citations, given.confidence)


def nth(given: Answer, place: int) -> Draft | None:
    """What a list names at a place, 1-based; None where an answer is no list, or not so long."""
    names = [tidy(v.text) for v in given.values] if given.kind == "list" and given.answered else []
    names = [part.strip() for part in names[0].split("、")] if len(names) == 1 else names  # told as they are printed
    if not 1 <= place <= len(names) or len(names) < _SEVERAL:
        return None
    name = names[place - 1]
    told = [c for c in given.citations if letters(name) in letters(f"{c.row or ''} {c.quote}")]
    text = f"{place}番目は「{name}」です。"
    value = Value(None, None, name)
    return Draft(text, text, "value", (value,), f"{place} (番)", tuple(told[:1]), given.confidence) if told else None


def _is_list(given: Answer) -> bool:
    return given.answered and given.kind in ("list", "count")


def _words(said: str) -> tuple[Term, ...]:
    """The words of a condition; none where it is more than words."""
    try:
        question = understand(said)
    except UnaskableQuestion:
        return ()
    if _DENIED.search(said) or question.periods or question.comparisons or question.change:
        return ()
    terms = tuple(t for t in question.terms if t.weight >= _PREDICATE)
    return () if any(t.pos == "数詞" for t in terms) else terms


def _found(cells: Sequence[Citation], terms: Sequence[Term]) -> list[Citation]:
    """The first cell for each word; none where a word stands in no cell, or is denied there."""
    index = TextIndex([c.quote for c in cells])
    found: list[Citation] = []
    for term in terms:
        at = next((i for i, how in sorted(index.find(term).items()) if how >= SAME_STEM), None)
        if at is None or _denied(cells[at].quote, term):
            return []
        found.append(cells[at])
    return found


def _denied(quote: str, term: Term) -> bool:
    text, word = searchable(quote), searchable(term.surface)
    at = text.find(word)
    return at >= 0 and (text[at - 1 : at] in ("未", "非") or bool(_DENIED_BEHIND.match(text, at + len(word))))


def _listed(kept: Sequence[Citation], more: Sequence[Citation], sure: float) -> Draft | None:
    names = tuple(dict.fromkeys(leaf((c.row,)) for c in kept if c.row))
    if not names:
        return None
    text = f"次の{len(names)}件です: {'、'.join(names)}。"
    values = tuple(Value(None, None, name) for name in names)
    return Draft(text, text, "list", values, f"{len(names)} (件)", tuple(dict.fromkeys((*kept, *more))), sure)


def _place_of(c: Citation) -> tuple[object, ...]:
    return (c.document, c.page, c.sheet, c.line_start, c.row)
