"""What a question takes for granted against what an answer would say: another year, a figure of another kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace as changed

from corpus.folding import searchable
from corpus.values import Period, find_periods, find_quantities, fold_kanji_numbers, is_nothing
from index import Store
from index.words import words
from qa.english import translated
from qa.figures_told import figures_told
from qa.labels import core, mentions_period, own_periods
from qa.lookup import letters
from qa.money import SCALES
from qa.parts import breakdown, labelled
from qa.prose_candidates import governing
from qa.prose_kinds import same_units, units_asked
from qa.prose_reading import nearness, read
from qa.spoken_years import spoken
from qa.types import Draft, Evidence, Explained, Operation, Question
from qa.understand import EXTREMES, LOOK_UPS, VERB_NOUN_WEIGHT

_FISCAL_MONTH = 4  # the month in which a fiscal year begins
_WHEN_IN_IT = re.compile(r"(?:の|は|に|には|で)?[、,]?(?:いつ|何月|何日)")
_RATE = re.compile(r"率$|率[(（]|割合|構成比")
_TELLING = 100  # a smaller figure is the same by chance
_MEANS_THAT = 0.62  # cosine of two words from which on they may mean the same
_HEADINGS = 2  # the nearest ones

_NAMES_WITH_YEAR = re.compile(r"度?(?:関係|当初予算|補正予算|予算|決算|一般会計|事業)")
_ABOUT = re.compile(r"(?P<how>について|に関(?:し|する)|に向け|に備え|に係る)")
_SAID_WHEN = re.compile(
    r"[0-9]\s*(?:時|日|月|年(?!度))|曜|随時|通年|毎[年月日週]|年内|早期|当面|未定|[春夏秋冬]|上旬|中旬|下旬|今後"
)
# 設置されない, 申請していない, 対象にならない; not ありませんか, 教えてくれない.
_NOT_DONE = re.compile(
    r"(?P<what>[一-龥]{2,}|[ァ-ヶー]{3,})(?:には?|が|を|は|も)?(?:され|さ|し|せ|でき|出来|なら|なって|行われ|受け)"
    r"(?:て(?:は|い)*)?(?:ない|なかった|ません(?!か))"
)
_NOT = re.compile(r"ない|なかっ|なく|ません|ず(?![つっ])|ぬ")
_CHANGED = re.compile(r"[増減]|伸び|縮|上回|下回|上昇|低下|上が|下が|拡|落ち")
_DID_IT = re.compile(r"(?:[ぁ-ん]{0,4}[ただ])(?:の|人|方)は(?:誰|だれ|どなた)")
_WHETHER = re.compile(
    r"^(?!.*(?:何|どれ|どの|どこ|どちら|どう|誰|いくつ|いくら|いつ|なぜ)).*[うくぐすつぬぶむるたい](?:の|ん)?(?:です|でしょう)?(?:か)?[?。]*$"
)
_CALLED_OFF = re.compile(r"中止|見送|取り?やめ|とりやめ|延期|断念")  # what was not done, in other words
_NUMBERS = ("number", "money", "people", "count", "percent")
_ITEM = re.compile(r"\s*[(（※]?[0-9]{1,2}[)）.]?\s")
# 東区, 北地区; not 各区, 選挙区.
_WARD = re.compile(
    r"(?:(?<![一-龥ァ-ヶー])|(?<=[市県府都道]))(?!各|全|同|他|当|本|両|毎|市|県|旧|町|村|地|校|学|特別|選挙|行政|管)(?P<name>[一-龥ァ-ヶー]{1,4}?)(?P<kind>地区|区)(?![一-龥ァ-ヶー])"
)
_PART_OF_WHOLE = re.compile(r"に(?:対して)?占める(?P<part>[^、,。?]+?)の(?:割合|比率|構成比|シェア)")
_ALL_OF_THEM = re.compile(r"(?:すべて|全て|全部|残らず)(?:を)?(?:[挙あ]げ|教え|列挙|並べ|書き|示し|お答え|答え)")
_SO_MANY = re.compile(r"(?<![0-9])(?P<many>[2-9]|1[0-9])つの[^。?]*(?:合計|合わせ|足し|総額)")
_TOTAL_OF_MANY = re.compile(r"(?<![0-9])(?P<many>[2-9]|1[0-9])(?:つの)?[^、。0-9]{0,8}の(?:予算)?(?:総額|合計|総計)")
_ASKED_COST = re.compile(
    r"(?:の|、)(?P<on>総?(?:[一-龥]{2}){1,3})費(?:\([^()]{1,12}\))?は[、,]?(?:いくら|何(?:円|億|万|千))"
)
_ASKED_NAME = re.compile(
    r"(?P<name>[一-龥ァ-ヶー々]{2,12})は[、,]?(?:いくら|何(?:円|人|件|億|万|千|世帯|%)|(?:前|昨)年|[?]?\s*$)"
)
_GOES_ON = re.compile(
    r"(?!額|数|(?:件|人|回|校|社|個|台|本|点|団体|世帯)数|受け?入れ?|実績|費|等|分|者|予算|決算|合計|総|全|特別会計|会計|事業|活動|収入|歳)[一-龥ァ-ヶー]"
)
_SEVERAL_TOLD = 3  # figures of a text from which one sees which is the most
_EXTREME = re.compile(r"最|一番|[1１]位|トップ|ピーク|上限|下限|[多少高低長短大小][いくきさ]|超")
_BARE_MONTH = re.compile(r"(?:^|[^0-9年])[0-9]{1,2}月(?!分)")
_ASKED_NAMES = re.compile(
    r"(?:会社|企業|団体|事業者|法人|施設|学校|高校|店|社|校|者)名(?=を|は|が|も|[?。]|$)|(?:名前|名称|氏名)(?=を|は|が|も|[?。]|$)"
)
_SO_MANY_NAMES = re.compile(
    r"(?<![0-9])(?P<many>[2-9]|[1-4][0-9])(?:社|団体|校|人|名|か所|施設|法人|店)の[^、。?]{0,4}名(?!称?称)"
)
_NAMES = re.compile(r"[、・,/]|及び|\s")
_NAMED = ("会社", "企業", "団体", "事業者", "業者", "法人", "施設", "学校", "店", "職員", "選手", "世帯")
_WHOSE_NAME = re.compile(
    rf"(?:どの|[何な]んという|何という)(?P<which>{'|'.join(_NAMED)})|(?P<of>{'|'.join(_NAMED)})(?:の(?:名称|名前|氏名)|名)"
)
_UNNAMED = {of: re.compile(rf"(?P<unnamed>一部の|(?<![一-龥ぁ-ん])ある|複数の|いくつかの|数)?{of}") for of in _NAMED}
_SO_MANY_OF = re.compile(
    r"(?:[一-龥ァ-ヶー]{1,10}(?:[::]|は|数)?)?\s*(?:約|延べ|計)?\s*[0-9][0-9,]*\s*(?:社|名|人|団体|件|校|者|施設|事業者|法人|企業|か所)"
)
_ASKED_AMOUNT = re.compile(
    r"(?:[一-龥ァ-ヶー](?:費|額|料金)|予算|決算)(?:って|は)?[、,]?(?:いくら[^、。]{0,8}|何円[^、。]{0,6})?[?。]*$"
)
_WHY = re.compile(r"なぜ|どうして|なんで|何で|理由|原因")
_ENDED = re.compile(r"終了|廃止|中止|休止|閉鎖|閉館|閉校|打ち?切|取り?やめ|とりやめ|見送|満了|満期|停止|終え|休館|撤退")
_HOW_OFTEN = re.compile(
    r"何(?P<unit>回|件|本|台|枚|冊|部)(?:くらい|ぐらい|ほど)?(?P<did>[一-龥]{2})(?:され|し(?:た|て|ま)|できた)"
)
_SIZE = "(?:多|大き|高|長|少な|小さ|低|短|安)(?:い|かった)"
_WHICH_OF_TWO = re.compile(
    rf"(?P<one>[^、。とや]+)[とや](?P<other>[^、。とや]+?)(?:と?では?|の(?:うち|中で)|、).*"
    rf"(?:(?:どちら|どっち)(?:の(?:ほう|方))?(?:が|の[^、。はが]{{1,12}}が){_SIZE}|{_SIZE}(?:の|ほう|方)は[、,]?(?:どちら|どっち))"
)
_TWO = 2
_NEAR = 14  # letters behind a word in which it is denied


def of_another_year(store: Store, question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether sentences speak of years, and of none that is asked for; what they say of the year before may be asked for."""
    asked = question.periods
    if not asked or any(one.kind != "passage" for one in evidence) or spoken(question.folded):
        return False
    told = [period for one in evidence for period in _told(store, one)]
    if not told or any(spoken(read(one.value).folded) for one in evidence):
        return False
    if question.wants == "date" and "決算" in question.folded:  # which is closed and audited in the year after
        told = [changed(one, year=one.year - 1) if one.day else one for one in told]
    if question.operation is Operation.DIFFERENCE and len({p.year for p in asked}) > 1:
        missing = any(not any(_same(period, one) for period in told) for one in asked)
        return missing and any(not any(_same(period, one) for one in asked) for period in told)
    return not any(_same(period, one) for one in asked for period in told)


def under_another_year(question: Question, draft: Draft) -> bool:
    """Whether the headers over all that is cited name years, and neither they nor the quotes any year that is asked for.

    Beside 令和4年度収入済額 a plain 収入済額 is that of the document's own year. Where no header names a year the names of the
    rows do (交流まつり(令和3年11月2日～4日)), unless what stands above them is of the year asked for.
    """
    bounds = [(bound.start, bound.end) for bound in question.comparisons if bound.year is not None]
    periods = [
        p for p in question.periods if not any(a <= p.start < b for a, b in bounds)
    ]  # 令和3年度以降: a later one
    if not periods or spoken(question.folded):
        return False
    heads = [period for c in draft.citations for head in c.column for period in own_periods(searchable(head))]
    said = {" ".join(c.column) for c in draft.citations if c.column}
    dated = {core(head) for head in said if own_periods(searchable(head))}
    if any(core(head) in dated for head in said if not own_periods(searchable(head))):
        return False
    quoted = [period for c in draft.citations for period in find_periods(searchable(c.quote))]
    if question.spans and len(periods) > 1:  # 平成27年度から令和6年度まで: any year between
        first, last = min(p.year for p in periods), max(p.year for p in periods)
        return bool(heads) and not any(first <= told.year <= last for told in (*heads, *quoted))
    if not heads:
        heads = _years_of_rows(draft)
        above = {head for c in draft.citations for head in (c.title, *c.heading)}
        quoted += [period for head in above for period in find_periods(searchable(head))]
    return bool(heads) and not any(_same(told, one) for one in periods for told in (*heads, *quoted))


def _years_of_rows(draft: Draft) -> list[Period]:
    """The days that the names of the rows give, where every row cited has one."""
    named = [find_periods(searchable(c.row or "")) for c in draft.citations]
    return [one for ones in named for one in ones] if all(any(p.month for p in ones) for ones in named) else []


def of_another_time(question: Question, draft: Draft) -> bool:
    """Whether it is asked when in a year something was (令和3年度のいつ, R3は何月何日に) and all dates told are of other years."""
    asked = [p for p in question.periods if _WHEN_IN_IT.match(question.folded, p.end)]
    told = [p for c in draft.citations for p in find_periods(searchable(c.quote))]
    bare = any(_BARE_MONTH.search(searchable(c.quote)) for c in draft.citations)  # 6月、11月: of the year of it all
    return bool(asked and told) and not bare and not any(_same(one, period) for period in asked for one in told)


def of_another_event(
    store: Store, question: Question, accounts: Sequence[Explained], evidence: Sequence[Evidence]
) -> bool:
    """Whether it is asked when something is done (いつ完成する) and a text dates something else: no word of it means that."""
    if question.wants not in ("date", "day", "month") or question.operation not in LOOK_UPS:
        return False
    done = [a for a in accounts if a.term.pos == "名詞" and a.term.weight == VERB_NOUN_WEIGHT]
    asked = max(done, key=lambda a: a.term.start, default=None)
    if asked is None or asked.strength > 0.0:
        return False
    texts = " ".join(one.value for one in evidence)
    return nearness(texts, asked.term.surface, store.encoder, whole=False) < _MEANS_THAT


def of_another_ward(question: Question, draft: Draft) -> bool:
    """Whether a text is quoted that speaks of another ward or district (南区) than the one asked for (東区)."""
    asked = _wards(question.folded)
    if not asked:
        return False
    said = searchable(" ".join((_said_or_cited(draft), *(c.title for c in draft.citations))))
    kinds = {kind for _, kind in asked}
    return not any(name in said for name, _ in asked) and any(kind in kinds for _, kind in _wards(said))


def _said_or_cited(draft: Draft) -> str:
    """What an answer says, its quotes and the labels that they stand under, folded."""
    cited = (word for c in draft.citations for word in (c.quote, c.row or "", *c.heading, *c.column))
    return searchable(" ".join((draft.text, *cited)))


def _wards(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((m["name"], m["kind"]) for m in _WARD.finditer(text))


def of_no_date(question: Question, draft: Draft) -> bool:
    """Whether it is asked when something is and a text tells no time, or only that of what it tells about it: …の統合について、2月に説明会を開催した.

    令和7年度関係議案 names no time but what the 議案 are of.
    """
    if question.wants not in ("date", "day", "month") or question.operation is not Operation.VALUE or question.periods:
        return False
    told = searchable(draft.text)
    periods = find_periods(told)
    times = [p for p in periods if p.month is not None or not _NAMES_WITH_YEAR.match(told, p.end)]
    if not times:
        return bool(periods) and _SAID_WHEN.search(told) is None
    about = _ABOUT.search(told)
    if about is None or any(p.start < about.start() for p in times) or about["how"] in question.folded:
        return False
    said = letters(question.folded)
    done = (word for word in words(told[about.end() :]) if word.pos == "名詞" and word.surface[1:])
    return not any(letters(word.surface) in said for word in done)


def of_no_change(question: Question, text: str) -> bool:
    """Whether things are counted or listed by how they changed, and a quoted text tells of no change."""
    asked = question.operation in (Operation.COUNT, Operation.LIST) and bool(question.change)
    return asked and _CHANGED.search(searchable(text)) is None


def predicate_left_out(question: Question, accounts: Sequence[Explained]) -> bool:
    """Whether it is asked if something is done (続いていますか, 超えてる？), or who did it (優勝したのは誰), and nothing explains that verb."""
    last = max(accounts, key=lambda a: a.term.start, default=None)
    if question.operation is not Operation.VALUE or last is None:
        return False
    if question.wants == "person":
        return last.strength == 0.0 and _DID_IT.match(question.folded, last.term.end) is not None
    if question.wants is not None or _WHETHER.search(question.folded) is None:
        return False
    return last.term.pos == "動詞" and last.strength == 0.0


def _says_rate(head: str) -> bool:
    """Whether a header is that of per cents, in Japanese or in the English of open data."""
    return _RATE.search(head) is not None or any(_RATE.search(one) for one in translated(head))


def _told(store: Store, one: Evidence) -> Sequence[Period]:
    """The periods a sentence speaks of: its own, those of its paragraph, or of its headings."""
    own = read(one.value).periods
    if own:
        return own
    above = governing(store.documents[one.document], one.position)
    if above:
        return read(above).periods[:1]
    return find_periods(searchable(" ".join(one.subject[-_HEADINGS:])))


def _same(told: Period, asked: Period) -> bool:
    """Whether two periods may be the same: a day of March is also of the fiscal year that began the year before."""
    if mentions_period(told, (asked,)):
        return True
    years = {told.year, told.year - 1} if told.month is None or told.month < _FISCAL_MONTH else {told.year}
    return told.fiscal is not True and asked.year in years


def of_another_measure(question: Question, draft: Draft) -> bool:
    """Whether a figure is put forward (30%と聞きました) and nothing that is said or cited is counted in its unit."""
    claim = question.claim
    if claim is None or claim.unit is None:
        return False
    alike = frozenset(SCALES) if claim.unit in SCALES else same_units(claim.unit) | {claim.unit}
    said = (draft.text, *(f"{c.quote} {' '.join(c.column)}" for c in draft.citations))
    figures = [q for text in said for q in find_quantities(searchable(text))]
    printed = {q.unit for q in figures}
    if claim.unit == "%" and any(_says_rate(head) for c in draft.citations for head in c.column):
        return False
    if claim.value >= _TELLING and any(q.unit is None and q.value == claim.value for q in figures):
        return False  # just this figure, in a table that prints no unit
    return not (printed & alike) and not any(f"({unit})" in searchable(text) for text in said for unit in alike)


_PER_ONE = re.compile(r"(?:当た?り|あたり|につき)")


def tells_no_number(question: Question, text: str) -> bool:
    """Whether a number is asked for and a quoted text holds none but those of its item, of years and of laws."""
    number = question.operation is Operation.VALUE and question.wants in _NUMBERS
    if not number and question.operation is not Operation.COUNT:
        return False
    folded = fold_kanji_numbers(searchable(text))
    begins = _ITEM.match(folded)
    told = [q for q in figures_told(text) if begins is None or q.start >= begins.end()]
    told = [q for q in told if not _PER_ONE.match(folded, q.end)]  # 1世帯当たり3万円 says of no number of households
    units = units_asked(question) if question.wants in ("count", "people") else None
    if question.wants == "number" and question.unit:
        units = same_units(question.unit) | {question.unit}
    return not any(units is None or q.unit is None or q.unit in units for q in told)


def of_no_such_cost(question: Question, draft: Draft) -> bool:
    """Whether what something costs is asked for by what it is spent on (建設工事費), and that is said nowhere in what is cited."""
    asked = _ASKED_COST.search(question.folded)
    if asked is None:
        return False
    told = _said_or_cited(draft)
    words_of = re.findall(r"[一-龥]{2}", asked["on"].removeprefix("総"))
    if asked["on"].startswith("総") and re.search(r"総|全体|合計", told) is None:
        return True
    return not all(word in told for word in words_of)


def tells_no_amount(question: Question, text: str) -> bool:
    """Whether what something costs is asked for by a bare name (製作費は？), and a quoted text holds no figure."""
    asked = question.operation is Operation.VALUE and _ASKED_AMOUNT.search(question.folded) is not None
    return asked and not figures_told(text)


def of_more_together(question: Question, text: str) -> bool:
    """Whether what a number of things come to is asked for (3つの会計の合計), and a text only tells the total of another number."""
    asked = _SO_MANY.search(question.folded)
    told = {m["many"] for m in _TOTAL_OF_MANY.finditer(searchable(text))}
    return asked is not None and bool(told) and asked["many"] not in told


def of_longer_name(question: Question, text: str) -> bool:
    """Whether the figure of something is asked for (町債はいくら) and a quoted text only tells of what begins with its name (町債残高)."""
    asked = _ASKED_NAME.search(question.folded)
    if asked is None:
        return False
    told = [m.end() for m in re.finditer(re.escape(asked["name"]), searchable(text))]
    return bool(told) and all(_GOES_ON.match(searchable(text), end) for end in told)


def of_several_changes(question: Question, draft: Draft) -> bool:
    """Whether one change is asked for, and the figures of several rows are told from which none is worked out."""
    if question.operation is not Operation.DIFFERENCE or draft.kind != "value" or draft.calculation:
        return False
    return len({c.row for c in draft.citations if c.row is not None}) > 1


def of_no_extreme(question: Question, draft: Draft) -> bool:
    """Whether the largest or smallest is asked for, and one thing is told of which nothing says that it is."""
    if question.operation not in EXTREMES or draft.kind in ("maximum", "minimum") or draft.calculation:
        return False
    heads = " ".join(head for c in draft.citations for head in (*c.column, c.quote))
    if any(c.column and len(figures_told(c.quote)) > 1 for c in draft.citations):
        return False  # a cell that holds the figures of several, from which one sees it
    texts = [c.quote for c in draft.citations if not c.column]
    if any(len(labelled(text)) >= _SEVERAL_TOLD and breakdown(text) is None for text in texts):
        return False  # nor a text that does; a whole and what it is made of are no such figures
    return _EXTREME.search(searchable(f"{draft.text} {heads}")) is None


def of_no_such_part(question: Question, draft: Draft) -> bool:
    """Whether the share that something has in a whole is asked for (…に占める地方交付税の割合), and nothing said or cited is called so."""
    asked = _PART_OF_WHOLE.search(question.folded)
    if asked is None:
        return False
    told = _said_or_cited(draft)
    words_of = re.findall(r"(?=([一-龥ァ-ヶー]{2}))", asked["part"])
    return 2 * sum(word in told for word in words_of) < len(words_of)  # 地方債 is not 地方交付税


def of_one_of_two(question: Question, draft: Draft) -> bool:
    """Whether it is asked which of two has more (AとB、多いのはどっち), and only what one of them has is told."""
    asked = _WHICH_OF_TWO.search(question.folded)
    if asked is None or draft.calculation or draft.kind not in ("value", "passage"):
        return False
    if sum(value.is_number for value in draft.values) > 1:
        return False
    told = letters(" ".join(c.quote for c in draft.citations))
    return not all(letters(asked[name])[-_TWO:] in told for name in ("one", "other"))


def of_no_such_end(question: Question, draft: Draft) -> bool:
    """Whether it is asked why something came to an end (なぜ終了した), and nothing said or cited tells of any end."""
    asks = _WHY.search(question.folded) is not None and _ENDED.search(question.folded) is not None
    return asks and _ENDED.search(_said_or_cited(draft)) is None


def of_another_doing(question: Question, draft: Draft) -> bool:
    """Whether it is asked how often one thing was done (何回再生された) and how often another was is quoted (配信回数 1回)."""
    asked = _HOW_OFTEN.search(question.folded)
    if asked is None or question.operation not in (Operation.VALUE, Operation.COUNT):
        return False
    told = searchable(" ".join(c.quote for c in draft.citations))
    others = re.findall(rf"([一-龥]{{2}}){asked['unit']}数[ :は約]*[0-9]", told)
    return bool(others) and asked["did"] not in told


def lists_nothing(draft: Draft) -> bool:
    """Whether one of the things listed is but a mark for nothing (—)."""
    return draft.kind == "list" and any(is_nothing(searchable(str(value.text))) for value in draft.values)


def of_no_name(question: Question, draft: Draft) -> bool:
    """Whether names are asked for (参加した14社の会社名) and all that is quoted says how many there are (参加企業:14社)."""
    whose, names = _WHOSE_NAME.search(question.folded), _ASKED_NAMES.search(question.folded)
    if not (whose or names) or draft.calculation or draft.kind not in ("value", "passage"):
        return False
    said = [c.quote for c in draft.citations if letters(c.quote) in letters(draft.text)]
    many = _SO_MANY_NAMES.search(question.folded)
    if many is not None and max((len(_NAMES.split(quote)) for quote in said), default=0) < int(many["many"]):
        return True
    named = _UNNAMED[whose["which"] or whose["of"]] if whose is not None else None
    unnamed = [m["unnamed"] for quote in said for m in named.finditer(searchable(quote))] if named else []
    if unnamed and all(unnamed):
        return True  # 一部の団体において、…: which, it does not say
    only_counted = all(not _SO_MANY_OF.sub("", searchable(quote)).strip(" 、・,()") for quote in said)
    return names is not None and bool(said) and only_counted


def of_one_only(question: Question, draft: Draft) -> bool:
    """Whether all that are so are to be listed, and one figure of one thing is told."""
    if question.operation is not Operation.LIST or draft.kind != "value" or draft.calculation:
        return False
    one_figure = len(draft.values) == 1 and draft.values[0].is_number
    return one_figure and _ALL_OF_THEM.search(question.folded) is not None


def adds_nothing(question: Question, draft: Draft) -> bool:
    """Whether all that is quoted are words of the question itself (「高齢化率」とあります)."""
    said = letters(question.folded)
    return bool(draft.citations) and all(letters(c.quote) in said for c in draft.citations)


def affirms_what_is_denied(question: Question, accounts: Sequence[Explained], draft: Draft) -> bool:
    """Whether it is asked for what is not done (設置されない, 申請しなかった) and the answer only tells, or is chosen by a cell that tells, of what is."""
    if question.operation is Operation.YESNO or question.wants in ("reason", "manner"):
        return False
    told = searchable(" ".join((draft.text, *(c.quote for c in draft.citations))))
    for said in () if _CALLED_OFF.search(told) else _NOT_DONE.finditer(question.folded):
        if any(a.term.surface == said["what"] and a.strength and a.by == "cell" for a in accounts):
            return True
        found = list(re.finditer(re.escape(said["what"]), told))
        if found and not any(
            _NOT.search(told[at.end() : at.end() + _NEAR]) or told[: at.start()].endswith("未") for at in found
        ):
            return True
    return False
