"""A complete question → its slots: what it is about, what is asked of it, and which years; and questions put together again.

Slots are stretches of the question's folded text, so that a changed question keeps the words of the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import Store
from qa.followup import folded, topics
from qa.grammar import grammar
from qa.lookup import letters
from qa.retrieve import retrieve
from qa.runs import Phrase, phrases
from qa.types import Operation, Question, UnaskableQuestion
from qa.understand import EXTREMES, RELATIVE_YEAR, understand

_ONLY_A_DATE = re.compile(r"[0-9年月日度回期令和平成昭元RHS.]+")
_HEAD_ENDS = re.compile(r"\s*(?:の?(?:ほう|方))?(?:は|が|って|を|も|について|に関して|、|$|\?|。)")
_SIDE = re.compile(r"\s*(?:・|及び|および|と|や|並びに|ならびに|/|、|in|と、)\s*|\s+(?:in|of|the)\s+|[「『]")
_LOOKED_AT = 24
_PARTICLE = re.compile(r"\s*[」』)]?\s*(?:は|が|を|って|も|の|に|で)")
_PERIOD_TAIL = re.compile(
    r"(?:末|中|現在|時点|頃|ごろ|初め|上期|下期|上半期|下半期)(?:現在|時点)?(?=の|は|に|で|と|、|$|\?)"
)
_MEASURES = tuple("数額率量費課")
_TOPIC = re.compile(r"\s*(?:の(?!ほう|方)|は|って|、)")
_RANKED = re.compile(
    r"(?P<most>最も|もっとも|一番|いちばん)(?P<what>[^\s、。はが]{1,10})が(?=多|大き|高|長|少な|小さ|低|短)"
)
_SINCE = re.compile(r"何年(?!間)|いつから|始ま|始め|開始|設立|創設|続い|続け")
_CLAUSE = re.compile(r"[ぁ-ん]{0,6}[たるい]")  # of a verb before the noun that it tells more of
_OPEN, _CLOSE = "「『(“", "」』)”"

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slots:
    """Stretches of a folded question; `subject` or `attribute` is None when the question names none."""

    text: str
    question: Question
    subject: Stretch | None
    attribute: Stretch | None
    periods: tuple[Stretch, ...]

    def said(self, stretch: Stretch | None) -> str:
        """The words of a stretch."""
        return self.text[slice(*stretch)] if stretch else ""

    @property
    def subject_text(self) -> str:
        """The subject as said."""
        return self.said(self.subject)

    @property
    def attribute_text(self) -> str:
        """The attribute as said."""
        return self.said(self.attribute)

    @property
    def period_text(self) -> str:
        """The years as said, tied by と."""
        return "と".join(self.said(p) for p in self.periods)


def slots(text: str, named: str = "") -> Slots | None:
    """Cut a question into its slots; None when it cannot be taken. `named` is a name known to be its subject."""
    said = folded(text)
    try:
        question = understand(said)
    except UnaskableQuestion:
        return None
    said = question.folded
    periods = tuple((p.start, p.end + _period_tail(said, p.end)) for p in question.periods)
    periods = periods or tuple(m.span() for m in RELATIVE_YEAR.finditer(said))
    chunks = [c for c in _chunks(question) if not any(a <= c[0] and c[1] <= b for a, b in periods)]
    head, rest = _head(question, chunks)
    if not head:
        return Slots(said, question, None, None, periods)
    whole = _bracketed(said, head[0][0], head[-1][1])
    at = said.find(named) if named else -1
    if at >= 0:
        known = (at, at + len(named))
        if len(head) > 1 and known[0] >= head[-1][0]:
            known = _bracketed(said, head[0][0], head[-2][1])  # the name is that of what is asked for
        behind = [c for c in (*head, *rest) if c[0] >= known[1]]
        measure = _bracketed(said, *behind[0]) if behind and said[known[1] : behind[0][0]].strip() != "" else None
        if measure and not _PARTICLE.match(said[measure[1] :]) and measure[1] != len(said.rstrip("?。")):
            measure = None
        return Slots(said, question, known, measure, periods)
    if question.operation in (Operation.LIST, Operation.COUNT) and not is_measure(said[slice(*head[-1])]):
        return Slots(said, question, whole, None, periods)
    clause = len(head) > 1 and bool(_CLAUSE.fullmatch(said[head[-2][1] : head[-1][0]]))
    if clause and not names_a_measure(said[slice(*head[-1])]):
        return Slots(said, question, whole, None, periods)  # スポーツを通じた交流 is one thing
    if len(head) > 1:
        return Slots(said, question, _bracketed(said, head[0][0], head[-2][1]), _bracketed(said, *head[-1]), periods)
    only = _bracketed(said, *head[0])
    asked = [c for c in rest if _PARTICLE.match(said[c[1] :])]
    if asked and said[only[1] :].lstrip(_CLOSE).startswith(("は", "って", "も")):
        return Slots(said, question, only, _bracketed(said, *asked[-1]), periods)
    if names_a_measure(said[slice(*only)]):
        return Slots(said, question, None, only, periods)
    return Slots(said, question, only, None, periods)


def _period_tail(text: str, end: int) -> int:
    """How much behind a year still belongs to it: 末, 現在, 当初 with の or a particle behind."""
    match = _PERIOD_TAIL.match(text, end)
    return match.end() - end if match else 0


def _chunks(question: Question) -> list[Stretch]:
    """Phrases said side by side as one stretch: 来場・視聴者数."""
    found: list[Stretch] = []
    for phrase in phrases(question):
        if found and _SIDE.fullmatch(question.folded[found[-1][1] : phrase.start]):
            found[-1] = (found[-1][0], phrase.end)
        else:
            found.append((phrase.start, phrase.end))
    return found


def _head(question: Question, chunks: list[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """The chunks up to the first that は, が, を or the end follows, and those behind."""
    named = {(p.start, p.end) for p in topics(question)}
    for i, (start, end) in enumerate(chunks):
        ends = _bracketed(question.folded, start, end)[1]
        mark = _HEAD_ENDS.match(question.folded[ends:])
        if mark and not (mark.group().strip() in ("を", "が") and _names_go_on(question, chunks[i + 1 :])):
            return chunks[: i + 1], chunks[i + 1 :]
    inside = [c for c in chunks if any(c[0] <= a and b <= c[1] for a, b in named)]
    return (inside, []) if inside else ([], chunks)


def _names_go_on(question: Question, behind: list[Stretch]) -> bool:
    """Whether を or が stands inside a name or a clause before one: ゼロを目指す整備事業の予算は."""
    return any(_TOPIC.match(question.folded[_bracketed(question.folded, *c)[1] :]) for c in behind)


def _bracketed(text: str, start: int, end: int) -> Stretch:
    """A stretch with the brackets that it opens or closes: 映画「白い → 映画「白い」."""
    for a, b in zip(_OPEN, _CLOSE, strict=True):
        inside = text[start:end]
        if inside.count(a) > inside.count(b) and text[end : end + 1] == b:
            end += 1
        elif inside.count(b) > inside.count(a) and text[start - 1 : start] == a:
            start -= 1
        elif text[start - 1 : start] == a and text[end : end + 1] == b:
            start, end = start - 1, end + 1
    return start, end


def only_a_date(text: str) -> bool:
    """Whether a stretch is nothing but a year, month, day or time of several: no thing that could be asked about."""
    return bool(_ONLY_A_DATE.fullmatch(text))


def is_measure(text: str) -> bool:
    """Whether a stretch names a kind of figure (予算額, 参加者数, 期間): by the question grammar, or by its last letter."""
    try:
        question = understand(f"{text}は")
    except UnaskableQuestion:
        return False
    return question.wants is not None or text.rstrip(_CLOSE)[-1:] in _MEASURES


def names_a_measure(text: str) -> bool:
    """Whether a stretch names a kind of figure or fact (予算額, 担当, 期間) and no thing in particular."""
    if is_measure(text):
        return True
    try:
        question = understand(f"{text}は")
    except UnaskableQuestion:
        return False
    soft = grammar().soft
    return bool(question.terms) and all(t.normal in soft or t.surface in soft for t in question.terms)


@dataclass(frozen=True, slots=True)
class Role:
    """How well a phrase is the name of a row or heading, and how well a header or label; both in [0, 1]."""

    name: float
    header: float


def role_of(store: Store, text: str) -> Role:
    """Look a phrase up among the names and headers near it."""
    try:
        question = understand(text)
    except UnaskableQuestion:
        return Role(0.0, 0.0)
    names: set[str] = set()
    headers: set[str] = set()
    for hit in retrieve(store, question)[:_LOOKED_AT] if question.terms else ():
        document, entry = store.documents[hit.entry.document], hit.entry
        if entry.kind == "row" and entry.table is not None:
            table = document.tables[entry.table]
            row = table.rows[entry.position]
            names.update(letters(cell.text or "") for cell in row.cells[: table.key + 1])
            names.update(letters(part) for part in row.section)
            headers.update(letters(part) for column in table.columns for part in column.path)
        elif entry.kind == "fact":
            fact = document.facts[entry.position]
            names.update(letters(part) for part in fact.subject)
            headers.add(letters(fact.attribute))
        else:
            names.update(letters(part) for part in document.passages[entry.position].section)
    wanted = letters(text)
    return Role(_fit(wanted, names), _fit(wanted, headers))


def _fit(wanted: str, texts: set[str]) -> float:
    """1 when a text is just this, less the more there is around it; a shorter name inside what is wanted counts too."""
    best = 0.0
    for text in texts:
        if not text or not wanted:
            continue
        if wanted in text:
            best = max(best, 0.4 + 0.6 * len(wanted) / len(text))
        elif len(text) > 2 and text in wanted:
            best = max(best, 0.9 * len(text) / len(wanted))
    return best


def with_subject(base: Slots, subject: str) -> str:
    """The base question about another subject."""
    if base.subject is None:
        return f"{subject}の{base.text}" if base.attribute else f"{subject}は{base.text}"
    a, b = base.subject
    return base.text[:a] + subject + base.text[b:]


def with_attribute(base: Slots, attribute: str) -> str:
    """The base question with something else asked of the same subject."""
    if base.attribute is None:
        return f"{base.subject_text}の{attribute}は?" if base.subject else f"{attribute}は?"
    a, b = base.attribute
    if a < (base.subject or (0, 0))[0]:
        return base.text[:a] + attribute + base.text[b:]
    return f"{base.text[:a]}{attribute}は?"


def with_period(base: Slots, period: str) -> str:
    """The base question for another year."""
    if not base.periods:
        return f"{period}の{base.text}"
    text = base.text
    for i, (a, b) in enumerate(reversed(base.periods)):
        last = i == len(base.periods) - 1
        text = text[:a] + (period if last else "") + text[b:]
    return re.sub(r"(?<=年度|.年)(?:と|から|・)(?=の|は)", "", text) if len(base.periods) > 1 else text


def attached(subject: str, period: str, said: Question) -> str:
    """A question that lacks its subject, with one: 「何局で…?」→「Sは何局で…?」, 「参加者は?」→「Sの参加者は?」."""
    named = topics(said)
    starts_with_topic = bool(named) and not said.folded[: named[0].start].strip(" 「『")
    ranks = said.operation in EXTREMES
    tie = "のうち" if ranks else "の" if starts_with_topic else "は"
    text = _RANKED.sub(r"\g<what>が\g<most>", said.folded) if ranks else said.folded
    lead = f"{period}の" if period and not said.periods else ""
    return f"{lead}{subject}{tie}{text}"


def asks_since_when(question: Question) -> bool:
    """Whether it is asked in which year something began, which is of no year spoken of before."""
    return question.wants == "date" and bool(_SINCE.search(question.folded))


def spoken_of(question: Question) -> tuple[Phrase, ...]:
    """The phrases that stand for a thing in a question, not for a measure of it."""
    return tuple(p for p in topics(question) if not names_a_measure(question.folded[p.start : p.end]))
