"""A question that asks several things at once → the questions it consists of, each complete.

Japanese joins what is asked with と, や, 、, て or a new sentence, and says once, in front, what it is all about (…について,
…は, …の). Every place where a question could be cut is offered with the ways in which the later part may take over what
the earlier one is about; which cut is right shows when all its parts can be answered (`qa/apart.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.folding import searchable
from corpus.values import era_name, find_periods
from index.words import words
from qa.calculations_said import THAN
from qa.several_parts import (
    BACK,
    BOTH,
    EACH,
    FIGURE,
    MEASURED,
    ONE,
    SHORTEST,
    YEAR_BEFORE,
    Parts,
    period_for,
    subject_of,
    taken_over,
)  # fmt: skip
from qa.several_reckoned import calculated

ASKS = re.compile(r"何(?!か|でも|も)|いくら|いくつ|いつ|どこ|どれ|どの|どう|どちら|どんな|誰|だれ|なぜ|なに")
_SENTENCES = re.compile(r"(?<=[。?])\s*")
_OPENING = re.compile(
    r"^(?:また|それと|それから|あと|さらに|そして|および|ちなみに|なお|あわせて|併せて|加えて|ついでに)[、,]?\s*"
)
_REQUEST = re.compile(
    r"教えて|答えて|知りたい|お願い|並べて|挙げて|ください|下さい|でしょうか|[すた]か[。?]|も[。?]?\s*$"
)
_NOT_WANTED = re.compile(r"(?:いら|要ら|必要(?:は|で(?:は)?)?)な|不要|結構です")  # 決算額はいらないです
# What only asks for the figure of what was asked before: どこ?何人?
_ECHO = re.compile(
    r"^(?:その|それは|また、?その|それぞれの?)?(?:何(?:%|パーセント|割|[^、。?何はがをにで]{1,3})|いくら|金額|人数|件数|率|割合|数|額|差額)(?:ですか|でしたか|か)?"
    r"(?:は|も|を)?(?:いくら|教えて|知りたい)?(?:です|ください|下さい)?[。?]*\s*$"
)
_SHARE = re.compile(r"割合|構成比|率")
_LEADS_UP = re.compile(r"(?<=でしたが|したけど|ましたが)[、,]\s*|(?<=ですが|ますが|すけど)[、,]\s*")
_TOPIC = re.compile(r"^(?P<topic>.{2,60}?)(?:について|に関して|として|の(?:うち|中で))(?:は)?[、,]\s*")
_JOINT = re.compile(
    r"\s*(?:と[、,]\s*|及び|および|ならびに|並びに|と(?=[^いしすな、ともにの])(?!比|くらべ|同|一緒)|[、,](?!.{0,4}(?:円|千円|人)))\s*"
)
_CLAUSE = re.compile(r"(?<=[てでしりきみいびちえけせれ])[、,]\s*")
# What a question is framed by: 子ども向けの取り組みで、. Left out where both things asked for name themselves.
_FRAME = re.compile(r"^(?P<frame>[^、。?0-9「」]{2,24}?)(?:について|に関して|として|では|で)(?:は)?[、,]\s*")
_SO_MANY = re.compile(r"[0-9](?:点|つ|件|問)")  # 商標の件で2点。
_SEVERAL_WORDS = re.compile(r"[^、。?]{2,}[ の][^、。?]{2,}")
_OF_ITS_OWN = re.compile(r"の|[がをに][^、がをに]*[たるうくすつぬむぶ](?=[一-龥])")
# 復興と平和を願う宣言: what is joined belongs to the clause before a noun.
_IN_CLAUSE = re.compile(
    r"(?:[一-龥々ァ-ヶーa-zA-Z0-9]+の)?[一-龥々ァ-ヶーa-zA-Z0-9]+[をに][一-龥]?[ぁ-ん]{0,4}[うくぐすつぬぶむるた](?=[一-龥ァ-ヶ])"
)
_EACH_OF = re.compile(r"(?:は)?[、,]?\s*それぞれ(?:の)?")
_TAIL = re.compile(
    r"(?:を|は)?(?:[、,と]?\s*(?:金額|人数|件数|名前)?(?:とともに|と一緒に|も(?:一緒に|合わせて)))?[、,]?\s*"
    r"(?:それぞれ|両方(?:とも)?|どちらも)?お?(?P<asked>何(?:人|件|回|%|個|か所|名|円)|いくら|いくつ|いつから(?:いつまで)?|いつ|どこ|誰)?(?:を)?"
    r"(?:教えて(?:ください|下さい)?|答えて(?:ください|下さい)?|並べて(?:ください|下さい)?|知りたい(?:です)?|お願い(?:し|いたし)ます"
    r"|いくらですか|何ですか|ですか|でしたか|(?<=[くらか人件%円つ])(?:と|に|が|を|で)?[一-龥]{0,3}[ぁ-ん]{1,8}(?:ます|まし(?:た)?)か|は|って)?[。?]*\s*$"
)
_NOUN_ENDS = re.compile(r"(?:[一-龥々ァ-ヶーa-zA-Z)」』](?<!年度)(?<!年)(?<!月)|の額)$")  # what a bare comma can join
# 町債はいくらで、前年度と比べていくら減りましたか: the figure, and its change.
_AND_CHANGE = re.compile(
    rf"^(?P<topic>[^。?]+?)[はが][、,]?(?P<asked>いくら|何(?:人|件|円|億円|万円|%|トン|世帯|回|台|冊))で[、,]\s*(?:それは)?"
    rf"(?P<change>[^。?]*?(?:{THAN}|からは?)[^。?]*?(?:いくら|どれだけ|どのくらい|何)[^。?]*[。?]?)$"
)
# 予算額と、前年度に対する増減率を: the figure, and by how much it changed.
_AND_RATE = re.compile(
    r"^(?P<topic>[^。?]{2,}?(?:額|費|数|量|高|規模|予算|決算))と[、,]?"
    r"(?P<change>(?:その)?(?:前|昨)年度?(?:の)?(?:当初)?(?:予算|決算)?額?(?:に対する|からの|との|と比べた|に比べた|と比較した|比の)"
    r"(?P<what>(?:増減|増加|減少|伸び|変化)?(?:率|額|数)?))(?:[をはも]|$)"
)
# いくらで、令和6年度の総額は: cut off what it asks of.
_STARTS_ASKING = re.compile(r"(?:いくら|いくつ|何[^、。?]{1,3})で[、,]")
_FIRST_LETTER = 0xE000  # of those that Unicode leaves to private use
_STANDS_FOR = re.compile("[\ue000-\uf8ff]")
_IN_BRACKETS = re.compile(r"([「『])([^「」『』]*(?:[「『][^「」『』]*[」』][^「」『』]*)*)([」』])")
_OTHER_YEAR = re.compile(r"[前昨翌来本今]年")
_RATIO_TO_BEFORE = re.compile(r"対?前年度?比(?:で|は)?(?=[^、。?]*(?:いくら|何|どれ))")
_PUBLISHER = re.compile(
    r"(?:県庁|都庁|府庁|道庁|市役所|区役所|町役場|村役場|役所|役場|県|市|町|村|当局|行政)(?:の|では、?|における)(?P<rest>[^、。]{2,}.*)"
)
_NAME_IN_BRACKETS = re.compile(
    r"(?P<before>(?:[^()]*[、,])?)(?P<said>[^()、,は]*[うくぐすつぬぶむるたいの][^()、,]*)\((?P<name>[一-龥ァ-ヶーA-Za-z・][一-龥ァ-ヶーA-Za-z・の]{2,29})\)(?P<rest>[はのがをに、,].+)"
)
# AとBの合計と、Cの額; …と、選手団の合計人数をそれぞれ: what is added up is one of two things asked for.
_OF_WHAT_KIND = re.compile(r"の(?:金額|数字|額|数|人数|件数)$")  # 広報紙の金額として、…
_FIGURES_BESIDE = re.compile(
    r"それぞれ|(?:合計|総額|差|平均)(?:額|数)?と[、,]|と[、,][^、。]{2,40}の(?:合計|総)(?:人|件)?[額数]"
)
_MOST_CUTS = 8
_IS = "は?"  # behind what is asked for without a word that asks


# AとBの負担金は合わせていくら, AとBの負担金を足すと何円: what the two come to.
_ADDED_UP = re.compile(
    r"(?P<things>[^、。?]{2,40}と[^、。?]{2,40}の[^はをがに、。?の]{1,12})(?:は|を)[、,]?"
    r"(?:(?:合わせ|あわせ|併せ|足し)(?:て|ると|た(?:ら|場合))|足すと|合計(?:して|すると|で)|トータルで)[、,]?(?=いくら|何[^\s、。?]{1,5}(?:です|に|でし|か|$|\?))"
)

_RECKONED = re.compile(r"(?<=[をれ])(?:計算|算出)して(?=(?:ください|下さい|ほしい|教えて)?[。?]?\s*$)")

# 任用期間は何年か、また配置先はどこか教えてください: two questions.
_WORD = r"(?:何|いくら|いつ|どこ|誰|だれ|どれ(?:だけ|くらい)|どの(?:くらい|ように)|いくつ|なぜ)[^、。?か]{0,10}"
_EMBEDDED = re.compile(
    rf"(?P<first>{_WORD})か[、,](?:また[、,]?|それと[、,]?|さらに[、,]?)?(?P<second>[^。?]*?{_WORD})か(?:を)?(?:教えて|答えて|知りたい)"
    r"[^。?]*[。?]?\s*$"
)


def _asked_outright(match: re.Match[str]) -> str:
    """何年か、また…どこか教えてください → 何年か。…どこか。"""
    return f"{match['first']}か。{match['second']}か。"


def cuts(text: str) -> Iterator[Parts]:
    """Ways to take a question apart, likeliest first and each once; none for a question that asks one thing."""
    seen: set[Parts] = set()
    folded = _RECKONED.sub("教えて", _EMBEDDED.sub(_asked_outright, searchable(text)))
    closed, held = _closed(_ADDED_UP.sub(r"\g<things>の合計は", folded))
    for masked in _all(closed):
        found = _before_its_year(_of_its_year(_opened(masked, held)))
        if any(_STARTS_ASKING.match(question) for question in found.questions):
            continue
        if found not in seen and (found.how in (ONE, FIGURE, BOTH) or len(set(found.questions)) > 1):
            seen.add(found)
            yield found
        if len(seen) >= _MOST_CUTS:
            return


def _closed(folded: str) -> tuple[str, tuple[str, ...]]:
    """A question in which nothing can be cut that is one: what stands in brackets, and と and の inside nouns (ふるさと納税).

    Each such stretch is one letter, the number of which says which it was.
    """
    if _STANDS_FOR.search(folded):
        return folded, ()
    held: list[str] = []

    def hide(stretch: str) -> str:
        held.append(stretch)
        return chr(_FIRST_LETTER + len(held) - 1)

    nouns = {
        at
        for word in words(folded)
        if word.pos == "名詞" and not _OPENING.match(word.surface)
        for at in range(word.start + (len(word.surface) <= SHORTEST), word.end)  # とも of とともに
        if folded[at] in "との"
    }
    letters = "".join(hide(letter) if at in nouns else letter for at, letter in enumerate(folded))
    return _IN_BRACKETS.sub(lambda match: f"{match[1]}{hide(match[2])}{match[3]}", letters), tuple(held)


def _opened(parts: Parts, held: tuple[str, ...]) -> Parts:
    """Parts of a question as `_closed` gives it, in its own letters."""

    def shown(text: str) -> str:
        while held and _STANDS_FOR.search(text):
            text = _STANDS_FOR.sub(lambda letter: held[ord(letter.group()) - _FIRST_LETTER], text)
        return text

    if not held:
        return parts
    return replace(parts, questions=tuple(map(shown, parts.questions)), subject=shown(parts.subject))


def _of_its_year(parts: Parts) -> Parts:
    """Parts that ask the same of several things, with the one year that is said once for all: 東地区と西地区の令和6年度の人口."""
    said = [find_periods(question) for question in parts.questions]
    dated = [i for i, periods in enumerate(said) if periods]
    if len(dated) != 1 or len(said[dated[0]]) != 1 or len(parts.questions) < 2:
        return parts
    year = said[dated[0]][0].text
    asked = _without(parts.questions[dated[0]], year).rsplit("の", 1)[-1]
    others = [question for i, question in enumerate(parts.questions) if i != dated[0]]
    if len(asked) < SHORTEST or any(not one.endswith(f"の{asked}") or _OTHER_YEAR.search(one) for one in others):
        return parts
    questions = (q if i == dated[0] else f"{year}の{q}" for i, q in enumerate(parts.questions))
    return replace(parts, questions=tuple(questions))


def _before_its_year(parts: Parts) -> Parts:
    """Two parts of which one names a year and the other the year before (前年度の…): that year by its name."""
    years = [find_periods(question) for question in parts.questions]
    said = [periods[0] for periods in years if len(periods) == 1]
    if len(parts.questions) != 2 or not said or len({p.year for p in said}) > 1 or any(len(own) > 1 for own in years):
        return parts
    before = era_name(said[0].year - 1, said[0].fiscal is not False)
    itself = re.compile(rf"{re.escape(said[0].text)}の(?={YEAR_BEFORE.pattern})")  # 令和2年度の前年度
    parts = replace(parts, questions=tuple(itself.sub("", question) for question in parts.questions))
    said_out = (_RATIO_TO_BEFORE.sub("前年度と比べて", question) for question in parts.questions)
    return replace(parts, questions=tuple(YEAR_BEFORE.sub(before, question) for question in said_out))


def _without(question: str, year: str) -> str:
    return question.replace(f"{year}の", "", 1).replace(year, "", 1)


def _all(folded: str) -> Iterator[Parts]:
    if (both := _AND_CHANGE.match(folded)) is not None:
        topic = both["topic"].strip("、, ")
        yield Parts((f"{topic}は{both['asked']}?", f"{topic}は{both['change']}"), EACH, topic)
    if (both := _AND_RATE.match(folded)) is not None:
        topic = both["topic"].strip("、, ")
        yield Parts((f"{topic}は?", f"{topic}の{both['change']}は?"), EACH, topic)
        if both["what"]:  # tables give it under no more than that
            yield Parts((f"{topic}は?", f"{topic}の{both['what']}は?"), EACH, topic)
    found = list(calculated(folded))
    if found and _FIGURES_BESIDE.search(folded):
        yield from _joined(folded, "")
    yield from found
    if found:
        return
    sentences = [part for part in _SENTENCES.split(folded) if len(part) > SHORTEST]
    if len(sentences) == 1:
        sentences = _LEADS_UP.split(folded, maxsplit=1)
    if len(sentences) > 1:
        yield from _of_sentences(sentences)
        return
    found = [*_clauses(folded), *_dated(folded), *_keywords(folded)]
    yield from found or _joined(folded, "")
    frame = _FRAME.match(folded) if not found else None
    if frame is not None and _may_be_left_out(frame["frame"], folded[frame.end() :]):
        yield from (replace(one, frame=frame["frame"]) for one in _joined(folded[frame.end() :], "") if not one.subject)


def _may_be_left_out(frame: str, rest: str) -> bool:
    """Whether what frames a question names no place, person or year that the rest does not name too: 港市の話です。 says whose."""
    if re.search("[0-9]", _SO_MANY.sub("", frame)):
        return False
    return all(word.surface in rest for word in words(frame) if word.subpos == "固有名詞")


def without_openings(text: str) -> str:
    """A question without the words that join its later sentences to the first: あわせて, それと."""
    return "".join(_OPENING.sub("", sentence) for sentence in _SENTENCES.split(searchable(text)))


def without_publisher(text: str) -> str | None:
    """A question without the office at its head whose documents these are (県庁の在宅勤務); None where it has none."""
    match = _PUBLISHER.match(searchable(text))
    return match["rest"] if match is not None else None


def by_its_name(text: str) -> str | None:
    """A question about something said in other words with its name in brackets (道を直すお金(道路維持費)は), by the name alone."""
    match = _NAME_IN_BRACKETS.match(searchable(text))
    if match is None or find_periods(match["name"]):
        return None
    of = "".join(f"{period.text}の" for period in find_periods(match["said"]))
    return f"{match['before']}{of}{match['name']}{match['rest']}"


def _of_sentences(sentences: list[str]) -> Iterator[Parts]:
    """Sentences each asked for itself; a later one about what the first is about; or one that only leads up to them."""
    first, rest = sentences[0], [_OPENING.sub("", s) for s in sentences[1:]]
    if any(_NOT_WANTED.search(one) for one in rest):
        wanted = [one for one in (first, *rest) if not _NOT_WANTED.search(one)]
        yield from [Parts((wanted[0],), ONE)] if len(wanted) == 1 else _of_sentences(wanted)
        return
    if not (first.endswith("?") or ASKS.search(first) or _REQUEST.search(first)):
        topic = re.split("について|[がはを]", first)[0]
        about = subject_of(topic) or f"{topic}の"
        found = list(_joined("".join(rest), about))
        yield from found or [Parts((f"{about}{''.join(rest)}",), ONE, about)]
        yield from _framed(first, rest)
        return
    if not ASKS.search(first) and (ASKS.search(rest[0]) or rest[0].endswith("は?")):
        yield from _framed(first, rest)
    if all(_ECHO.match(part) for part in rest):
        yield from _joined(first, "")
        yield Parts((first,), FIGURE)
        return
    about = _topic(first)
    own = all("の" in part for part in rest)
    if own:
        yield Parts((first, *rest))
    if about:
        later = [BACK.sub("", part) for part in rest]
        yield Parts((first, *(f"{about}の{part}" for part in later)), EACH, about)
    if not own:
        yield Parts((first, *rest))


def _framed(frame: str, rest: list[str]) -> Iterator[Parts]:
    """What is asked behind a sentence that only says what for (奨学金まわりを調べています。), by itself."""
    if not _may_be_left_out(frame, "".join(rest)):
        return
    if len(rest) > 1:
        found = list(_of_sentences(rest))
    else:
        found = [*_clauses(rest[0]), *_joined(rest[0], "")]
        if "の" in rest[0]:
            found.append(Parts((rest[0],), ONE))
    yield from (replace(one, frame=frame) for one in found if not one.subject)


def _topic(sentence: str) -> str:
    """What a question is about: what stands before は, について or 、 in front of the first word that asks."""
    asks = ASKS.search(sentence)
    front = sentence[: asks.start()] if asks else sentence
    named = re.match(
        r"(?P<topic>.{2,60}?)(?:について(?:は)?|に関して(?:は)?|では|には|は(?=[^、。]*$|[、,])|は)", front
    )
    return named["topic"].strip("、, ") if named else ""


def _clauses(folded: str) -> Iterator[Parts]:
    """Clauses that each ask with a word of their own: …は何回開かれて、議題は何件でしたか."""
    if len(ASKS.findall(folded)) < 2:
        return
    about = _topic(folded)
    for joint in _CLAUSE.finditer(folded):
        first, after = folded[: joint.start()], _OPENING.sub("", folded[joint.end() :])
        second = BACK.sub("", after)
        if not (ASKS.search(first) and ASKS.search(second)):
            continue
        if about:
            period = period_for(first, f"{about}{second}")
            tie = "は" if second == after and ASKS.match(second) else "の"  # パラグアイはどんな活動をしていますか
            yield Parts((f"{first}?", f"{about}{tie}{period}{second}"), EACH, about)
        if second == after and (not about or "の" in second):
            yield Parts((f"{first}?", second))
        if second != after:
            yield Parts((f"{first}?",), BOTH)


def _keywords(folded: str) -> Iterator[Parts]:
    """Two searches written as one: 港の奨学金 予算額／浜の祭り 来場者数."""
    pieces = [piece.strip() for piece in folded.split("/")]
    if len(pieces) > 1 and not ASKS.search(folded) and all(_SEVERAL_WORDS.fullmatch(piece) for piece in pieces):
        yield Parts(tuple(pieces))


def _dated(folded: str) -> Iterator[Parts]:
    """Two years side by side, each asked about: 令和2年度と令和3年度でそれぞれ."""
    periods = find_periods(folded)
    if len(periods) != 2 or "それぞれ" not in folded:
        return
    a, b = periods
    if re.fullmatch(r"\s*(?:と|、|・|および|及び)\s*", folded[a.end : b.start]):
        front, rest = folded[: a.start], _EACH_OF.sub("", folded[b.end :], count=1)
        yield Parts((f"{front}{a.text}{rest}", f"{front}{b.text}{rest}"), EACH, front.strip("、は "))
        what = front.rstrip("、はをの ")
        if what != front and not ASKS.search(rest):
            yield Parts((f"{a.text}の{what}は?", f"{b.text}の{what}は?"), EACH, what)


def _joined(folded: str, about: str) -> Iterator[Parts]:
    """Things asked for side by side, in one sentence: AのXとY, AのXとBのY, …について、XとY."""
    topic = _TOPIC.match(folded) if not about else None
    about = about or (f"{_OF_WHAT_KIND.sub('', topic['topic'])}の" if topic else "")
    rest = folded[topic.end() :] if topic else folded
    tail = _TAIL.search(rest)
    body, asked = (rest[: tail.start()], tail["asked"] or "") if tail else (rest, "")
    body = _EACH_OF.sub("", body)
    places = [
        j for j in _JOINT.finditer(body) if j.group().strip() not in ("、", ",") or _NOUN_ENDS.search(body[: j.start()])
    ]
    places = [j for j in places if re.search("[、,]", j.group()) or not _IN_CLAUSE.match(body, j.end())]
    joints = [(body[: j.start()].strip(), body[j.end() :].strip()) for j in places]
    ends = [0, *(j.end() for j in places)]
    pieces = [body[a:b].strip() for a, b in zip(ends, [*(j.start() for j in places), len(body)], strict=True)]
    for first, *others in ([pieces] if len(pieces) > 2 else []) + [list(joint) for joint in joints]:
        if min(map(len, (first, *others))) < SHORTEST or ASKS.search(first):
            continue
        yield from _side_by_side(first, others, about, f"は{asked}?")


def _side_by_side(first: str, others: list[str], about: str, end: str) -> Iterator[Parts]:
    """Phrases joined: each about what is said in front, each by itself, or about what the first is about."""
    another = MEASURED.search(first) and _SHARE.match(others[0])  # 面積と割合: a measure of its own
    if len(others) == 1 and _ECHO.match(others[0]) and not another:
        yield Parts((f"{about}{first}{end}",), FIGURE)
        return
    if about:
        yield Parts(tuple(f"{about}{one}{end}" for one in (first, *others)), EACH, about.strip("の、"))
        return
    if all(_OF_ITS_OWN.search(one) for one in others):
        yield Parts(tuple(f"{one}{end}" for one in (first, *others)))
        if "の" not in first and len(others) == 1:  # AとBの決算額
            yield Parts((f"{first}の{others[0].rpartition('の')[2]}{end}", f"{others[0]}{end}"))
    taken = [next(taken_over(first, one), None) for one in others]
    if all(one is not None and one[0] for one in taken):
        whole = [one for one in taken if one is not None]
        yield Parts((f"{first}{end}", *(f"{text}{end}" for _, text in whole)), EACH, whole[0][0])
    elif end != _IS and all(_NOUN_ENDS.search(one) and "は" not in one for one in (first, *others)):
        # 展示とフェアは、それぞれいつ
        yield Parts(tuple(f"{one}{end}" for one in (first, *others)))
