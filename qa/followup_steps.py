"""Steps on what was found before: 合計, 差, 一番多いのは, そのうち…, 内訳, 万円でいうと → questions made of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.values import era_name
from qa.followup import FollowUp, asked_about, follow_up_grammar, strong
from qa.followup_anchor import anchor, anchor_of
from qa.followup_compose import parse
from qa.followup_figures import figure_said, is_called
from qa.followup_narrow import among, asks_oldest, joined, names_of, oldest, step_of
from qa.followup_quoted import per
from qa.followup_reference import last_things, two_last
from qa.followup_rewrite import Candidate, operand, set_name
from qa.followup_shares import figures_in_row, share, two_told
from qa.followup_slots import Slots, slots, with_period, with_subject
from qa.followup_state import Conversation, Thing, Understood
from qa.lookup import letters
from qa.money import SCALES
from qa.understand import understand

_TIMES = re.compile(r"(?:何|なん)倍")
_MOST_COMPOSED = 10
_PAIR = 2
_SET = re.compile(r"(?P<set>[^、。?]{2,40}?)の(?:なか|中|うち)(?:で|の|、)")
_MOST = re.compile(r"最も|もっとも|一番|いちばん|[0-9]{1,2}番目に(?=[多大高長少小低短])")
_NOUN_BEHIND = re.compile(r"(?P<noun>[一-龥ァ-ヶー]{2,10})(?=は|が|って|を|$|\?)")
_STEP_WORD = re.compile(r"合計|総計|総額|平均|差|最[大小多少高低]|割合|比率")
_IN_THE_TABLE = re.compile(r"(?:この|その|上の)?(?:一覧|表|リスト|全体)(?:の(?:中|うち))?(?:で|では)")
_MONEY = re.compile(r"(?:差|合計|平均|総)額|(?:何|なん)(?:千|万|百万|億)?円")
_ENDS = {
    "sum": "の合計はいくらですか。", "average": "の平均はいくらですか。", "difference": "の差はいくらですか。",
    "maximum": "のうち一番大きいのはどれですか。", "minimum": "のうち一番小さいのはどれですか。",
}  # fmt: skip
_MERGED = {
    "sum": "の合計はいくらですか。", "average": "の平均はいくらですか。", "difference": "の差はいくらですか。",
    "maximum": "が一番大きいのはどれですか。", "minimum": "が一番小さいのはどれですか。",
}  # fmt: skip
_OTHER_END = ("maximum", "minimum")
_WHICH_OF_TWO = re.compile(r"どちら|どっち")
_OPPOSITE = {"大き": "小さ", "小さ": "大き", "多": "少な", "少な": "多", "高": "低", "低": "高", "長": "短", "短": "長"}
_OTHER_WAY = re.compile(r"(?:大き|小さ|多|少な|高|低|長|短)(?=い(?:の|もの|事業|ところ|方)[^い]{0,12}$)")
_KINDS = {
    "sum": frozenset({"sum"}), "average": frozenset({"average"}), "maximum": frozenset({"maximum"}),
    "minimum": frozenset({"minimum"}), "difference": frozenset({"difference", "ratio"}),
    "ratio": frozenset({"ratio", "difference", "value", "passage"}), "per": frozenset({"ratio"}),
}  # fmt: skip


def steps(read: FollowUp, conversation: Conversation, base: Slots) -> Iterator[Candidate]:
    """The step that a turn asks for, on what it can be done on, the likeliest first."""
    last = conversation.topics[-1].understood
    if "detail" in read.steps:
        asked = operand(conversation.topics[-1].answer.standalone)
        yield Candidate(f"「{asked}」の具体的な内容は何ですか。", "step", (), True, last.things, base=False)
        return
    if follow_up_grammar().at("reference", "earlier").match(read.text) and "unit" not in read.steps:
        yield from _again(read, conversation)
    if asks_oldest(read):
        yield from oldest(read, conversation, last)
        return
    yield from _of_one_figure(read, conversation, base, last)
    place = follow_up_grammar().at("reference", "nth").search(read.text)
    if place and place["n"] and (place["big"] or place["small"]) and last.whole and not last.things:
        size = "多い" if place["big"] else "少ない"
        yield step_of(f"「{last.whole}」の内訳のうち{place['n']}番目に{size}のはどれですか。", last)
    ranked = _ranked(read, conversation, last)
    if ranked:
        yield ranked
        return
    if "sorted" in read.steps:
        yield from _in_size(read, conversation, base, last)
        return
    kind = next((k for k in _ENDS if k in read.steps), None)
    if kind == "sum":
        yield from _with_more(read, conversation, base, last)
    if kind == "difference":
        yield from _since(read, conversation, base, last)
    if kind in _OTHER_END:
        yield from _of_the_table(kind, read, conversation)
    if kind:
        yield from _calculation(kind, read, conversation, base, last)
    if read.among and not read.steps:
        yield from among(read, conversation, base, last)


def _of_one_figure(read: FollowUp, conversation: Conversation, base: Slots, last: Understood) -> Iterator[Candidate]:
    """What is asked of the last figure: its parts, its share, another unit, so much for each."""
    unit = follow_up_grammar().at("step", "unit").search(read.rest)
    if "breakdown" in read.steps and last.whole:
        yield step_of(f"「{last.whole}」の内訳は何ですか。", last)
    other = follow_up_grammar().at("step", "breakdown_of").match(read.rest)
    if other and base.attribute:
        ask = operand(with_subject(base, other["name"]))
        yield Candidate(f"「{ask}」の内訳は何ですか。", "step", (), True, base=False)
    whole = figure_said(unit["what"], conversation, last) if unit else None
    if unit and whole:
        yield step_of(f"「{whole}」は{unit['unit']}でいうといくらですか。", last)
    if "per" in read.steps:
        yield from per(read, conversation, base, last)
    if "ratio" in read.steps and "difference" not in read.steps:
        pair = share(conversation, asked_about(read), read.rest)
        if pair:
            yield step_of(f"「{pair[0]}」は「{pair[1]}」の何{'倍' if _TIMES.search(read.rest) else '%'}ですか。", last)


def step_kinds(read: FollowUp) -> frozenset[str]:
    """The kinds of answer that a turn asking for a step can have; empty when it asks for none."""
    return frozenset().union(*(_KINDS[name] for name in read.steps if name in _KINDS))


def _again(read: FollowUp, conversation: Conversation) -> Iterator[Candidate]:
    """さっきの合計は: the last such step once more."""
    if any(strong(p) for p in read.phrases if not _STEP_WORD.search("".join(w.surface for w in p.words))):
        return  # more is asked than that once more
    for turn in reversed(conversation.topics):
        u = turn.understood
        if u.operation in read.steps and u.kind == "step":
            yield step_of(turn.answer.standalone, u, kind="reference")
            return


def names_how_many(read: FollowUp) -> bool:
    """Whether a turn says which things it means: 3つの合計, さっきの合計."""
    g = follow_up_grammar()
    return any(g.at("reference", name).search(read.text) for name in ("several", "earlier"))


def _with_more(read: FollowUp, conversation: Conversation, base: Slots, last: Understood) -> Iterator[Candidate]:
    """…とあわせて, …も入れて3つ: the last figures with that of another thing; AとBを合計: those of two parts."""
    match = taken_in(read)
    if match is None:
        return
    named = [part for part in re.split(r"と|、|や", match["what"]) if part.strip()]
    if len(named) > 1:
        at = anchor(conversation)
        if at is not None and at.column:
            asks = [f"{at.name}の{part}の{at.column}" for part in named]
            yield step_of(joined(asks) + _ENDS["sum"], last, [Thing(n, a) for n, a in zip(named, asks, strict=True)])
        return
    if last.parts and last.whole and last.figure:
        yield from _with_part(named[0], match, conversation, last)
    turn = next((t for t in reversed(conversation.topics) if t.understood.figure), None)
    if turn is None or turn.understood.topic != last.topic or turn.understood.kind == "step":
        return
    figures = figures_in_row(conversation) or (turn.understood.figure,)
    count = _so_many(match, len(figures))
    cut = slots(turn.understood.base, turn.understood.subject)
    place = anchor_of(turn.answer)
    asks = [with_subject(cut, named[0])] if cut and cut.subject else []
    if place is not None and place.column:
        asks.insert(0, f"{named[0]}の{f'{base.period_text}の' if base.periods else ''}{place.column}")
    for ask in asks if 1 <= count <= len(figures) else ():
        things = (*(f for f in figures[-count:] if f), Thing(named[0], ask.rstrip("?。 ")))
        yield step_of(joined([t.ask for t in things if t.ask]) + _ENDS["sum"], last, things)


def _with_part(named: str, match: re.Match[str], conversation: Conversation, last: Understood) -> Iterator[Candidate]:
    """One part more of what a quote tells (特許は, 商標は, 意匠も入れて): with all the parts spoken of, or the last ones."""
    spoken = [t.understood for t in conversation.topics if t.understood.topic == last.topic]
    told = [u.figure for u in spoken if u.figure and u.figure.ask and (u.parts or u.kind != "step")]
    figures = list({one.ask: one for one in told}.values())
    unit = last.figure.unit or "" if last.figure else ""
    more = Thing(named, f"「{last.whole}」のうち、{named}は{f'何{unit}' if unit else 'いくつ'}ですか")
    count = _so_many(match, len(figures))
    if 1 <= count <= len(figures):
        things = (*figures[-count:], more)
        yield step_of(joined([t.ask for t in things if t.ask]) + _ENDS["sum"], last, things)


def _so_many(match: re.Match[str], known: int) -> int:
    """How many of the figures known something is added to: 4つ less itself, all of them for も, else the last."""
    if match["n"]:
        return int(match["n"]) - 1
    return known if match["tie"].startswith("も") else 1


def taken_in(read: FollowUp) -> re.Match[str] | None:
    """What a sum takes in besides what was found, where a turn says so: 「…も入れて3つ合わせると」."""
    match = follow_up_grammar().at("step", "with").search(read.rest) if "sum" in read.steps else None
    several = match is not None and len(re.split(r"と|、|や", match["what"])) > 1
    return match if match is not None and (match["tie"] != "を" or several) else None


def _since(read: FollowUp, conversation: Conversation, base: Slots, last: Understood) -> Iterator[Candidate]:
    """前の年からいくら増えた: the last figure beside the same of the year before or after."""
    g = follow_up_grammar()
    found = [
        (n, m)
        for n, name in ((-1, "years_before"), (1, "years_after"))
        if (m := g.at("reference", name).search(read.rest))
    ]
    step = found[0][0] * int(found[0][1]["n"] or 1) if found else 0
    at = anchor(conversation)
    years = [p.year for p in base.question.periods if p.year] or list(at.years if at else ())
    if not step or len(years) != 1:
        return
    names = [era_name(year) for year in sorted((years[0], years[0] + step))]
    pairs = [[operand(with_period(base, name)) for name in names]] if base.periods else []
    if at is not None and at.column:
        pairs.append([f"{at.name}の{name}の{at.column}" for name in names])
    for pair in pairs:
        yield step_of(joined(pair) + _difference_end(read), last)


def _difference_end(read: FollowUp) -> str:
    return "では何%増減しましたか。" if "ratio" in read.steps else _asked_in(_ENDS["difference"], read)


def _asked_in(end: str, read: FollowUp) -> str:
    """The end of a composed question, in the unit that the turn asks for (差は何万円)."""
    unit = read.question.told if read.question else None
    return end.replace("いくら", f"何{unit}") if unit in ("千円", "万円", "億円") else end


def _in_order(things: Sequence[Thing]) -> list[Thing]:
    """Figures of several years, the earliest first; others as they are."""
    years = [understand(t.ask).periods if t.ask else () for t in things]
    if all(len(one) == 1 and one[0].year for one in years):
        return [t for _, t in sorted(zip(years, things, strict=True), key=lambda pair: pair[0][0].year or 0)]
    return list(things)


def _calculation(
    kind: str, read: FollowUp, conversation: Conversation, base: Slots, last: Understood
) -> Iterator[Candidate]:
    several = follow_up_grammar().at("reference", "several").search(read.text)
    count = None
    if several:
        count = int(several["n"]) if several["n"] else _PAIR
    elif kind in _OTHER_END and _WHICH_OF_TWO.search(read.text):
        count = _PAIR
    about = asked_about(read)
    if kind in _OTHER_END and (_of_what(kind, read) or _of_another_set(read, base)):
        return
    if last.parts and kind in ("maximum", "minimum") and last.whole and not about:
        most = "多い" if kind == "maximum" else "少ない"
        yield step_of(f"「{last.whole}」の内訳のうち一番{most}のはどれですか。", last)
    if kind in _OTHER_END and last.operation in _OTHER_END and not about and count is None:
        asked = conversation.topics[-1].answer.standalone
        text = asked if kind == last.operation else _OTHER_WAY.sub(lambda m: _OPPOSITE[m.group()], asked)
        if kind == last.operation or text != asked:
            yield Candidate(text, "step", ("subject",), parse(text) is not None, last.things, base=False)
    for found in _operands(read, conversation, count, kind, bool(about)):
        if _MONEY.search(read.rest) and any(t.value is not None and t.unit not in SCALES for t in found):
            continue  # 差額, 合計額: of sums of money
        things = _in_order(found) if kind == "difference" else found
        asks = [_ask(thing, about, base) for thing in things]
        if all(asks) and 2 <= len(asks) <= _MOST_COMPOSED:
            known = tuple(
                Thing(t.name, a, None if about else t.value, None if about else t.unit)
                for t, a in zip(things, asks, strict=True)
            )
            end = _difference_end(read) if kind == "difference" else _asked_in(_ENDS[kind], read)
            yield step_of(joined([a for a in asks if a]) + end, last, known)
        names = "と".join(f"「{t.name}」" for t in things) if all(t.name for t in things) else ""
        what = about or base.attribute_text or (base.period_text if kind in ("sum", "average") else "")
        if names and what and len(things) <= _MOST_COMPOSED:
            yield Candidate(
                f"{names}の{what}{_MERGED[kind]}",
                "step",
                ("subject",),
                False,
                tuple(things),
                names_of(things),
                base=False,
                kinds=_KINDS[kind] if kind in _OTHER_END else frozenset(),
            )
    yield from _side_by_side(kind, about, conversation, last)
    listed = last.operation in ("list", "count") and last.things and count in (None, len(last.things))
    if listed and (about or base.attribute):
        what = about or base.attribute_text
        yield Candidate(
            f"{set_name(base.text)}の{what}{_MERGED[kind]}", "step", ("subject",), False, last.things,
            names_of(last.things), base=False,
        )  # fmt: skip


def _of_the_table(kind: str | None, read: FollowUp, conversation: Conversation) -> Iterator[Candidate]:
    """一覧の中で一番少ないのは: of all rows of the table that answered last, by the column it answered from."""
    at = anchor(conversation)
    if _IN_THE_TABLE.match(read.text) is None or at is None or not at.is_row or not at.column:
        return
    size = "大きい" if kind == "maximum" else "小さい"
    for where in (*(f"{heading}の" for heading in at.headings[-1:]), ""):
        yield Candidate(
            f"{where}{at.column}が一番{size}のはどれですか。", "step", (), base=False, kinds=_KINDS[kind or ""]
        )


def _in_size(read: FollowUp, conversation: Conversation, base: Slots, last: Understood) -> Iterator[Candidate]:
    """多い順に並べて: the things found, by the figure that is named or was asked for before."""
    about = asked_about(read)
    match = follow_up_grammar().at("step", "sorted").search(read.rest)
    size = "小さい" if match and match["low"] else "大きい"
    for things in _operands(read, conversation, None, "sorted", bool(about)):
        asks = [_ask(thing, about, base) for thing in things]
        if all(asks) and len(asks) <= _MOST_COMPOSED:
            known = [Thing(t.name, a, None if about else t.value, t.unit) for t, a in zip(things, asks, strict=True)]
            yield step_of(f"{joined([a for a in asks if a])}を{size}順に並べるとどうなりますか。", last, known)


def _of_what(kind: str, read: FollowUp) -> str:
    """What the largest is asked of where a turn names that (一番多い国籍は), which is none of the things found; else ""."""
    match = follow_up_grammar().at("step", kind).search(read.rest)
    behind = _NOUN_BEHIND.match(read.rest[match.end() :]) if match else None
    return behind["noun"] if behind and behind["noun"] not in (*follow_up_grammar().classes, "年度", "金額") else ""


def _of_another_set(read: FollowUp, base: Slots) -> bool:
    """Whether a turn says itself among what the largest is looked for (市内の施設のなかで), and that is not what was found."""
    match = None if read.among else _SET.match(read.rest)
    return match is not None and letters(match["set"]) not in letters(base.text)


def _side_by_side(kind: str, about: str, conversation: Conversation, last: Understood) -> Iterator[Candidate]:
    """The step on figures that one cell or sentence gives side by side."""
    at = anchor(conversation)
    end = {
        "sum": "の合計はいくつですか。",
        "average": "の平均はいくつですか。",
        "maximum": "の内訳のうち一番多いのはどれですか。",
        "minimum": "の内訳のうち一番少ないのはどれですか。",
    }
    if at is None or kind not in end:
        return
    asks = [f"{at.name}の{about or at.column}"] if about or at.column else []
    asks += [last.whole] if last.whole and not about else []
    yield from (step_of(f"「{ask}」{end[kind]}", last) for ask in asks)


def _ask(thing: Thing, about: str, base: Slots) -> str | None:
    """The question for a thing's figure."""
    if about and thing.ask and thing.value is not None and is_called(thing, about):
        return thing.ask
    if about:
        return f"{thing.name}の{about}" if thing.name else None
    if thing.ask:
        return thing.ask
    if base.attribute and thing.name:
        period = f"{base.period_text}の" if base.periods else ""
        return f"{thing.name}の{period}{base.attribute_text}"
    return None


def _operands(
    read: FollowUp, conversation: Conversation, count: int | None, kind: str, named: bool
) -> Iterator[tuple[Thing, ...]]:
    """What may be meant by 3つ, 両者 or nothing: the things last found, the figures last asked for."""
    listed = last_things(conversation, count)
    figures = figures_in_row(conversation)
    if len(figures) < _PAIR and kind in ("difference", "maximum", "minimum"):
        figures = figures_in_row(conversation, parts=True)
    last = conversation.topics[-1].understood
    recent = len(last.things) > 1 and last.things == listed
    if kind == "difference" and follow_up_grammar().at("reference", "first").search(read.text):
        first = conversation.first.understood.figure if conversation.first else None
        yield from [(first, last.figure)] if first and last.figure and first != last.figure else []
        return
    if kind == "difference":
        pairs = [tuple(listed)] if len(listed) == 2 and recent else []
        if count == _PAIR and len(figures) < _PAIR:
            figures = figures_in_row(conversation, apart=True)
        pairs += [figures[-2:]] if len(figures) >= 2 else []
        pairs += [tuple(listed)] if len(listed) == 2 and not recent else []
        pairs += [two_told(conversation)] if count == _PAIR else []
        yield from dict.fromkeys(pair for pair in pairs if pair)
        return
    ways = [listed] if listed and (recent or count) else []
    if count is None:
        ways.append(_of_one_kind(figures))
    elif len(figures) >= count or len(figures := figures_in_row(conversation, apart=True)) >= count:
        ways.append(figures[-count:])
    if not recent and listed and named:
        ways.append(listed)
    if named and count == _PAIR:  # この2つで令和3年度の予算が大きいのは: the two that were last spoken of
        ways.append(tuple(map(Thing, two_last(conversation))))
    if count == _PAIR:
        ways.append(two_told(conversation))
    yield from dict.fromkeys(way for way in ways if len(way) > 1)


def _of_one_kind(figures: Sequence[Thing]) -> tuple[Thing, ...]:
    """The last figures that are the same of different things, or of one thing in different years."""
    if len(figures) < 2:
        return ()
    by_name = figures[-1].name != figures[-2].name
    kept = [figures[-1]]
    for one in reversed(figures[:-1]):
        if (one.name != kept[0].name) is not by_name:
            break
        kept.insert(0, one)
    return tuple(kept)


def _ranked(read: FollowUp, conversation: Conversation, last: Understood) -> Candidate | None:
    """2番目に多いのは; 2番目は after the largest was asked for."""
    match = follow_up_grammar().at("reference", "nth").search(read.text)
    things = last_things(conversation)
    if match and match["n"] and last.operation in _OTHER_END and not last.things and not match["noun"]:
        asked = conversation.topics[-1].answer.standalone
        text = _MOST.sub(f"{match['n']}番目に", asked)
        if text != asked and not parse(asked):
            return Candidate(text, "step", ("subject",), base=False, kinds=frozenset({last.operation}))
    if not match or not match["n"] or len(things) < 2 or any(t.ask is None for t in things):
        return None
    sized = bool(match["big"] or match["small"])
    after = last.operation in ("maximum", "minimum") and not match["noun"]
    if not sized and not after:
        return None
    if last.operation in _OTHER_END and last.things != things:
        return None  # the largest was found elsewhere since those were listed
    most = bool(match["big"]) if sized else last.operation == "maximum"
    asks = [t.ask for t in things if t.ask]
    end = f"のうち{match['n']}番目に{'大きい' if most else '小さい'}のはどれですか。"
    return step_of(joined(asks) + end, last, things)
