"""Sentences of a speech that tell accounts one after another, read as what they are: names with figures.

`市税につきましては、…により、2.2%、3億970万円減の135億120万円を見込みました` tells of 市税 the amount, the change and its rate. Budgets and
settlements are presented so from sentence to sentence; together they are a table that was spoken (`qa/told_frame.py`). A
figure whose name, sign or comparison is not plain is left to the sentence that says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.values import Quantity, find_periods, find_quantities, fold_kanji_numbers
from qa.money import SCALES
from qa.parts import spelled

AMOUNT, ADDED, CHANGE, RATE, SHARE = "額", "補正額", "増減額", "増減率", "構成比"
_RATE_OF = r"(?:(?:率|割合)にして|率に直すと|比率で|(?:伸び|増減|増加|減少)?率(?:では?|は)?)"
_JOIN = re.compile(rf"[、,(]?\s*(?:{_RATE_OF}|金額で|約|およそ)?[、,]?\s*")
_GROWN = re.compile(
    r"[)]?\s*(?:の|も|ほど|程度)?\s*(?P<word>微増|微減|増加|減少|増額|減額|増(?![設築刷員便収強])|減(?![免税価反収])|追加|上昇|低下)"
)
_ADDED_TO = re.compile(r"を(?P<word>追加|増額|減額)")
_LESS = re.compile(r"減|低下")
_OF_A_BILL = frozenset(("追加", "増額", "減額"))
_ERA_YEAR = r"(?:令和|平成)\s*(?:[0-9]+|元)\s*年度"
_COMPARED = re.compile(
    rf"(?:これを)?(?:対?前年度?|昨年度?|{_ERA_YEAR})(?:の?(?:同期|末|当初|肉付け後))?(?:の?(?:予算|決算))?(?:額|総額)?"
    r"(?:(?:に|と)比べ(?:まして|て|ますと|ると)?|(?:に|と)比較(?:し(?:まして|て|ますと)?|すると|いたし(?:まして|ますと))?|比で?|より|から|対比で?)[、,]?"
)
_OTHERWISE_COMPARED = re.compile(r"比[べ較]|対比|との比|前年|昨年|同月|同期")
# Behind a figure: with it something is compared, or it only bounds something.
_AGAINST = re.compile(
    r"(?:と|に)比[べ較]|を(?:上|下)回|から|より|以上|以下|未満|を超え|余り|程度|ずつ|に変更|[をに]限度|当たり|あたり"
)
_LEADS_TO = re.compile(
    r"(?:それぞれ|全体の|総額|合計|約|およそ|金額で|(?:率|割合)にして|率では?|(?:伸び|増減|増加|減少)率は?|歳入歳出(?:それぞれ|ともに)|ともに|いずれも|全体で|合わせて|(?:総額|合計)で|(?:全体|総額|合計)では)[、,]?$"
)
_BY = r"(?:に(?:つ(?:いて|きまして)|関し(?:て|まして)|おいて|おきまして)は?|では|には|は)"
_ADJACENT = re.compile(rf"(?:{_BY}|が|も|で)[、,]?$")
_TOPIC = re.compile(rf"(?P<name>[^、。,]+?)(?P<by>{_BY})[、,]")
_PLACE = re.compile(r"に(?:おいて|おきまして)は?|では|には")  # where something is, not what is told of
_REASON = r"[^。はが]*?(?:により|によって|から|に伴い|のため)[、,]?$"
_BECAUSE = re.compile(rf"(?P<name>[^、。,をがは]+?)が{_REASON}")
_BECAUSE_OF_IT = re.compile(rf"(?P<name>[^、。,をがは]+?)は(?![、,]){_REASON}")
_DID = re.compile(r"[たるっれ](?:こと|もの)?(?:など|等)?(?:により|によって|から|に伴い|のため)[、,]?$")
_GOES_ON = re.compile(r"(?:の計上|を計上し|を見込み|と見込|となり|となって|とし|で|に|の|を占め(?:る|て)?|[、,])*")
_OF_WHOLE = re.compile(r"を占め|の(?=[0-9〇一二三四五六七八九十百千])")
_TOGETHER = re.compile(r"(?:全体|総額|合計|合わせて)(?:では?|は|として)?[、,]?$")
_PAUSE = re.compile(r"(?<!として)[、,]$|(?:により|によって|から|に伴い|のため)$")
_SHARES = re.compile(r"構成比|割合|占め|全体の")
# What a name does not reach back over.
_CUT = re.compile(
    r"につ(?:きまして|いて)は?|に(?:おいて|おきまして|参りまして|より)|のうち|として|ものの|[をがはで](?=.)|^(?:また|なお|次に|まず)"
)
# With what stands before these it is another thing: 保険料軽減に係る公費負担金, 補助及び交付金.
_NARROWED = re.compile(r"に(?:よる|係る|対する|おける|関する|伴う|対し)|ための|などの|及び|並びに|の[増減]|や")
_BEFORE_NAME = re.compile(
    rf"^(?:[0-9]+(?:ページ|頁)(?:から[0-9]+(?:ページ|頁))?(?:にかけて)?の)?(?:(?:議案|認定|報告|議|認|報)第[0-9]+号(?:の|議案)?[\s、]*|号)?(?:{_ERA_YEAR}(?:の|末の)?|年度末の)?同?"
)
_NAME = re.compile(r"[一-龥ァ-ヴー々ヶA-Za-z0-9・ぁ-ん()]{2,40}")
_NO_NAME = re.compile(
    r"[たなるいすっ](?=[一-龥ァ-ヴ0-9])|[ぁ-ん]{5}|^[ぁ-ん]|^(?:本|当|同|両|各)[一-龥]{1,2}$|^今|^補正後|^第?[0-9]+[号回]|年度末?$|末$|現在$|か年$|(?:こと|もの|とき|ところ|ほか|うち|ため|結果|[ぁ-ん])$|^(?:これ|それ|この|その)"
)
_KIND = r"(?:当初|補正後?の?|最終|総)?(?:予算|決算|財政)?"
_MEASURE = re.compile(
    rf"の?(?P<said>{_KIND}(?:総額|規模|補正額|積立額|残高|現在高|合計|総計)|(?<=の){_KIND}額|(?:補正)?予算額|決算額)$"
)
_ITSELF = re.compile(
    r"(?:第[0-9]+条|今回の)?(?:当初|補正後の?|補正)?(?:歳入歳出|収入支出)?の?(?:当初|補正|総)?(?:予算|決算|財政)?(?:の?(?:補正額|額|総額|規模|案|補正))?"
)
_SIDE = re.compile(r"歳入(?!歳出)|(?<!歳入)歳出|収益的|資本的|収入(?!支出)|支出|(?:款|目的|性質|経費|財源)別")
_ACCOUNT = re.compile(
    rf"(?:(?P<year>{_ERA_YEAR})の?)?(?P<name>[一-龥ァ-ヴー・々]*(?:一般|特別|企業|事業|全)会計(?:補正)?(?:予算|決算)?案?(?:\(?第[0-9]+[号回]\)?)?)"
    r"(?=(?<=[算案号回)])(?!に?対)|は|で(?:ござ|あり|す)|に(?:つ|おい|おき|おけ|関し)|の(?:総額|規模|概要|主な|歳)|[、,]|及び|並びに|など)"
)
_BILL = re.compile(r"(?:議案?|報告?|認定?|承認?|諮問?)第[0-9]+号")
IS_ACCOUNT = re.compile(r"(?:一般|特別|企業|事業|全)会計(?:補正)?(?:予算|決算)?案?(?:\([^()]*\))?$")
_SIDE_NAMED = re.compile(
    r"(?<![入般計])(?P<side>歳入(?!歳出)|歳出)(?:予算|決算)?(?:の(?:主な(?:もの|内容)?|内訳|(?:款|目的|性質|経費)別[^、。]{0,6}))?(?:に(?:つ|おい|おき|関し)|では|は[、,]|を|のうち)"
)
LEVEL = re.compile(r"(?:第?[0-9]+款)?(?:第?[0-9]+項)?(?:第?[0-9]+目)?")


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of an account, as shown and read; `less` where it is a fall.

    `name` is "" where it is of what is spoken of; `account` and `side` are what the sentence, or one before it, says that
    the name belongs to, or ""; `year` the fiscal year that they name, western.
    """

    name: str
    measure: str
    text: str
    figure: Quantity
    account: str
    side: str
    year: int | None
    less: bool = False


@dataclass(frozen=True, slots=True)
class Speaking:
    """What a speech is speaking of before a sentence: the account, its side and its year that were named last, `topic` what
    it went on to speak of since; `name` is what the sentence right before told of, None where it told of nothing.
    """

    account: str = ""
    topic: str = ""
    side: str = ""
    year: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """Figures in a row of which the same is said (`5億円、率にして3.1%の減`), the word that says it, and where it ends."""

    figures: tuple[Quantity, ...]
    word: str
    end: int

    @property
    def start(self) -> int:
        return self.figures[0].start


def told(sentence: str, before: Speaking, year: int) -> tuple[list[Told], Speaking]:
    """What a sentence tells, and what is spoken of behind it. `year` is the document's: changes from another year than the
    one before what is spoken of are not read.
    """
    text = fold_kanji_numbers(spelled(sentence))
    topics = _topics(text)
    found: list[Told] = []
    names: list[str] = []
    last: _Run | None = None
    now, topic = before, ""
    for run, lead in _with_leads(text):
        now = _spoken_of(text[: run.start], replace(before, name=before.name if last is None and not found else None))
        bare, compared = _without_comparison(lead, (now.year or year) - 1)
        together = bool(names) and _TOGETHER.search(lead) is not None
        own = names[-1] if last is not None and _continues(bare, last, run) else _name(bare, run, text, now)
        own = None if together else own
        last = None if own is None else run
        if own is None:
            continue
        if own not in names[-1:]:
            names.append(own)
        if compared is None or _AGAINST.match(text, run.end):
            continue
        label, measure = _split(own)
        account, side = _belongs([t for t in topics if t[1] not in names], run.start, label, now)
        topic = account if account in _subjects(text) else topic
        for figure in run.figures:
            said = _measure(run, figure, text, compared, measure or _measure_of(topics, run.start), account)
            if said and (label, account, side, said) not in {(o.name, o.account, o.side, o.measure) for o in found}:
                shown = f"{figure.text}の{run.word}" if run.word else figure.text
                less = bool(_LESS.search(run.word))
                found.append(Told(label, said, shown, figure, account, side, _year_of(text, own) or now.year, less))
    after = _spoken_of(
        text, replace(before, topic="" if {one.name for one in found} & set(_subjects(text)) else before.topic)
    )
    return found, replace(after, topic=topic or after.topic, name=found[-1].name if found else None)


def _with_leads(text: str) -> Iterator[tuple[_Run, str]]:
    """The runs of figures, each with what stands between it and the one before."""
    end = 0
    for run in _runs(text):
        yield run, text[end : run.start]
        end = run.end


def _runs(text: str) -> list[_Run]:
    found: list[list[Quantity]] = []
    for figure in (q for q in find_quantities(text) if q.unit in SCALES or q.unit == "%"):
        between = text[found[-1][-1].end : figure.start] if found else None
        apart = figure.unit != "%" and found and found[-1][-1].unit != "%"
        if between is not None and (between == "" or (_JOIN.fullmatch(between) and not apart)):
            found[-1].append(figure)
        elif text.count("(", 0, figure.start) <= text.count(")", 0, figure.start):
            found.append([figure])
    return [_Run(tuple(run), *_said_of(text, run[-1].end)) for run in found]


def _said_of(text: str, end: int) -> tuple[str, int]:
    """The word behind figures that says they are a change, and where what is said of them ends."""
    grown = _GROWN.match(text, end) or _ADDED_TO.match(text, end)
    return (grown["word"], grown.end()) if grown else ("", end)


def _topics(text: str, told_of: bool = False) -> list[tuple[int, str]]:
    """What a sentence says it is speaking of, in order, each with its end; or only what it tells of (`told_of`)."""
    found = (m for m in _TOPIC.finditer(text) if not told_of or not _PLACE.fullmatch(m["by"]))
    return [(m.end(), _cleaned(m["name"])) for m in found]


def _without_comparison(lead: str, year: int) -> tuple[str, bool | None]:
    """A lead without what it compares with and what only leads to a figure; whether it compares with `year`, or None where
    with anything else.
    """
    match = _COMPARED.search(lead)
    bare = f"{lead[: match.start()]}{lead[match.end() :]}" if match else lead
    while (led := _LEADS_TO.sub("", bare)) != bare:
        bare = led
    others = match is not None and any(p.year != year for p in find_periods(match.group()))
    last = re.split(r"[、,。]", bare.strip("、,"))[-1]
    return bare, None if others or _OTHERWISE_COMPARED.search(last) else match is not None


def _continues(lead: str, last: _Run, run: _Run) -> bool:
    """Whether figures are said of the same as the last ones: 減の135億円; 3億円で、…前年度に比べ2.2%の減."""
    if _GOES_ON.fullmatch(lead):
        return bool(last.word) != bool(run.word) or last.figures[0].unit != run.figures[0].unit
    named = _ADJACENT.search(lead) or _topics(lead, told_of=True) or _BECAUSE_OF_IT.search(lead)
    other = named or (_BECAUSE.search(lead) and not _DID.search(lead))
    return bool(run.word) and not last.word and not other


def _name(lead: str, run: _Run, text: str, before: Speaking) -> str | None:
    """What figures are of, by what stands before them; None where that is not plain."""
    adjacent = _ADJACENT.search(lead)
    if adjacent is not None:
        return _cleaned(lead[: adjacent.start()]) or None
    itself = _BECAUSE_OF_IT.search(lead)
    if itself is not None:
        return _cleaned(itself["name"]) or None
    topics = [name for _, name in _topics(lead, told_of=True)]
    because = None if _DID.search(lead) else _BECAUSE.search(lead)
    if topics:
        return topics[-1] or None if because is None and _PAUSE.search(lead) else None
    if because is not None:
        return _cleaned(because["name"]) or None
    if run.word in _OF_A_BILL and len(run.figures) == 1 and re.match(r"[はの]|のうち|及び", text[run.end :]):
        return _cleaned(lead) or None  # 1項1目議会費1481万1000円の追加は
    alone = run.word and not _topics(text[: run.start], told_of=True) and (not lead or _PAUSE.search(lead))
    return before.name if alone else None


def _cleaned(phrase: str) -> str:
    """The name at the end of a phrase; "" where there is none that stands by itself."""
    name = re.split(r"[、。,「」\s]", phrase.strip("、。 "))[-1]
    name = _BEFORE_NAME.sub("", _CUT.split(name)[-1])
    last = _NARROWED.split(name)[-1]
    if _ITSELF.fullmatch(last):
        return last
    return name if last == name and _NAME.fullmatch(name) and not _NO_NAME.search(name) else ""


def _year_of(text: str, name: str) -> int | None:
    """The fiscal year that stands right before a name: 令和4年度の実質収支."""
    said = re.search(rf"(?P<year>{_ERA_YEAR})(?:末)?の?{re.escape(name)}", text) if name else None
    return find_periods(said["year"])[0].year if said else None


def _subjects(text: str) -> list[str]:
    """What a sentence says that it tells of."""
    return [name for _, name in _topics(text, told_of=True)]


def _split(name: str) -> tuple[str, str]:
    """A name and the measure of it that is told: 議会費の補正予算額, 歳入歳出予算の総額 (of what is spoken of)."""
    if name and _ITSELF.fullmatch(name):
        return "", ADDED if name.endswith("補正") else name
    match = _MEASURE.search(name)
    return (name[: match.start()], match["said"]) if match and match.start() > 1 else (name, "")


def _measure_of(topics: Sequence[tuple[int, str]], start: int) -> str:
    """The measure that a topic before a figure names: 財政規模は、一般会計では."""
    said = [name for end, name in topics if end <= start and name and _ITSELF.fullmatch(name)]
    return said[-1] if said else ""


def _measure(run: _Run, figure: Quantity, text: str, compared: bool, said: str, account: str) -> str:
    """Which measure a figure is of; "" where that is not plain."""
    rate = figure.unit == "%"
    if sum((f.unit == "%") == rate for f in run.figures) > 1:
        return ""
    if run.word:
        of_bill = run.word in _OF_A_BILL and not compared and len(run.figures) == 1 and not rate
        if "補正" in said and not rate:
            return said
        if of_bill and ("補正" in f"{said}{account}" or re.match(r"[はの]|のうち|及び|し", text[run.end :])):
            return ADDED
        return RATE if rate else CHANGE
    if rate:
        return SHARE if len(run.figures) == 1 and (_OF_WHOLE.match(text, run.end) or _SHARES.search(text)) else ""
    return (said or AMOUNT) if len(run.figures) == 1 else ""


def _belongs(topics: Sequence[tuple[int, str]], start: int, name: str, before: Speaking) -> tuple[str, str]:
    """The account and the side that a name belongs to, by the topics of its sentence and what was spoken of before."""
    open_ = [topic for end, topic in topics if end <= start and topic and not _ITSELF.fullmatch(topic)]
    sides = [topic for topic in open_ if _SIDE.search(topic)]
    others = [topic for topic in open_ if not _SIDE.search(topic)]
    if IS_ACCOUNT.search(name):
        return "", sides[-1] if sides else ""
    if not name:
        return (others[-1] if others else before.topic or before.account), sides[-1] if sides else ""
    return (others[-1] if others else before.topic or before.account), (
        sides[-1] if sides else "" if others else before.side
    )


def _spoken_of(text: str, before: Speaking) -> Speaking:
    """What is spoken of behind a text."""
    named = {_BEFORE_NAME.sub("", m["name"]): m["year"] for m in _ACCOUNT.finditer(text)}
    sides = {m["side"] for m in _SIDE_NAMED.finditer(text)}
    account, topic, year = before.account, before.topic, before.year
    if _BILL.search(text):
        account = topic = ""
    if named:
        account, topic, said = "", "", next(iter(named.values()))
        if len(named) == 1:
            account = next(iter(named))
        year = find_periods(said)[0].year if said else year
    kept = before.side if account == before.account else ""
    return Speaking(account, topic, sides.pop() if len(sides) == 1 else kept, year, before.name)
