"""Words that stand for something said before → that thing's name: それ, その事業, 同課, 前者, 2番目, 最初に聞いた事業."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.folding import searchable, tidy
from index.words import words
from qa.followup import follow_up_grammar
from qa.followup_anchor import anchor, anchor_of, called, topic_above
from qa.followup_slots import Slots, slots
from qa.followup_state import Conversation, Thing, Turn
from qa.lookup import letters
from qa.wording import leaf

_NOT_THAT = ("他", "ほか", "後", "まま", "うち", "中", "際", "前", "通り", "とおり")
_PLACES = ("そこ", "ここ", "そちら", "こちら")
# Where something can be, in front of what is told of it: HARBORの会員, 交流センターの開館日.
_LAST_TURNS = 4
_ENTITY = re.compile(
    r"(?:[A-Za-z0-9]{3,}|[^のをがは]{1,20}(?:センター|スタジオ|スペース|ホール|[館室所園校局院場]))の."
)
_WHERE = tuple(
    [
        "課",
        "部",
        "局",
        "室",
        "署",
        "所",
        "館",
        "会",
        "校",
        "社",
        "先",
        "元",
        "団体",
        "施設",
        "センター",
        "会場",
        "主体",
        "国",
        "市",
        "町",
        "村",
        "県",
    ]
)
_OTHER = ("そちら", "あれ")
_LONGEST = 30
_FEW = 4
# 最初の話に戻りますが、その事業の: 最初の事業の
_BACK_TO_FIRST = re.compile(
    r"^(?:最初|はじめ|始め|1番最初)の(?:話|質問|件|話題)に(?:戻|もど)(?:り|る|って|し)[^、。]{0,8}[、。]\s*(?:その|この|それの)"
)
_NAME_BEHIND = re.compile(r"(?P<noun>[一-龥ァ-ヶー]{1,8})(?=の|は|が|を|って|も|で|に|、|$|\?)")
_NAME = re.compile(r"[一-龥ァ-ヶー々A-Za-z0-9]{1,20}$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A turn with a reference put into words: the text, the name that was put in, and the year that was meant."""

    text: str
    name: str
    period: str = ""


def resolved(text: str, conversation: Conversation, base: Slots | None) -> tuple[Resolved, ...]:
    """Ways to put the references of a turn into words, the likeliest first; none when it has none."""
    found = [Resolved(_BACK_TO_FIRST.sub("最初の", text), "")]
    changed = False
    for step in (_year, _former, _nth, _first, _earlier, _same, _that, _it):
        grown: list[Resolved] = []
        for one in found:
            ways = list(step(one, conversation, base))
            changed = changed or bool(ways)
            grown.extend(ways or [one])
        found = grown[:4]
    return tuple(found) if changed else ()


def names_spoken_of(conversation: Conversation) -> tuple[str, ...]:
    """The names that それ may mean: of what the last answer found, the few together, else what its question was about.

    That as the question called it, and as the documents do.
    """
    last = conversation.present
    if last is None:
        return ()
    if last.focus:
        together = "と".join(f"「{name}」" for name in last.focus) if len(last.focus) > 1 else last.focus[0]
        one = len(last.focus) == 1
        whole = (last.subject,) if last.subject and last.operation in ("list", "count") and not one else ()
        return ((together,) if len(last.focus) <= _FEW else ()) + whole
    at = anchor(conversation)
    cut = slots(last.base, last.subject) if at is not None else None
    above = topic_above(cut, at) if cut is not None and at is not None else ""
    return tuple(dict.fromkeys(name for name in (last.subject, at.name if at else "", above) if name))


def _put(one: Resolved, start: int, end: int, name: str, more: str = "") -> Resolved:
    after = one.text[end:]
    if after[:1] in ("、", ","):
        after = f"は{after[1:].lstrip()}"  # 最初の事業、どの課の担当でしたか
    return Resolved(one.text[:start] + name + more + after, name, one.period)


def _year(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    match = follow_up_grammar().at("reference", "year").search(one.text)
    if not match or base is None or not base.periods or not conversation.topics:
        return
    period = base.period_text
    rest = (one.text[: match.start()] + one.text[match.end() :]).strip(" 、")
    for name in names_spoken_of(conversation)[-1:]:
        yield Resolved(f"{name}の{period}の{rest}" if rest else period, name, period)


def _former(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    g = follow_up_grammar()
    for which, name in ((0, "former"), (1, "latter")):
        match = g.at("reference", name).search(one.text)
        pair = two_last(conversation)
        if match and len(pair) == 2:
            yield _put(one, match.start(), match.end(), pair[which])


def two_last(conversation: Conversation) -> tuple[str, ...]:
    """The two things last spoken of together: of the last list with just two, else the last two subjects."""
    for turn in reversed(conversation.topics):
        if len(turn.understood.things) == 2:
            return tuple(t.name for t in turn.understood.things)
        if len(turn.understood.things) > 2:
            break
    subjects: list[str] = []
    for turn in reversed(conversation.topics):
        name = turn.understood.subject
        if name and name not in subjects:
            subjects.insert(0, name)
        if len(subjects) == 2:
            return tuple(subjects)
    return ()


def last_pair(conversation: Conversation) -> tuple[Thing, ...]:
    """前者 and 後者 with the questions for their figures, as far as these were asked for."""
    names = two_last(conversation)
    known = [
        t for turn in reversed(conversation.topics) for t in (*turn.understood.things, turn.understood.figure) if t
    ]
    found = [next((t for t in known if t.name == name and t.ask), Thing(name)) for name in names]
    return tuple(found)


def last_things(conversation: Conversation, count: int | None = None) -> tuple[Thing, ...]:
    """The things of the last answer that found several; with `count`, of the last that found so many."""
    for turn in reversed(conversation.topics):
        things = turn.understood.things
        if len(things) > 1 and (count is None or len(things) == count):
            return things
    return ()


def _nth(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    match = follow_up_grammar().at("reference", "nth").search(one.text)
    things = last_things(conversation)
    ranked = conversation.present is not None and conversation.present.operation in ("maximum", "minimum")
    if (
        not match
        or match["big"]
        or match["small"]
        or not things
        or ((ranked or conversation.just_refused) and not match["noun"])
    ):
        return  # 2番目は after the largest means the second largest, which is a step
    place = len(things) if match["last"] else int(match["n"])
    if not 1 <= place <= len(things):
        return
    name, end = things[place - 1].name, match.end()
    noun = _NAME_BEHIND.match(one.text, end)
    if noun and name.endswith(noun["noun"]) and not match["noun"]:
        yield _put(one, match.start(), noun.end(), name)  # 2番目の補助
    else:
        tie = "の" if match.group().endswith("の") else ""
        yield _put(one, match.start(), end, name, tie)


def _first(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    match = follow_up_grammar().at("reference", "first").search(one.text)
    if not match or conversation.first is None:
        return
    name = conversation.first.understood.subject
    if not name:
        return
    noun = match["noun"]
    listed = conversation.first.understood.things
    if noun and not name.endswith(noun) and len(listed) > 1 and _is_class(noun):
        yield _put(one, match.start(), match.end(), listed[0].name)  # the first of those that were listed
        return
    there = anchor_of(conversation.first.answer)
    within = _ending_in(noun, conversation.first.understood.base) if noun and not name.endswith(noun) else ""
    if within:
        yield _put(one, match.start(), match.end(), within)
        return
    if noun and not _is_class(noun) and not name.endswith(noun) and there and there.name.endswith(noun):
        yield _put(one, match.start(), match.end(), there.name)
    elif not noun or _is_class(noun) or name.endswith(noun) or _is_such(noun, conversation.first):
        for called_so in dict.fromkeys((name, there.name if there else name)):
            yield _put(one, match.start(), match.end(), called_so)
    else:
        yield _put(one, match.start(), match.end(), name, f"の{noun}")


def _is_such(noun: str, turn: Turn) -> bool:
    """Whether the row that answered says what kind of thing its name is: 広報番組 「…」."""
    return any(
        re.search(rf"{re.escape(noun)}\s*[「『]", searchable(tidy(c.row or ""))) for c in turn.answer.citations[:1]
    )


def _ending_in(noun: str, asked: str) -> str:
    """What a question calls by a noun, with all that it says before it: 回 → 写真展の第2回. Empty where it is said bare."""
    called_so = re.compile(rf"[一-龥ァ-ヶー々A-Za-z0-9]{re.escape(noun)}$")
    return next((asked[: w.end] for w in reversed(words(asked)) if called_so.search(asked[: w.end])), "")


def _earlier(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    match = follow_up_grammar().at("reference", "earlier").search(one.text)
    if not match:
        return
    rest = one.text[match.end() :].lstrip(" 、の")
    word = re.match(r"(?P<word>[^\s、。はがをのにでと?]{1,30}?)(?:のほう|の方)?(?=の|は|が|を|って|に|で|$|\?)", rest)
    if word is None:
        return
    said = letters(word["word"])
    for turn in reversed(conversation.topics):
        u = turn.understood
        name = next((n for n in (u.subject, *u.focus) if n and said in letters(n)), "")
        if name:
            yield Resolved(one.text[: match.start()] + name + rest[word.end() :], name, one.period)
            return
    names = names_spoken_of(conversation)
    if _is_class(word["word"]) and names:
        yield Resolved(one.text[: match.start()] + names[0] + rest[word.end() :], names[0], one.period)


def _same(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    match = follow_up_grammar().at("reference", "same").search(one.text)
    if not match:
        return
    name = named_like(conversation, match["noun"])
    if name:
        yield _put(one, match.start(), match.end(), name)


def named_like(conversation: Conversation, noun: str) -> str:
    """The last name that ends in a word: 課 → 文化課; from answers first, then questions. Empty when there is none."""
    for turn in reversed(conversation.topics):
        said = [v.text for v in turn.answer.values if not v.is_number]
        if turn.understood.attribute.endswith(noun) and len(said) == 1 and len(said[0]) <= _LONGEST:
            return searchable(tidy(said[0]))
        for text in _texts(turn):
            for piece in re.split(r"[\s、,。「」()（）はがをにのでとへ:;/]+", searchable(tidy(text))):
                if (
                    piece.endswith(noun)
                    and len(piece) > len(noun)
                    and _NAME.fullmatch(piece)
                    and piece != turn.understood.attribute
                ):
                    return piece
        own = next((name for name in turn.understood.beside if name.endswith(noun) and name != noun), "")
        if own:
            return own
    return ""


def _row_called(conversation: Conversation, noun: str) -> str:
    """The one row that the last answer cites, where its name ends in a word: この事業 after figures told inside its row."""
    rows = (
        {leaf((tidy(c.row or ""),)) for c in conversation.topics[-1].answer.citations} if conversation.topics else set()
    )
    name = rows.pop() if len(rows) == 1 else ""
    return name if name.endswith(noun) and name != noun else ""


def _texts(turn: Turn) -> Iterator[str]:
    yield from turn.understood.focus
    for value in turn.answer.values:
        if not value.is_number:
            yield value.text
    yield turn.understood.subject
    yield turn.answer.standalone


def _that(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    match = follow_up_grammar().at("reference", "that").search(one.text)
    names = names_spoken_of(conversation)
    if (
        not match
        or conversation.lacks_which
        or not (names or conversation.topics)
        or match["noun"].startswith(_NOT_THAT)
        or match["noun"][:1].isdigit()
    ):
        return
    noun = match["noun"]
    like = (_row_called(conversation, noun) or named_like(conversation, noun)) if _is_class(noun) else ""
    if names and (_is_class(noun) or (noun and names[0].endswith(noun))):
        if like and not names[0].endswith(noun):
            yield _put(one, match.start(), match.end(), like)
        for name in sorted(names, key=lambda name: _is_another(name, noun)):
            yield _put(one, match.start(), match.end(), name)
    holding = called(conversation, noun) if len(noun) > 1 and not _is_class(noun) else ""
    if holding:
        yield _put(one, match.start(), match.end(), holding)
    for name in names:
        yield _put(one, match.start(), match.end(), name, f"の{noun}")


def _it(one: Resolved, conversation: Conversation, base: Slots | None) -> Iterator[Resolved]:
    match = follow_up_grammar().at("reference", "it").search(one.text)
    if not match or conversation.lacks_which or (conversation.just_refused and match.group() in _OTHER):
        return  # そちら points to what was asked for last, which the documents did not tell
    names = names_spoken_of(conversation)
    if match.group() in _PLACES:  # どこで → そこで; HARBORの会員は → そこでの講座は
        told = _told(conversation)
        spoken = (searchable(turn.answer.standalone) for turn in reversed(conversation.topics[-_LAST_TURNS:]))
        of = (text.partition("の")[0] for text in spoken if _ENTITY.match(text))
        names = tuple(dict.fromkeys((*([told] if told else ()), *names, *of)))
    for name in names:
        after = one.text[match.end() :]
        tied = f"は{after}" if after[:1] in ("、", ",", " ") else after
        yield Resolved(one.text[: match.start()] + name + tied, name, one.period)


def _told(conversation: Conversation) -> str:
    """The one office, body or place that the last answer gave, which そこ means; empty where it gave none."""
    last = conversation.topics[-1] if conversation.topics else None
    if last is None or conversation.present is not last.understood:
        return ""
    said = [v.text for v in last.answer.values if not v.is_number]
    known = len(said) == 1 and len(said[0]) <= _LONGEST and last.understood.attribute.endswith(_WHERE)
    return searchable(tidy(said[0])) if known else ""


def _is_another(name: str, noun: str) -> bool:
    """Whether a name ends in another common word than the one it would be called by: …OB会 is no この事業."""
    return bool(noun) and not name.endswith(noun) and name.endswith(tuple(follow_up_grammar().classes))


def _is_class(noun: str) -> bool:
    return noun in follow_up_grammar().classes
