"""Answers that are spread over several sentences or counted from one: list items, numbered points, names in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace as changed

from corpus import Document
from corpus.folding import tidy
from index import Store
from qa.persons import names_an_office
from qa.prose_candidates import Candidate, candidate_at, sections
from qa.prose_features import Compared, compare, with_meaning
from qa.prose_model import prose_model
from qa.prose_operations import parts_of
from qa.prose_rank import ProseAnswer, Ranking, rank_again
from qa.prose_reading import read
from qa.prose_told import POINTS
from qa.types import Operation, Question, Value
from qa.wording import quoted

_LISTED = re.compile(
    r"すべて|全て|全部|ぜんぶ|一覧|リスト|列挙|挙げ|(?<![0-9])[2-9]つの|何(?:ですか|がありますか)|どこ|どれ|誰|どの|どんな|どういった"
)
_HOW_MANY = re.compile(
    r"いくつ|何(?:か国|カ国|ヵ国|ヶ国|か所|カ所|箇所|団体|施設|校|社|市町村|種類|項目|つ|点|件|名|人)"
)
_ROW = re.compile(r"[、・,，/／]|及び|および|並びに|ならびに|または|又は")
_OPEN_END = re.compile(r"など|等|ほか|他\s*$|をはじめ|を含む")
_MOST_ITEMS = 30
ALIKE = 0.25  # an item that explains so much more of the question than another is itself what was asked about
INTRODUCED = 0.6  # the least share of the question that the heading and the lead must explain
_FEWEST = 2
_KANJI = "〇一二三四五六七八九"
_ANNOUNCING = 3  # of so many of the likeliest sentences one may announce the points
_FAR = 60  # sentences within which all points of a numbered run stand
# All of the points that the question counts stand in the document, each once and by their number.
_PROVEN = 0.85


def asks_for_list(question: Question) -> bool:
    """Whether the answer may be several things, named."""
    return question.operation is Operation.LIST or _LISTED.search(question.folded) is not None


def asks_how_many(question: Question) -> bool:
    """Whether the answer may be how many things there are."""
    return question.operation is Operation.COUNT or _HOW_MANY.search(question.folded) is not None


def listed(store: Store, question: Question, ranking: Ranking) -> ProseAnswer | None:
    """Several sentences that answer together: numbered points, or the items under what introduces them."""
    return _points(store, question, ranking) or _items(store, question, ranking)


def each(store: Store, question: Question) -> ProseAnswer | None:
    """`AとBはそれぞれ` → a sentence for each, where they stand in different sentences of one document."""
    if question.operation is not Operation.EACH:
        return None
    rankings = [r for part in parts_of(question) if (r := rank_again(store, part.question))]
    best = {r.compared[0].candidate.position: r for r in rankings}
    if (
        len(best) < _FEWEST
        or len(best) < len(rankings)
        or len({r.compared[0].candidate.document for r in rankings}) > 1
    ):
        return None
    least = min(rankings, key=lambda r: r.probabilities[0])
    evidence = tuple(best[p].compared[0].candidate.evidence for p in sorted(best))
    values = tuple(Value(None, None, e.value) for e in evidence)
    one = least.compared[0]
    return ProseAnswer(evidence, one.accounts, least.probabilities[0], one.features, None, values)


def _points(store: Store, question: Question, ranking: Ranking) -> ProseAnswer | None:
    """`6つのテーマ` → the sentences of one document with 第1のテーマ … 第6のテーマ, when each stands there once."""
    match = POINTS.search(question.folded)
    if match is None:
        return None
    count, noun = int(match["count"]), re.escape(match["noun"])
    for best in ranking.compared[:_ANNOUNCING]:
        document = store.documents[best.candidate.document]
        for pattern in (
            rf"第\s*{{}}\s*の?\s*{noun}",
            rf"{noun}\s*{{}}(?![0-9])",
            rf"(?:^|[、。\s]|{noun}の){{}}\s*(?:つ|点|番|本)目(?:[はのに「『、]|であ)",
            r"^(?:(?:まず|次に|続いて|最後に|また|そして)[、,]?)?(?:その)?第\s*{}(?:に|は)[はも]?[、,]",
        ):
            each = [re.compile(pattern.format(_written(n))) for n in range(1, count + 1)]
            found = [_only(document, one) for one in each]
            if not all(p is not None for p in found):
                found = _after(document, best.candidate.position, each)
            if all(p is not None for p in found):
                places = sorted({p for p in found if p is not None})
                if len(places) == count:
                    named = best.features["lost_names"] == 0.0 and best.features["period_other"] == 0.0
                    probability = max(ranking.probabilities[0], _PROVEN if named else 0.0)
                    return _together(document, places, best, probability)
    return None


def _written(n: int) -> str:
    """The pattern of a number as digits or, up to nine, as a kanji."""
    return f"(?:{n}|{_KANJI[n]})" if n < len(_KANJI) else str(n)


def _after(document: Document, announced: int, each: Sequence[re.Pattern[str]]) -> list[int | None]:
    """The sentences with each pattern in turn behind the one that announces them; empty-handed, a None at the end."""
    found: list[int | None] = []
    at, last = announced + 1, min(len(document.passages), announced + 1 + _FAR)
    for pattern in each:
        while at < last and not pattern.search(read(document.quote(document.passages[at].span)).folded):
            at += 1
        found.append(at if at < last else None)
        at += 1
    return found


def _only(document: Document, pattern: re.Pattern[str]) -> int | None:
    """The one sentence of a document with a pattern."""
    found = [i for i, p in enumerate(document.passages) if pattern.search(read(document.quote(p.span)).folded)]
    return found[0] if len(found) == 1 else None


def _items(store: Store, question: Question, ranking: Ranking) -> ProseAnswer | None:
    """The items of a list whose heading or introduction is what was asked about, while no item is.

    Where the likeliest sentence announces a list (主な内容は次のとおり), the list is the answer whatever was asked; the
    sentence that announces it is a part of that answer and no rival to it.
    """
    if not (asks_for_list(question) or ranking.compared[0].features["opens_list"]):
        return None
    for one in ranking.compared[:3]:
        document = store.documents[one.candidate.document]
        places = group(document, one.candidate.position)
        if set(places) <= set(under := _under(document, one.candidate.position)):
            places = under
        if len(places) < _FEWEST:
            continue
        whole = _whole(store, document, places, ranking)
        introduction = (*whole.candidate.heading, whole.candidate.lead, whole.candidate.title)
        introduced = share_of(ranking, introduction)
        # what the introduction says of all items does not make one of them what was asked about
        own = [share_of(ranking, (document.quote(document.passages[p].span), *introduction)) for p in places]
        if introduced >= INTRODUCED and max(own) - min(own) <= ALIKE:
            others = [o.features for o in ranking.compared if not _belongs(o.candidate, document, places)]
            return _together(document, places, whole, in_words([whole.features, *others]))
    return None


def _belongs(one: Candidate, document: Document, places: Sequence[int]) -> bool:
    """Whether a sentence is one of the items, or the one right above them that introduces them."""
    return one.document == document.id and one.position in (*places, places[0] - 1)


def share_of(ranking: Ranking, texts: Sequence[str]) -> float:
    """The share of the question that some texts explain."""
    return sum(
        share * max((ranking.asked.strength(i, text) for text in texts), default=0.0)
        for i, share in enumerate(ranking.asked.shares)
    )


def in_words(ranked: Sequence[Mapping[str, float]]) -> float:
    """How probably the first answers, when it need not hold a figure or date: names are listed or counted instead."""
    first = {**ranked[0], "kind": max(0.0, ranked[0]["kind"])}
    return prose_model().probabilities([first, *ranked[1:]])[0]


def group(document: Document, position: int) -> list[int]:
    """The list items in a row around a position, under the same heading; those below a sentence that opens a list."""
    passages = document.passages
    path = passages[position].section

    def belongs(i: int) -> bool:
        return 0 <= i < len(passages) and passages[i].section == path and passages[i].kind == "item"

    start = position if belongs(position) else position + 1
    while belongs(start - 1):
        start -= 1
    end = start
    while belongs(end):
        end += 1
    return list(range(start, end)) if end - start <= _MOST_ITEMS else []


def _under(document: Document, position: int) -> list[int]:
    """The list items of a small section between which sentences explain them; none where those are more than the items."""
    under = sections(document).get(document.passages[position].section, ())
    items = [i for i in under if document.passages[i].kind == "item"]
    return items if len(under) <= 2 * len(items) + 1 else []


def _whole(store: Store, document: Document, places: Sequence[int], ranking: Ranking) -> Compared:
    """The introduction and the items as if they were one sentence, found as well as the best of them."""
    best = next(
        (o.candidate for o in ranking.compared if _belongs(o.candidate, document, places)),
        ranking.compared[0].candidate,
    )
    first = candidate_at(document, places[0], best.rank, best.score, best.parts)
    text = "、".join(tidy(document.quote(document.passages[p].span)) for p in places)
    text = f"{first.lead} {text}".strip()
    whole = compare(ranking.asked, changed(first, text=text, before="", after="", opener=""))
    return with_meaning(ranking.asked, whole, store.encoder)


def _together(document: Document, places: Sequence[int], one: Compared, probability: float) -> ProseAnswer:
    evidence = tuple(candidate_at(document, p, one.candidate.rank).evidence for p in places)
    values = tuple(Value(None, None, e.value) for e in evidence)
    text = "、".join(quoted(e.value).strip("・、。 ") for e in evidence)
    return ProseAnswer(evidence, one.accounts, probability, one.features, None, values, text)


def counted(question: Question, ranking: Ranking) -> ProseAnswer | None:
    """How many: the names that a sentence gives in a row, counted, when it prints no count itself."""
    one = ranking.compared[0]
    if not asks_how_many(question) or one.features["kind"] > 0:
        return None
    names = enumerated(one.candidate.text)
    if len(names) < _FEWEST + 1:
        return None
    if question.wants == "people" and any(map(names_an_office, names)):
        return None  # 東町署、西町署 are no 人
    row = "、".join(names)
    text = f"{len(names)}{question.unit or 'つ'}です({row})。"
    return ProseAnswer(
        (one.candidate.evidence,), one.accounts, in_words([o.features for o in ranking.compared]), one.features,
        f"{row} → {len(names)} ({question.unit or 'つ'})", (Value(len(names), question.unit, str(len(names))),), text,
    )  # fmt: skip


def enumerated(text: str) -> tuple[str, ...]:
    """The names of the longest row in a sentence (`A、B及びC`), bracketed or not; empty when the row is left open."""
    folded = read(text).folded
    best: tuple[str, ...] = ()
    for stretch in re.split(
        r"[()。「」『』::]|(?:は|が|を|に|で|から|では)(?=[、,\s])|について|につきまして|に関し", folded
    ):
        stretch = re.sub(r"(?:を|と|が|の|に|で|から|へ).{0,30}$", "", stretch) if _ROW.search(stretch) else stretch
        if _OPEN_END.search(stretch):
            continue
        names = tuple(n for n in (part.strip() for part in _ROW.split(stretch)) if n)
        if all(_is_name(n) for n in names) and len(names) > len(best):
            best = names
    return best


def _is_name(text: str) -> bool:
    """A short noun phrase: no verb, no clause."""
    return len(text) <= 20 and not re.search(r"[をがはに]|[たるいく]$", text) and any(c.isalpha() for c in text)
