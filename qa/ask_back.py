"""Asking back: a question that means several things, none of them likely enough to be said, becomes concrete choices.

A choice is the name of one reading (its thing, what is said of it, where that stands) and a complete question that gets
that reading's answer and nothing else. No choice tells a figure: nothing was answered yet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.folding import searchable, tidy
from corpus.values import find_periods, find_quantities
from index import Store
from qa.choice import Weighed
from qa.frames import Frame
from qa.lookup import TextIndex, letters
from qa.results import operand
from qa.tabular import Proposal, years_apart
from qa.types import Answer, Draft, Evidence, Operation
from qa.wording import attribute_phrase, leaf

MOST = 4  # choices offered
LEAST = 0.1  # a reading less likely than this is no choice
TOGETHER = 0.5  # so likely one of the choices has to be right
_LONGEST = 60
_A_FEW_WORDS = 30  # letters
_SUREST = 0.99
_SHORTEST = 4  # letters of a name
_BEGINNING = 8  # letters of a sentence that say at least what it is about
_PAUSES = ("は", "、", "。", "について", "に関して")
_LOOKED_UP = ("value", "passage")  # what was counted or calculated is no thing that has a name
_MORE = "\n(ほかにもあります)"
_NUMBER = re.compile(r"\n[1-9]\. ")
_LOST = ("lost_names", "lost_unknown", "lost_nouns")

Reading = tuple[Weighed, Draft]


@dataclass(frozen=True, slots=True)
class AskedBack:
    """The readings of a question as choices: what each is called beside the others, and what would be said to it.

    `more` is True where there are others of the kind than these.
    """

    names: tuple[str, ...]
    drafts: tuple[Draft, ...]
    more: bool = False

    def draft(self) -> Draft:
        """What is said: the choices by number and name, each cited with where it stands."""
        listed = "\n".join(f"{n}. {name}" for n, name in enumerate(self.names, 1))
        text = f"次のどれについてのお尋ねですか。番号か名前でお答えください。\n{listed}{_MORE if self.more else ''}"
        cited = tuple(dict.fromkeys(one.citations[0] for one in self.drafts))
        return Draft(text, text, "clarify", (), None, cited, 0.0)

    def chosen(self, name: str) -> Draft | None:
        """The answer to the choice so called."""
        wanted = letters(name)
        return next((d for own, d in zip(self.names, self.drafts, strict=True) if letters(own) == wanted), None)


def offered(given: Answer) -> tuple[str, ...]:
    """The names of the choices that an answer offers, in order; none where it offers none."""
    if given.kind != "clarify":
        return ()
    return tuple(name.strip() for name in _NUMBER.split(given.answer.removesuffix(_MORE))[1:])


def worth_asking(best: Sequence[Weighed]) -> list[Weighed]:
    """The offers that may be choices, the likeliest first: each accounts for every name, noun and year of the question.

    What a question names and no document tells is never asked back about. None where they are too unlikely together.
    """
    able = [one for one in best if one.probability >= LEAST and _accounts(one)]
    return able if len(able) > 1 and sum(one.probability for one in able) >= TOGETHER else []


def _accounts(one: Weighed) -> bool:
    features = one.features
    return not any(features[name] for name in _LOST) and not (features["dated"] and features["year"] <= 0)


def readings(sayable: Sequence[Reading]) -> list[Reading]:
    """One of each really different reading, the likeliest first, at most MOST; none where they are too unlikely together.

    Two ways to the same cell, the same sentence or the same values are one reading.
    """
    found: list[Reading] = []
    for one in sayable:
        if not any(_same(one[1], other[1]) for other in found):
            found.append(one)
    kept = found[:MOST]
    likely = sum(weighed.probability for weighed, _ in kept)
    return kept if len(kept) > 1 and likely >= TOGETHER else []


def _same(one: Draft, other: Draft) -> bool:
    return bool(set(one.citations) & set(other.citations)) or (bool(one.values) and one.values == other.values)


def asked_back(store: Store, found: Sequence[Reading], more: bool = False) -> AskedBack | None:
    """Readings as choices; None where they cannot be told apart by name.

    Whichever is chosen is as sure as that any of them is right.
    """
    names = _names(store, found) if len(found) > 1 else None
    sure = round(min(_SUREST, sum(weighed.probability for weighed, _ in found)), 4)
    return (
        AskedBack(tuple(names), tuple(replace(draft, confidence=sure) for _, draft in found), more) if names else None
    )


def _names(store: Store, found: Sequence[Reading]) -> list[str] | None:
    """What tells the readings apart, each with as little as that takes; None where nothing does, or a figure would be told."""
    ways = [tuple(_ways(store, *one)) for one in found]
    if not all(ways):
        return None
    names = [way[0] for way in ways]
    for longer in range(1, max(map(len, ways))):
        often = Counter(map(letters, names))
        names = [
            way[min(longer, len(way) - 1)] if often[letters(name)] > 1 else name
            for name, way in zip(names, ways, strict=True)
        ]
    if len(set(map(letters, names))) < len(names) or not all(map(_fit, names)):
        return None
    return names


def _fit(name: str) -> bool:
    """Whether a name may be shown: short, and without a figure that is no year or date."""
    folded = searchable(name)
    dated = find_periods(folded)
    figures = [q for q in find_quantities(folded) if not any(p.start <= q.start < p.end for p in dated)]
    return len(name) <= _LONGEST and not figures


def _ways(store: Store, weighed: Weighed, draft: Draft) -> Iterator[str]:
    """Names for a reading, the shortest first: thing and header, with what it belongs to, its row says, its document."""
    evidence = weighed.offer.evidence
    name = _called(weighed, evidence)
    if evidence.kind == "passage":
        topic = _topic(evidence.value)
        base = f"「{topic}」" if topic else ""
        above = leaf(evidence.subject) if evidence.subject else ""
    else:
        about = attribute_phrase(evidence)
        base = "の".join(part for part in (name, about) if part)
        above = next((leaf((part,)) for part in reversed(evidence.subject) if letters(part) not in letters(name)), "")
    if not base or draft.kind not in _LOOKED_UP:
        return
    base = _bare(base)
    yield base
    if above:
        yield f"{_bare(above)}の{base}"
    cell = _cell_beside(weighed)
    if cell:
        yield f"{base}({_bare(cell)})"
    title = tidy(store.documents[evidence.document].title)
    yield f"{base}({_bare(title)})"


def _called(weighed: Weighed, evidence: Evidence) -> str:
    """What the documents call the thing: of a table's row with the groups that tell it from its namesakes."""
    source = weighed.offer.source
    if isinstance(source, Proposal) and source.result.operands:
        return tidy(source.plan.frame.label(source.result.operands[0].row))
    return tidy(evidence.name or leaf(evidence.subject))


def _cell_beside(weighed: Weighed) -> str:
    """The first cell that tells in few words what a table's row is, behind its name; empty where none does."""
    source = weighed.offer.source
    if not isinstance(source, Proposal) or not source.result.operands:
        return ""
    frame, row = source.plan.frame, source.result.operands[0].row
    texts = (tidy(frame.cells[row][c.index] or "") for c in frame.columns[frame.key + 1 :] if c.kind == "text")
    return next((text for text in texts if _SHORTEST <= len(text) <= _A_FEW_WORDS), "")


def _bare(text: str) -> str:
    return text.replace("「", "").replace("」", "").replace("『", "").replace("』", "")


def _topic(sentence: str) -> str:
    """What a sentence begins with, up to where it pauses or its topic is set."""
    text = tidy(sentence).lstrip("※・ ")
    ends = [at for mark in _PAUSES if (at := text.find(mark, _BEGINNING)) > 0]
    return text[: min([*ends, _A_FEW_WORDS])]


def namesakes(weighed: Weighed) -> list[Weighed]:
    """An offer that looks up one row, with the same of each row of its name that nothing in the question tells from it.

    Their figures differ, they are of the same year and no parts of one thing, and every word of the question that the
    row explains they explain. Empty where the row is the only one.
    """
    source = weighed.offer.source
    if not isinstance(source, Proposal) or len({o.row for o in source.result.operands}) != 1:
        return []
    frame, one = source.plan.frame, source.result.operands[0]
    name, looked_up = letters(frame.name(one.row)), weighed.offer.reading.operation in (Operation.VALUE, Operation.EACH)
    if frame.table is None or source.result.kind != "value" or not looked_up or len(name) < _SHORTEST:
        return []
    if one.column == frame.key or name not in letters(weighed.offer.reading.folded):
        return []
    twins = [
        row for row in range(len(frame))
        if row != one.row and letters(frame.name(row)) == name and frame.things[row] != frame.things[one.row]
        and not years_apart(frame, (row, one.row)) and frame.cells[row][one.column] != frame.cells[one.row][one.column]
        and frame.cells[row][one.column]
    ]  # fmt: skip
    if not twins:
        return []
    held = TextIndex([_row_text(frame, row) for row in (one.row, *twins)])
    found = (held.find(a.term) for a in weighed.offer.accounts if a.strength > 0.0 and not a.by.startswith("header"))
    meets = [rows for rows in found if 0 in rows]
    alike = [row for i, row in enumerate(twins, 1) if all(i in rows for rows in meets)]
    return [_of_row(weighed, source, row) for row in sorted((one.row, *alike))] if alike else []


def _of_row(weighed: Weighed, source: Proposal, row: int) -> Weighed:
    """The same looked up in another row."""
    frame = source.plan.frame
    plan = replace(source.plan, rows=(row,), parts=((row,),), at=(frame.key,))
    operands = tuple(operand(frame, row, one.column) for one in source.result.operands)
    result = replace(source.result, plan=plan, operands=operands)
    evidence = frame.evidence(row, operands[0].column)
    offer = replace(weighed.offer, evidence=evidence, source=replace(source, result=result))
    return replace(weighed, offer=offer)


def _row_text(frame: Frame, row: int) -> str:
    return " ".join(tidy(text) for text in frame.cells[row] if text)
