"""Sentences of a speech that tell accounts one after another, read as what they are: names with figures.

`町税につきましては、…により、2.2%、3,970万円減の13億5,120万円を見込みました` tells of 町税 the amount, the change and its rate. Budgets and
settlements are presented so from sentence to sentence; together they are a table that was spoken (`qa/told_frame.py`). A
figure whose name, sign or comparison is not plain is left to the sentence that says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.values import Quantity, find_periods, find_quantities, fold_kanji_numbers
from qa.money import SCALES
from qa.parts import spelled
from qa.speaking import IS_ACCOUNT, Speaking, belongs, spoken_of
from qa.told_names import (
    ADDED,
    BY,
    ERA_YEAR,
    ITSELF,
    cleaned,
    measure_of,
    split_measure,
    subjects,
    topics_of,
    year_of_name,
)

AMOUNT, CHANGE, RATE, SHARE = "額", "増減額", "増減率", "構成比"
_RATE_OF = r"(?:(?:率|割合)にして|率に直すと|比率で|(?:伸び|増減|増加|減少)?率(?:では?|は)?)"
_JOIN = re.compile(rf"[、,(]?\s*(?:{_RATE_OF}|金額で|約|およそ)?[、,]?\s*")
_GROWN = re.compile(
    r"[)]?\s*(?:の|も|ほど|程度)?\s*(?P<word>微増|微減|増加|減少|増額|減額|縮減|削減|圧縮|増(?![設築刷員便収強])|減(?![免税価反収])|追加|上昇|低下)"
)
_ADDED_TO = re.compile(r"を(?P<word>追加|増額|減額)")
_LESS = re.compile(r"減|低下|圧縮")
_OF_A_BILL = frozenset(("追加", "増額", "減額"))
_COMPARED = re.compile(
    rf"(?:これを)?(?:対?前年度?|昨年度?|{ERA_YEAR})(?:の?(?:同期|末|当初|肉付け後))?(?:の?(?:予算|決算))?(?:額|総額)?"
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
_ADJACENT = re.compile(rf"(?:{BY}|が|も|で)[、,]?$")
_CHANGED_BY = re.compile(r"を$")  # 国民健康保険税を6.3%減の10億円と見込み
_REASON = r"[^。はが]*?(?:により|によって|から|に伴い|のため)[、,]?$"
_BECAUSE = re.compile(rf"(?P<name>[^、。,をがは]+?)が{_REASON}")
_BECAUSE_OF_IT = re.compile(rf"(?P<name>[^、。,をがは]+?)は(?![、,]){_REASON}")
_DID = re.compile(r"[たるっれ](?:こと|もの)?(?:など|等)?(?:により|によって|から|に伴い|のため)[、,]?$")
_GOES_ON = re.compile(r"(?:の計上|を計上し|を見込み|と見込|となり|となって|とし|で|に|の|を占め(?:る|て)?|[、,])*")
_OF_WHOLE = re.compile(r"を占め|の(?=[0-9〇一二三四五六七八九十百千])")
_TOGETHER = re.compile(r"(?:全体|総額|合計|合わせて)(?:では?|は|として)?[、,]?$")
_PAUSE = re.compile(r"(?<!として)[、,]$|(?:により|によって|から|に伴い|のため)$")
_SHARES = re.compile(r"構成比|割合|占め|全体の")


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
    after = spoken_of(text, before)
    if not any(q.unit in SCALES or q.unit == "%" for q in find_quantities(text)):
        return [], replace(after, name=None)
    topics, told_of = topics_of(text), subjects(text)
    found: list[Told] = []
    topic = ""
    seen: set[tuple[str, ...]] = set()
    used: list[str] = []
    for run, name, compared, now in _named(text, before, year):
        used.append(name)
        label, measure = split_measure(name)
        if IS_ACCOUNT.search(label) and _of_something_else(text[: run.start], used):
            continue  # 町債残高は、一般会計については3億円の縮減
        account, side = belongs([t for t in topics if t[1] not in used], run.start, label, now)
        topic = account if account in told_of else topic
        for figure in run.figures:
            said = _measure(run, figure, text, compared, measure or measure_of(topics, run.start), account)
            if said and (label, account, side, said) not in seen:
                seen.add((label, account, side, said))
                shown = f"{figure.text}の{run.word}" if run.word else figure.text
                less = _LESS.search(run.word) is not None
                found.append(
                    Told(label, said, shown, figure, account, side, year_of_name(text, name) or now.year, less)
                )
    if {one.name for one in found} & set(told_of):
        after = spoken_of(text, replace(before, topic=""))
    return found, replace(after, topic=topic or after.topic, name=found[-1].name if found else None)


def _of_something_else(text: str, used: list[str]) -> bool:
    """Whether a sentence says that it tells of something that is neither an account's amount nor told of already."""
    others = (one for one in subjects(text) if one not in used and not IS_ACCOUNT.search(one))
    return any(not ITSELF.fullmatch(one) for one in others)


def _named(text: str, before: Speaking, year: int) -> Iterator[tuple[_Run, str, bool, Speaking]]:
    """The runs of figures that plainly are of something: what, whether they are compared with the year before, and what is
    spoken of there.
    """
    name: str | None = None
    last: _Run | None = None
    for at, (run, lead) in enumerate(_with_leads(text)):
        now = spoken_of(text[: run.start], replace(before, name=None if at else before.name))
        bare, compared = _without_comparison(lead, (now.year or year) - 1)
        if at and _TOGETHER.search(lead):
            name = None
        elif name is None or last is None or not _continues(bare, last, run):
            name = _name(bare, run, text, now)
        last = run if name is not None else None
        if name is not None and compared is not None and not _AGAINST.match(text, run.end):
            yield run, name, compared, now


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
    named = _ADJACENT.search(lead) or topics_of(lead, told_of=True) or _BECAUSE_OF_IT.search(lead)
    other = named or (_BECAUSE.search(lead) and not _DID.search(lead))
    return bool(run.word) and not last.word and not other


def _name(lead: str, run: _Run, text: str, before: Speaking) -> str | None:
    """What figures are of, by what stands before them; None where that is not plain."""
    adjacent = _ADJACENT.search(lead) or (
        _CHANGED_BY.search(lead) if run.word and text[run.end : run.end + 1] == "の" else None
    )
    if adjacent is not None:
        return cleaned(lead[: adjacent.start()]) or None
    if not run.word and IS_ACCOUNT.search(direct := cleaned(lead)):
        return direct  # 予算規模については、一般会計8,666億円、総計1兆円
    itself = _BECAUSE_OF_IT.search(lead)
    if itself is not None:
        return cleaned(itself["name"]) or None
    topics = [name for _, name in topics_of(lead, told_of=True)]
    because = None if _DID.search(lead) else _BECAUSE.search(lead)
    if topics:
        return topics[-1] or None if because is None and _PAUSE.search(lead) else None
    if because is not None:
        return cleaned(because["name"]) or None
    if run.word in _OF_A_BILL and len(run.figures) == 1 and re.match(r"[はの]|のうち|及び", text[run.end :]):
        return cleaned(lead) or None  # 1項1目議会費93万円の追加は
    alone = run.word and not topics_of(text[: run.start], told_of=True) and (not lead or _PAUSE.search(lead))
    return before.name if alone else None


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
