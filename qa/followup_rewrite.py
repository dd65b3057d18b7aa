"""A turn and what came before it → complete questions that it may stand for, the likeliest first.

Each candidate is a question in full that anybody could ask; which one was meant is decided by asking them
(`qa.conversation`). Steps on what was found are written by `qa.followup_steps`, words that refer back are put into words
by `qa.followup_reference`; here the slots of the last question are changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.values import era_name, find_periods
from index import Store
from qa.followup import FollowUp, folded, follow_up_grammar, nominal, read_follow_up, strong, topics
from qa.followup_slots import (
    Slots,
    asks_since_when,
    attached,
    is_measure,
    names_a_measure,
    only_a_date,
    role_of,
    slots,
    spoken_of,
    with_attribute,
    with_period,
    with_subject,
)
from qa.followup_state import Conversation, Thing
from qa.lookup import letters
from qa.retrieve import retrieve
from qa.runs import Phrase, phrases
from qa.types import Operation, Question, UnaskableQuestion
from qa.understand import RELATIVE_YEAR, understand

_WHOLE = re.compile(r"(?:は|を)?\s*(?:全部|ぜんぶ|すべて|全て|表?全体|合計|計)(?:で|の中で)?$")
_TOPIC_END = re.compile(r"(?:は|を|が)?(?:どれ|何|どこ)?(?:あり|あ)?$")
_NAMED = 0.55  # a phrase this well found among names or headers is one
_ASKS_SAME = re.compile(
    r"^(?P<name>[^\s、。はがを]{1,40})(?:は|って|だと|なら)(?:いくら|何[^\s、。はがを]{1,4}|どのくらい|どれくらい)?(?:に(?:なり(?:ます|ました)))?(?:です|でした|でしょう)?か?[?。]?$"
)
_COUNTER = re.compile(r"(?:(?<=何)|(?<=なん))[一-龥ァ-ヶー]{1,4}|いくら")
_SUCH_ONE = re.compile(r"の(?:回|分|方|ほう)$")
_NUMBERED = re.compile(r"(?P<lead>第?)[0-9]{1,3}(?P<unit>[一-龥ァ-ヶー][一-龥ァ-ヶーぁ-ん]{0,6})")
_A_NAME = 0.75  # a phrase this well found among names is one by itself
_DOES = re.compile(r"(?:する|した|して|しな|し、|され)")
_LIKE_IT = re.compile(r"(?P<like>[^\s、。の]{1,8})の$")
_MONTH = re.compile(r"[0-9]{1,2}月")
_PLACE = re.compile(r"[一-龥ァ-ヶー]{1,5}(?P<kind>市|町|村|区|県)")
_PLACE_DOES = re.compile(r"(?<![一-龥ァ-ヶー])(?P<name>[一-龥ァ-ヶー]{1,5}(?P<kind>市|町|村|区|県))(?=が)")
_YEAR_ONLY = re.compile(r"^[\s、の]*(?:末|中|分|時点|現在|のほう|の方|度)?[\s、]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A complete question that a turn may stand for.

    `kept` names the slots taken over from before. `composed` is True when it only counts if answered as a question made
    of questions. `things` are those a step is done on, `within` the names an answer's list may hold, `years` those it
    must not contradict though the question does not name them. `base` is True when later changes of slots start from it. `kinds` are those an answer may
    have (empty: any), `condition` words that what it cites must bear out. `resort` is True when it only counts
    where none before it is answered; `near` when it only counts if answered where the last answer stands, `same` when
    what it asks is what was asked before, of another thing.
    """

    text: str
    kind: str
    kept: tuple[str, ...] = ()
    composed: bool = False
    things: tuple[Thing, ...] = ()
    within: frozenset[str] | None = None
    years: frozenset[int] = frozenset()
    base: bool = True
    kinds: frozenset[str] = frozenset()
    condition: str = ""
    resort: bool = False
    subject: str = ""
    near: bool = False
    same: bool = False


def alone(read: FollowUp) -> Candidate:
    """The turn by itself, as it stands."""
    return Candidate(read.text, "topic" if read.new else "complete")


def slot_changes(read: FollowUp, base: Slots, store: Store) -> Iterator[Candidate]:
    """The last question with what the turn names put in the place of its like."""
    said = read.yes or read.text
    year = year_named(said, base)
    if year:
        yield Candidate(with_period(base, year), "slots", _kept(base, "periods"))
        if not base.periods and base.subject and base.attribute:
            text = f"{base.subject_text}の{year}{base.text[base.attribute[0] :]}"
            yield Candidate(text, "slots", _kept(base, "periods"))
        return
    named = (read_follow_up(said).bare if read.yes else read.bare) or _asked_as_before(said, base)
    question = _understood(named) if named else None
    if not named or question is None:
        return
    if question.periods:
        base = slots(with_period(base, _periods(question)), base.subject_text) or base
        named = _without_periods(question)
    if named and (question.operation is not Operation.VALUE or _names_both(named)):
        yield alone(read)  # a thing and what is asked of it: a question of its own, for the year spoken of
        if base.periods:
            yield Candidate(f"{base.period_text}の{named}は?", "slots", ("periods",))
    elif named:
        yield from _numbered(base, named)
        yield from _replacing(base, named, store)


def _numbered(base: Slots, named: str) -> Iterator[Candidate]:
    """The last question with a number of its kind in the place of the one it says: 第2回 for 第1回."""
    bare = _SUCH_ONE.sub("", named)  # 12月の回
    number = _NUMBERED.fullmatch(bare)
    if number is None:
        return
    like = re.compile(rf"(?<![0-9]){re.escape(number['lead'])}[0-9]{{1,3}}{re.escape(number['unit'])}")
    found = like.findall(base.text)
    if len(found) == 1 and found[0] != bare:
        text = base.text.replace(found[0], bare)
        yield Candidate(text, "slots")


def of_its_like(asked: str, named: str) -> Iterator[Candidate]:
    """The last question, as it was asked in full, with a place in the place of another of its kind, which is what did something:
    西町 for 東町が受け入れた国.
    """
    text, kind = folded(asked), _PLACE.fullmatch(named)
    found = [m for m in _PLACE_DOES.finditer(text) if kind and m["kind"] == kind["kind"]]
    if len(found) == 1 and found[0]["name"] != named and "「" not in text:
        start, end = found[0].span("name")
        yield Candidate(text[:start] + named + text[end:], "slots", ("attribute", "periods"), subject=named)


def _names_both(named: str) -> bool:
    """Whether a bare phrase names a thing and what is asked of it."""
    whole = slots(named)
    return whole is not None and bool(whole.subject) and bool(whole.attribute) and is_measure(whole.attribute_text)


def asks_of_another(named: str, base: Slots, store: Store) -> bool:
    """Whether a bare phrase names another thing and a header of the documents: B事業の委託先は."""
    whole = slots(named)
    if whole is None or not whole.subject or not whole.attribute or letters(whole.subject_text) in letters(base.text):
        return False
    return role_of(store, whole.attribute_text).header >= _NAMED and role_of(store, whole.subject_text).name >= _A_NAME


def _replacing(base: Slots, named: str, store: Store) -> Iterator[Candidate]:
    """What is named as another subject, something else asked, or another word in a phrase; its like first."""
    g = follow_up_grammar()
    if any(g.at("reference", name).match(named) for name in ("years_before", "years_after")):
        return  # a year counted from none
    does = base.subject is not None and _DOES.match(base.text[base.subject[1] :])  # 体験する is no name to be replaced
    as_subject = [Candidate(with_subject(base, named), "slots", _kept(base, "subject"), subject=named)]
    as_subject = [] if does or only_a_date(named) else as_subject
    as_attribute = list(_asked_of(base, named, _kept(base, "attribute")))
    partly = [
        Candidate(text, "slots", ("subject", "attribute", "periods"), subject=other)
        for text, other in _partly(base, named, store)
    ]
    role = role_of(store, named)
    if partly:  # the documents print the phrase with just that word changed
        yield from (*partly, *(as_attribute if names_a_measure(named) else ()))
    elif names_a_measure(named):
        yield from as_attribute
    elif role.header >= _NAMED and role.header > role.name:
        yield from (*as_attribute, *as_subject)
    else:
        yield from (*as_subject, *as_attribute)


def _asked_of(base: Slots, named: str, kept: tuple[str, ...]) -> Iterator[Candidate]:
    """Something else asked of the same subject: for the same year, and for any."""
    if not base.subject:
        yield Candidate(with_attribute(base, named), "slots", kept)
        return
    years = frozenset(p.year for p in base.question.periods)
    dated = any(a < base.subject[0] or b <= (base.attribute or (10**6,))[0] for a, b in base.periods)
    full = with_attribute(base, named)
    if base.periods and not dated:
        full = f"{base.period_text}の{full}"
    yield Candidate(full, "slots", kept)
    if base.periods:
        yield Candidate(f"{base.subject_text}の{named}は?", "slots", ("subject",), years=years)


def _partly(base: Slots, named: str, store: Store) -> Iterator[tuple[str, str]]:
    """The last question with one word of a phrase changed (申請件数 → 発行件数), where the documents have such a phrase.

    With what it is about then, where the phrase is the subject; "" otherwise.
    """
    short = _understood(named)
    if short is None or len(named) > 12 or len(phrases(short)) != 1:
        return
    for phrase in phrases(base.question):
        if len(phrase.words) < 2:
            continue
        for start, end in _runs(phrase):
            changed = base.text[phrase.start : start] + named + base.text[end : phrase.end]
            if letters(named) != letters(base.text[start:end]) and _stands(store, changed):
                about = base.subject is not None and base.subject[0] <= phrase.start and phrase.end <= base.subject[1]
                before = _LIKE_IT.search(base.text[: phrase.start])  # 個人版の of what is 企業版 now
                start_of = before.start() if before and before["like"][-1] == named[-1] else phrase.start
                yield base.text[:start_of] + changed + base.text[phrase.end :], changed if about else ""


def _runs(phrase: Phrase) -> Iterator[tuple[int, int]]:
    """The stretches of one word in a phrase, then of two, but not all of it: 企業版ふるさと納税 → 企業, 版 …, 企業版."""
    for length in (1, 2):
        for i in range(len(phrase.words) - length + 1):
            run = phrase.words[i : i + length]
            if length < len(phrase.words) and not any(
                w.pos not in ("名詞", "形状詞", "接尾辞") or w.is_number for w in run
            ):
                yield run[0].start, run[-1].end


def _stands(store: Store, text: str) -> bool:
    question = _understood(text)
    wanted = letters(text)
    return question is not None and any(wanted in letters(hit.entry.text) for hit in retrieve(store, question)[:20])


def complete_or_not(read: FollowUp, base: Slots, store: Store) -> list[Candidate]:
    """A turn with a predicate: by itself where it names a thing of its own, else about the last subject."""
    question = read.question
    if question is None:
        return [alone(read)]
    years = frozenset(p.year for p in base.question.periods)
    with_last: list[Candidate] = []
    if base.subject:
        dated = base.period_text if not question.periods and not asks_since_when(question) else ""
        with_last.append(Candidate(attached(base.subject_text, dated, question), "slots", _kept(base, "attribute")))
        if dated:
            with_last.append(Candidate(attached(base.subject_text, "", question), "slots", ("subject",), years=years))
    own = names_of_its_own(question, store)
    if own == "nothing" and base.subject and base.attribute and base.subject[1] <= base.attribute[0]:
        whole = base.text[base.subject[0] : base.attribute[1]]
        with_last.append(Candidate(attached(whole, "", question), "slots", ("subject", "attribute"), years=years))
    cut = slots(read.text)
    if own == "name" or (own == "unknown" and cut and cut.subject and cut.attribute):
        return [alone(read), *with_last]
    if own == "unknown":
        return [*with_last[:1], alone(read), *with_last[1:]]
    return [*with_last, *([] if with_last else [alone(read)])]


def names_of_its_own(question: Question, store: Store) -> str:
    """Whether a question names a thing: `name` of a row, heading or of several words, `unknown`, or `nothing`."""
    best = "nothing"
    for phrase in topics(question):
        text = question.folded[phrase.start : phrase.end]
        if not strong(phrase) or names_a_measure(text):
            continue
        role = role_of(store, text)
        if role.name >= _NAMED and role.name >= role.header:
            return "name"
        if role.header < _NAMED:
            best = "unknown"
    return best


def names_something(question: Question | None, store: Store) -> bool:
    """Whether a bare phrase is sure to name a thing of its own: a name of the documents, or one of several words."""
    if question is None:
        return False
    own = names_of_its_own(question, store)
    return own == "name" or (own == "unknown" and any(len(p.words) > 1 for p in spoken_of(question)))


def corrections(read: FollowUp, conversation: Conversation, base: Slots, store: Store) -> Iterator[Candidate]:
    """What was denied replaced by what is meant; else what is meant as a change of slots or as a question of its own."""
    last = conversation.topics[-1]
    yes = read.yes or read.text
    meant = _understood(yes)
    if meant is None:
        return
    if read.no:
        first = phrases(meant)[:1]
        forms = list(dict.fromkeys([yes, *(meant.folded[p.start : p.end] for p in first)]))
        made = last.answer.standalone
        kept = _kept(base, "subject" if read.no in base.subject_text else "attribute")
        for text in [made, base.text] if last.understood.kind == "step" else [base.text]:
            composed = text != base.text
            for form in forms[::-1] if composed else forms:
                for changed in _replaced(text, read.no, form):
                    yield Candidate(changed, "correction", kept, composed=composed)
    inner = read_follow_up(yes)
    if inner.question is not None and not year_named(yes, base):
        own = names_of_its_own(inner.question, store)
        if own != "nothing" and (inner.question.wants or len(topics(inner.question)) > 1):
            yield Candidate(inner.text, "correction")
    yield from (replace(one, kind="correction") for one in slot_changes(read, base, store))


def _replaced(text: str, no: str, yes: str) -> Iterator[str]:
    """A question with what was denied replaced: the whole phrase that holds it, then just its letters; years by value."""
    question = _understood(text)
    if question is None:
        return
    denied = find_periods(no)
    if denied:
        hit = next((p for p in question.periods if p.year == denied[0].year), None)
        if hit:
            yield question.folded[: hit.start] + yes + question.folded[hit.end :]
        return
    holding = [p for p in phrases(question) if no in question.folded[p.start : p.end]]
    whole = question.folded
    for phrase in reversed(holding):
        whole = whole[: phrase.start] + yes + whole[phrase.end :]
    if holding:
        yield whole
    if no in question.folded:
        yield question.folded.replace(no, yes)


def year_named(said: str, base: Slots) -> str:
    """The year that a turn consists of, counted from the last one when it says 前の年; empty when it says more."""
    g = follow_up_grammar()
    same = _ASKS_SAME.match(said)  # R2ならいくら
    bare = (same["name"] if same else g.at("bare", "end").sub("", said)).strip(" 、")
    years = [p for p in base.question.periods if p.year]
    for name, step in (("years_before", -1), ("years_after", 1)):
        match = g.at("reference", name).match(said)
        step *= int(match["n"] or 1) if match else 1
        if match and len(years) == 1:
            rest = said[match.end() :]
            if not re.sub(
                r"(?:は|だと|どう(?:です|でした|なり(?:ます|ました))?|いくら|何[^\s?]{1,3}|です|でした|か|の|も|教えて|ください|[?。、\s])+",
                "",
                rest,
            ):
                return era_name(years[0].year + step, years[0].fiscal is not False)
    if RELATIVE_YEAR.fullmatch(bare):
        return bare
    question = _understood(bare)
    month = _MONTH.fullmatch(bare)
    if month and len(years) == 1 and years[0].month and _MONTH.search(years[0].text):
        return _MONTH.sub(bare, years[0].text)
    if question is None or not question.periods:
        return ""
    rest = _without_periods(question)
    return bare if _YEAR_ONLY.match(rest) else ""


def _without_periods(question: Question) -> str:
    text = question.folded
    for p in sorted(question.periods, key=lambda p: -p.start):
        text = text[: p.start] + text[p.end :].lstrip("の")
    return text.strip(" 、の")


def _periods(question: Question) -> str:
    return "と".join(p.text for p in question.periods)


def named_alone(said: str) -> str | None:
    """`企業版はいくらですか` → 企業版: a thing named with nothing asked but a figure, as before."""
    match = _ASKS_SAME.match(said)
    return read_follow_up(f"{match['name']}は?").bare if match else None


def _asked_as_before(said: str, base: Slots) -> str | None:
    """The one thing named in a turn that asks for as many of it as was asked before: not 何名 where that was 何件."""
    now, before = (_COUNTER.findall(text) for text in (said, base.text))
    same = not now or not before or any(now[-1].startswith(b) or b.startswith(now[-1]) for b in before)
    return named_alone(said) if same else None


def _kept(base: Slots, changed: str) -> tuple[str, ...]:
    have = {"subject": base.subject, "attribute": base.attribute or base.text, "periods": base.periods}
    return tuple(name for name, value in have.items() if value and name != changed)


def _understood(text: str) -> Question | None:
    try:
        return understand(text)
    except UnaskableQuestion:
        return None


def operand(text: str) -> str:
    """A question as it stands between 「 and 」: as the name of a figure where it ends in one, else in full."""
    text = folded(text)
    short = nominal(text)
    cut = slots(short)
    if cut and cut.attribute and is_measure(cut.attribute_text) and cut.attribute[1] == len(cut.text):
        return short
    whole = text.rstrip("?。! ")
    return whole[:-1] if whole.endswith("は") else whole


def set_name(text: str) -> str:
    """A question for a list or a count as the name of what was found: `…新規なのは全部で何件ですか` → `…新規なもの`."""
    short = _WHOLE.sub("", nominal(text))
    return re.sub(r"(?<=[たなるい])の$", "もの", _TOPIC_END.sub("", short))


def source_of(conversation: Conversation) -> list[Candidate]:
    """The question where the last answer stands."""
    last = conversation.topics[-1]
    return [Candidate(f"「{operand(last.answer.standalone)}」の出典はどこですか。", "source", composed=True)]
