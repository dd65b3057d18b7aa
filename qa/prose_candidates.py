"""Hits → sentences that may be quoted, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from corpus import Document
from corpus.folding import searchable, tidy
from index import Hit, Store
from qa.masthead import masthead
from qa.matters import matter
from qa.prose_reading import read
from qa.spoken_years import spoken
from qa.told_years import years_under
from qa.topics import leans
from qa.types import Evidence

MOST = 60  # sentences looked at for one question
_NEIGHBOURED = 12  # how many hits bring the sentences before and after them
_SECTIONED = 8  # how many hits bring all that stands under the same heading
_SMALL_SECTION = 12  # sentences; under a heading with more of them, only the neighbours belong together
_MATES = 5  # a sentence brings so many that follow it in its paragraph
_SAME_LINE = re.compile(r"[^\S\n]*")
_ASKED, _REPLY = re.compile(r"[問質Q][\s.:：)）]|質問"), re.compile(r"[答A][\s.:：)）]|(?:回答|答弁)")
_POINT = re.compile(
    r"(?:まず|次に|続いて|最後に)?[、,]?(?:[1-9一二三四五六七八九十](?:点|つ|番)目|第[1-9一二三四五]に)(?:は|の|が|で|に)"
)
# What only asks answers nothing: …どうなるのでしょうか。 Not ほか, わずか.
_ASKS = re.compile(
    r"(?:(?:です|ます|でしょう|ました|ません|[のたるいう])か|[?？]|お(?:伺い|うかがい|聞き|尋ね|たずね)(?:し|いたし)ます|お聞かせ(?:ください|願います))"
    r"[。\s]*(?:[（(][^（()）]{1,20}[）)])?\s*$"
)
_WHO = re.compile(r"\s*[（(][^（()）]{1,20}[）)]\s*")  # who said it, behind a reply
_EARLIER = 6  # so many sentences back
_CHAINED = 3  # sentences that go on from one another
_LABEL = 40  # letters; a longer line introduces nothing
# A sentence that begins so is about what the one before it is about: この制度は…, 本案は…, 主に…として, 内訳は….
_CONTINUES = re.compile(
    r"(?:なお|また|さらに|そして|ただし|このうち|うち)?[、,]?"
    r"(?:これ(?!まで|から)|この(?!ほか|たび)|こうした|そ(?:の|れ|こ)(?!他|ほか|後|れ)|同(?=[一-龥])(?!時|様|じ|月|日|年)|当該|今回の|主に|具体的に|(?:その)?(?:主な)?(?:内容|概要|内訳|理由)(?:と(?:いたし|し)まして)?は"
    r"|(?:(?:今|昨|本|前|当|来|翌)年度?|(?:令和|平成)?[0-9元]{1,4}年度?)末?(?:は|では|には)[、,\s]?(?![^、。]{1,15}は)"  # only its year is new
    r"|[前昨]年(?:度)?(?:の?同[月期])?(?:の?当初)?(?:の?(?:予算|決算))?額?(?:[とに](?:比較|比べ|対)|より|を[上下]回|比[でにはべ、])"  # of what stood before
    r"|本(?:案|件|制度|事業|計画|条例|施設|議案|改正|補助金|基金)(?![一-龥]))"
)


class Candidate(msgspec.Struct, frozen=True):
    """A sentence that may be quoted.

    `before` and `after` are the sentences next to it under the same heading, `lead` the sentence or label that
    introduces the list it belongs to, or the sentence it goes on from (この制度は…), `opener` the one that opens its paragraph, where that is not `before`, or the question
    (問) that it replies to; "" where there is none. `score` is the retrieval's (0 when it was not found
    itself), `rank` its place among the sentences that were found (or one more than that of the hit that brought it), from 1; `parts`
    are the retrieval's own reasons. `governed` is the sentence further up in its paragraph whose year it goes on with,
    `matter` what opened the matter that a speech is speaking of there, `earlier` the sentences before `before` under the same heading.
    """

    document: str
    position: int
    text: str
    kind: str
    heading: tuple[str, ...]
    before: str
    after: str
    lead: str
    title: str
    years: tuple[int, ...]
    rank: int
    score: float
    parts: dict[str, float]
    opener: str = ""
    governed: str = ""
    matter: str = ""
    earlier: str = ""

    @property
    def evidence(self) -> Evidence:
        """The sentence as evidence."""
        return Evidence(
            self.document, "passage", None, self.position, None, self.heading, None, (), self.text, None, "", self.rank
        )


def candidates(store: Store, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """The sentences of the hits, those beside the best of them, and those under the same small heading.

    The figure often stands one line below the sentence with the words that were asked for. A row or a fact that was
    found brings the sentences under its heading.
    """
    found: dict[tuple[str, int], tuple[int, Hit]] = {}
    brought: dict[tuple[str, int], tuple[int, Hit]] = {}
    for hit in hits:
        document = store.documents[hit.entry.document]
        rank = len(found) + 1
        if hit.entry.kind == "passage":
            found.setdefault((document.id, hit.entry.position), (rank, hit))
        if hit.rank <= _NEIGHBOURED:
            for position in _company(document, hit):
                brought.setdefault((document.id, position), (rank, hit))
    places = list(dict.fromkeys([*found, *brought]))[:MOST]
    made = (
        _candidate(store.documents[name], at, found.get((name, at)), brought.get((name, at))) for name, at in places
    )
    return tuple(one for one in made if not _ASKS.search(one.text) and not _WHO.fullmatch(one.text))


def _company(document: Document, hit: Hit) -> list[int]:
    """The sentences that belong to a hit besides itself."""
    if hit.entry.kind == "passage":
        own = hit.entry.position
        near = [i for i in (own - 1, own + 1) if 0 <= i < len(document.passages)]
        near = [i for i in near if document.passages[i].section == document.passages[own].section]
        path = document.passages[own].section
        if hit.rank <= _SECTIONED:
            first = paragraphs(document)[own]
            near += [
                i for i in range(own + 2, min(own + _MATES, len(document.passages))) if paragraphs(document)[i] == first
            ]
    else:
        near = []
        path = (
            document.facts[hit.entry.position].subject
            if hit.entry.table is None
            else document.tables[hit.entry.table].rows[hit.entry.position].section
        )
    under = sections(document).get(path, ()) if hit.rank <= _SECTIONED else ()
    return [*near, *(i for i in under if i not in near)]


_sections: dict[tuple[str, str], dict[tuple[str, ...], tuple[int, ...]]] = {}
_MOST_DOCUMENTS = 64


def sections(document: Document) -> dict[tuple[str, ...], tuple[int, ...]]:
    """By heading path: the sentences right under it, for headings with few enough of them."""
    key = (document.id, document.sha256)
    if key not in _sections:
        if len(_sections) >= _MOST_DOCUMENTS:
            _sections.clear()
        by_path: dict[tuple[str, ...], list[int]] = {}
        for i, passage in enumerate(document.passages):
            by_path.setdefault(passage.section, []).append(i)
        _sections[key] = {path: tuple(found) for path, found in by_path.items() if len(found) <= _SMALL_SECTION}
    return _sections[key]


def _candidate(
    document: Document, position: int, own: tuple[int, Hit] | None, bringer: tuple[int, Hit] | None
) -> Candidate:
    if own:
        return candidate_at(document, position, own[0], own[1].score, own[1].parts)
    return candidate_at(document, position, bringer[0] + 1 if bringer else MOST)


def candidate_at(
    document: Document, position: int, rank: int, score: float = 0.0, parts: dict[str, float] | None = None
) -> Candidate:
    """A sentence of a document as a candidate, with what stands around it."""
    known = _surroundings(document.id, document.sha256)
    around = known.get(position)
    if around is None:
        around = known[position] = _surrounded(document, position)
    passage = document.passages[position]
    return Candidate(
        document.id, position, around.text, passage.kind, passage.section, around.before, around.after, around.lead,
        masthead(document), years_under(document, passage.section), rank, score, parts or {}, around.opener, around.governing,
        around.matter, around.earlier,
    )  # fmt: skip


class _Around(NamedTuple):
    """A sentence and what stands around it, as `Candidate` names it: the same whatever is asked."""

    text: str
    before: str
    after: str
    lead: str
    opener: str
    governing: str
    matter: str
    earlier: str


@lru_cache(maxsize=64)
def _surroundings(document: str, sha256: str) -> dict[int, _Around]:
    """What was found out about the sentences of a document, by position."""
    return {}


def _surrounded(document: Document, position: int) -> _Around:
    start = agenda_item(document, position)
    after = "" if agenda_item(document, position + 1) == position + 1 else beside(document, position, 1)
    own = document.quote(document.passages[position].span)
    if start == position:
        return _Around(own, "", after, "", "", "", matter(document, position), "")
    above = opener(document, position)
    if start is not None and start < position - 1:
        above = document.quote(document.passages[start].span)
    return _Around(
        own, beside(document, position, -1), after, lead(document, position) or continued(document, position),
        above, governing(document, position), matter(document, position), earlier(document, position, start),
    )  # fmt: skip


def agenda_item(document: Document, position: int) -> int | None:
    """Where the item of an agenda begins that a sentence belongs to (次に、議案第5号は…): what stands before is of another one.

    None under a heading without such items, and before the first of them.
    """
    if position >= len(document.passages):
        return None
    key = (document.id, document.sha256)
    if key not in _agendas:
        if len(_agendas) >= _MOST_DOCUMENTS:
            _agendas.clear()
        starts: list[int | None] = []
        for i, one in enumerate(document.passages):
            begins = _AGENDA.match(searchable(document.quote(one.span))) is not None
            same = i > 0 and document.passages[i - 1].section == one.section
            starts.append(i if begins else starts[-1] if same else None)
        _agendas[key] = tuple(starts)
    return _agendas[key][position]


def earlier(document: Document, position: int, start: int | None = None) -> str:
    """The few sentences before the one before, under the same heading and from `start` on: what a text goes on speaking of
    without saying it again.
    """
    path = document.passages[position].section
    first = max(start or 0, position - _EARLIER)
    found = [i for i in range(first, position - 1) if document.passages[i].section == path]
    return " ".join(document.quote(document.passages[i].span) for i in found)


def continued(document: Document, position: int, most: int = _CHAINED) -> str:
    """The sentence before one that goes on with the same thing, and what that one goes on from; otherwise "".

    It says so by its first words (この制度は…), or it names only what there is of something (料金は1回300円です) and not of what.
    """
    text = searchable(document.quote(document.passages[position].span))
    if not most or not (_CONTINUES.match(text) or leans(text)):
        return ""
    before = beside(document, position, -1)
    return f"{continued(document, position - 1, most - 1)} {before}".strip() if before else ""


def opener(document: Document, position: int) -> str:
    """What opens the paragraph of a sentence: a speech says there what all of it is about; or the question it replies to."""
    first = paragraphs(document)[position]
    for above in range(position - 1, first - 1, -1):  # a speech takes its points one after another
        text = document.quote(document.passages[above].span)
        if _POINT.match(searchable(text)):
            return text if above < position - 1 else ""
    if position - first > 1 and not _REPLY.match(document.quote(document.passages[first].span)):
        return document.quote(document.passages[first].span)
    if first and _REPLY.match(document.quote(document.passages[first].span)):
        text = document.quote(document.passages[paragraphs(document)[first - 1]].span)
        return text if _ASKED.match(text) else ""
    return ""


def governing(document: Document, position: int) -> str:
    """The nearest sentence above in the paragraph that names a year as what it is about, where the sentence itself names no time.

    令和5年度の被害額は1,864万円である。捕獲数はイノシシ312頭。: these were caught in 令和5年度 too.
    """
    own = read(document.quote(document.passages[position].span))
    if own.periods or spoken(own.folded):
        return ""
    for above in range(position - 1, paragraphs(document)[position] - 1, -1):
        text = document.quote(document.passages[above].span)
        told = read(text)
        if told.periods:
            first = told.periods[0]
            return text if first.month is None and _TOPIC_YEAR.match(told.folded, first.end) else ""
        if spoken(told.folded):
            return ""
    return ""


_TOPIC_YEAR = re.compile(r"(?:中|末|分)?(?:は|の|に|[、,]|における|には|では)")
_paragraphs: dict[tuple[str, str], tuple[int, ...]] = {}
_agendas: dict[tuple[str, str], tuple[int | None, ...]] = {}
_AGENDA = re.compile(
    r"(?:(?:次に|続いて|続きまして|最後に|最初に|初めに|はじめに|まず)[、,]?)?\s*(?:[0-9]+ページに?[^、。]{0,8}[、,])?"
    r"(?:議案?|報告?|認定?|諮問?|同意案?|承認案?|発議案?|意見書案?|請願|陳情)第?\s?[0-9]+\s?号(?!から|及び|と)"
)


def paragraphs(document: Document) -> tuple[int, ...]:
    """For each sentence the first one of its paragraph: sentences that follow each other on a line, under one heading."""
    key = (document.id, document.sha256)
    if key not in _paragraphs:
        if len(_paragraphs) >= _MOST_DOCUMENTS:
            _paragraphs.clear()
        starts: list[int] = []
        for i, one in enumerate(document.passages):
            before = document.passages[i - 1] if i else None
            goes_on = (
                before is not None and one.kind == before.kind and one.section == before.section
                and _SAME_LINE.fullmatch(document.text, before.span.end, one.span.start) is not None
            )  # fmt: skip
            starts.append(starts[-1] if goes_on else i)
        _paragraphs[key] = tuple(starts)
    return _paragraphs[key]


def beside(document: Document, position: int, step: int) -> str:
    """The sentence `step` places on, where it stands under the same heading; otherwise ""."""
    other = position + step
    if not 0 <= other < len(document.passages):
        return ""
    if document.passages[other].section != document.passages[position].section:
        return ""
    return document.quote(document.passages[other].span)


def lead(document: Document, position: int) -> str:
    """What introduces a list item: the nearest sentence above its list, and a short label right above it; or ""."""
    if document.passages[position].kind != "item":
        return ""
    path = document.passages[position].section
    label, at = "", position - 1
    while at >= 0 and document.passages[at].section == path:
        above = tidy(document.quote(document.passages[at].span))
        if document.passages[at].kind != "item":
            return f"{above} {label}".strip()
        if at == position - 1 and len(above) <= _LABEL and not any(c.isdecimal() for c in above):
            label = above
        at -= 1
    return label
