"""A question's text → a `Question`: operation, kind of thing wanted, periods, and the terms that must be explained.

The grammar is data (`grammar.toml`); what stands here only applies it, longest stretch first come first served.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from corpus.folding import searchable
from corpus.values import Period, Quantity, find_periods, find_quantities, fold_kanji_numbers
from index.words import Word, words
from qa.ages import age_groups
from qa.boundaries import DENIES
from qa.grammar import grammar
from qa.numbered import kind_behind
from qa.respelled import respelled
from qa.spoken_years import years_between
from qa.started import started
from qa.synonyms import spoken_words
from qa.types import Comparison, Operation, Question, Term, UnaskableQuestion

LONGEST = 1000
# Verbs and adjectives are said in other words more often than nouns, names and figures are.
_WEIGHTS = {"動詞": 0.4, "形容詞": 0.5, "副詞": 0.3, "形状詞": 0.6, "接尾辞": 0.3, "接頭辞": 0.3, "連体詞": 0.2}
_NAME_WEIGHT = 1.0
_NOUN_WEIGHT = 0.8
_SOFT_WEIGHT = 0.3
# When several operations are named, what is done to the outcome of the others: the largest of the differences.
_FIRST = (
    Operation.CHAT, Operation.FOLLOW_UP, Operation.MAXIMUM, Operation.MINIMUM, Operation.AVERAGE, Operation.COUNT,
    Operation.RATIO, Operation.DIFFERENCE, Operation.SUM, Operation.LIST, Operation.EACH, Operation.YESNO,
)  # fmt: skip
_DONE_WITH_CELLS = {
    Operation.SUM, Operation.AVERAGE, Operation.MAXIMUM, Operation.MINIMUM, Operation.COUNT, Operation.DIFFERENCE,
    Operation.RATIO,
}  # fmt: skip
NUMERIC = {
    Operation.SUM, Operation.AVERAGE, Operation.MAXIMUM, Operation.MINIMUM, Operation.DIFFERENCE, Operation.RATIO,
}  # fmt: skip
EXTREMES = frozenset({Operation.MAXIMUM, Operation.MINIMUM})
LOOK_UPS = {Operation.VALUE, Operation.EACH, Operation.YESNO}
_THING_SAID = re.compile(r"(?!今回|今度|当時|場合|実際|全体)[一-龥ァ-ヶー]{2,}")  # 資料 of 資料提供, but no 今回補正額
_RATE = re.compile(
    r"(?:増減|増加|減少|伸び|変化)率|何(?:%|パーセント|割)|割合|比率|構成比|シェア|(?:%|パーセント)(?:増|減)"
)
# 積立額が取崩額より多い基金: one column against another.
BESIDE_ONE_ANOTHER = re.compile(
    r"(?P<one>[一-龥ァ-ヶー]{2,}?)が(?P<other>(?!対?前年度?|昨年度?)[一-龥ァ-ヶー]{2,}?)(?P<by>(?:より(?:も)?|を)"
    r"(?:(?P<more>多|大き|高|上回|超え)|(?:少な|小さ|低|下回))[いかくるっ](?:る|った|た)?)(?=[一-龥ァ-ヶー])"
)
# 事業費は1千万円を超えていますか: nothing is asked but whether it is so.
_IS_IT_SO = re.compile(
    r"^(?!.*(?:何|どれ|どの|どこ|どんな|どちら|どなた|誰|だれ|いくつ|いくら|いつ|なぜ|あり|ある|もの)).*は.*"
    r"(?:以上|以下|未満|超え|上回|下回)[^、。はが]{0,7}(?:か|よね)[?。]*$"
)
_OF_SIZE = re.compile(r"多|少な|大き|小さ|高|低")  # R5より多い: another year's figure, no bound on years
_UP = re.compile(r"増(?!減)|伸び|上が|多い|上回|アップ")
_DOWN = re.compile(r"(?<!増)減|下が|少ない|下回|ダウン")
_TO = re.compile(r"\s*(?:末|当初)?\s*(?:から|~|-|より)\s*")
_UNTIL = re.compile(r"\s*(?:末|当初)?\s*まで")
_TOLD = re.compile(
    r"(?<![0-9])(?P<unit>[億万千]?円)(?:で(?:いうと|言うと|いえば|言えば|は|表すと|(?=[。?]|お願い|教え|いくら|何|\s*$))|単位で|換算で?|に(?:直|換算)(?:すと|して|すれば)?)"
)
_ASKED_IN = re.compile(r"何(?P<unit>[億万千]円)")
# 増加率がマイナスの年度, 収支が赤字だった会計: below nought, or above it.
_SIGNED = re.compile(
    r"(?<=[がは])(?:(?P<below>マイナス|赤字)|プラス|黒字)(?:の|と|に|で(?!す)|だっ|であ)(?=[^?。]*[一-龥])"
)
_BARE_CLAIM = 100
_OTHER_MONTH = re.compile(r"(?<=から|まで)[0-9]{1,2}月|(?<=[~・と])[0-9]{1,2}月")
MOST_IN_ORDER = 30  # things put in order where not so many are asked for
# 1-3, 2-1-4: the number of a chapter is one figure, unless something is counted from one to the other; 18:30 is one too.
_CHAPTER = re.compile(
    r"(?<![0-9A-Za-z.,~-])[0-9]{1,2}(?:(?:-[0-9]{1,2}){1,2}(?![0-9~-]|年|月|日|人|名|件|円|回|%|歳|時|千|万|か|ヶ)|:[0-9]{2}(?![0-9:]))|第[0-9]{1,2}表"
)
VERB_NOUN_WEIGHT = 0.6
_SUFFIX_WEIGHT = 0.4  # 部, 費, 員 behind a noun: the noun carries the meaning
_DONE = re.compile(r"(?:を)?(?:し(?:た|て|ます|まし)|する|され|でき)")  # 募集していた: a noun used as the verb
_WHICH_OF = re.compile(r"どの$")
_IS_WHAT = re.compile(
    r"(?<=[うくぐすつぬぶむるた])[一-龥々ァ-ヶー]{2,5}(?:です|でしょう|なの(?:です|でしょう)?|なん(?:です|でしょう))か[?。]*$"
)
_WHAT_KIND = re.compile(r"(?:どんな|どのような|どういう|どういった)$")
_PLACE_ENDS = frozenset("都道府県市区町村")
# The year counted from the year spoken of; its words are explained by the year.
RELATIVE_YEAR = re.compile(r"(?:対)?(?:本|当|今|前|昨|翌|来)(?:の)?\s?年\s?度")

# 一般会計予算の総額, 歳入合計: printed as such, not whatever rows happen to be listed.
_OF_ACCOUNT = re.compile(
    r"(?:一般会計(?:の)?(?:当初|補正|最終|現計)?(?:予算|決算)?(?:額)?(?:の|\s)?総額"
    r"|(?<!つの)(?:歳入|歳出)(?:の)?(?:予算|決算)?(?:額)?(?:の|\s)?(?:総額|総計|合計(?:額)?(?!し|する)))"
)
# 国保会計と介護会計の歳出の合計, 2つの会計(国保、介護)の歳出の合計: several things whose figures are added.
_OF_SEVERAL = re.compile(
    r"(?:(?:と|及び|および|並びに|・|(?<![でにはがちて])、)[^、。はがをに]+|[0-9]つの[^、。はがをに]*(?:\([^()]*\))?)の$"
)
_BY_HOW_MUCH_MORE = re.compile(r"いくら|どれだけ|どのくらい|どれくらい|何(?:円|人|件|%|ポイント|割)")
# 前年度より増えた部はどこですか: things are listed by their change.
_WHICH_CHANGED = re.compile(
    r"(?:(?:増え|増加し|増額し|減額し|減少し|伸び|下が|上が|減|上回|下回)(?:っ)?(?:た|て(?:い)?る)|(?:上回|下回)る)(?:[^、。?はがを]{1,10}(?:は[、,]?(?:どこ|どれ|いつ|何(?!人|件|円|%|か所|つ|個|回)|誰|あり|ある|\s*[?。]*$)|を[、,]?(?:(?:すべて|全て)?(?:教え|挙げ|あげ|示し|知り|列挙)))|のは[、,]?(?:どこ|どれ|どの(?!くらい|程度|よう)|何(?=[一-龥]|で)(?!人|件|円|%|か所|つ|個|回|倍|割)))"
)
_OWN_QUESTION = re.compile(r"[^。?]{6,}(?:\?|か。)\s*(?:また)?[、,]?その")
# What その speaks of stands in a clause before it (…を受けた人は、その家); それ以外 sets one thing apart from the one named right before it.
_SPEAKS_OF_ITSELF = re.compile(
    r"[一-龥ァ-ヶー]{2,}[をがに][^、。?]*[ぁ-ん](?:[一-龥]{1,6}(?:は|が|には)|場合(?:は|に)?)[、,][^。?]*その[一-龥]|[一-龥ァ-ヶー]{2,}[をがには][^。?]{4,}(?:が|けど|けれど)[、,]その[一-龥]|[一-龥ァ-ヶー]{2,}[^。?]*(?:と|や|、|か)それ以外|[一-龥ァ-ヶー]{2,}[はがを][^。?]*(?:いくら|何|どれ|どこ|誰)[^。?]*[、,]それは(?:なぜ|どうして|何|いつ|どこ|誰)"
)
_BY_HOW_MUCH = re.compile(
    r"(?:いくら|どれだけ|どのくらい|どれくらい|何[^\s、。はがを]{1,4}).*(?:多|少な|高|低|大き|小さ)"
)
_ITS_NUMBER = re.compile(r"[一-龥ァ-ヶー](?:数|人口|額|率)(?:は|って|が)[^、。はが]{0,14}いくつ(?!あ)")
_PRINTED_TOTAL = re.compile(
    r"(?:総額|総計|総数|合計額?)(?:が|は)[^、。]{0,16}(?:以上|以下|超え|超の|未満|上回|下回|より)"
)
# 人口はいくらですか: いくら asks for any number, of what is counted for one.
_COUNTED_HOW_MUCH = re.compile(
    r"(?:人口|世帯数|人数|件数|[一-龥ァ-ヶー](?:者|客|棟|戸|校|台|件|回|社|店|館|組|票)数|面積|[一-龥](?<!利)率)(?:と[^、。はが]{1,8})?(?:は|が)?(?:合計|全部|合わせて)?で?いくら"
)
# 毎年減っている, 年々増え, 上がり続けている: in each step from one year to the next.
_IS_ASKED = re.compile(r"^(?!.*(?:何|どれ|どの|どこ|どちら|誰|いくつ|いつ|なぜ)).*(?:か|よね|の)[?。]*$")
STEADILY = re.compile(r"毎年|年々|ずっと|一貫して|右肩[上下]がり|連続(?:して|で)|(?<=[しえりび])続け")
_SIGNS = frozenset("◎○〇△×☆★●")  # by which tables grade
_WHICH = re.compile(r"(?:どちら|どっち)(?:が|の(?:方|ほう)が)")


@lru_cache(maxsize=256)
def understand(text: str, plain: bool = False) -> Question:
    """Understand one question by itself; `plain` as a mere look-up, whose 合計 or 平均 may be printed in a document.

    Raises:
        UnaskableQuestion: empty, or longer than LONGEST characters.

    """
    if len(text) > LONGEST:
        raise UnaskableQuestion(f"質問が {len(text):,} 文字あります。{LONGEST:,} 文字以内に短くしてください。")
    folded = fold_kanji_numbers(searchable(text))
    if not any(c.isalnum() for c in folded):
        raise UnaskableQuestion("質問が空です。知りたいことを文か言葉で入れてください。")
    folded = respelled(folded)
    periods = find_periods(folded)
    used = [(p.start, p.end) for p in periods]
    if any(period.month for period in periods):
        used += [m.span() for m in _OTHER_MONTH.finditer(folded)]  # 1月から3月まで: rows are chosen by month
    began = started(folded, periods)
    comparisons = tuple(
        c for c in _comparisons(folded, periods) if not _overlaps(c.start, c.end, [(b.start, b.end) for b in began])
    )
    used += [(c.start, c.end) for c in comparisons]
    beside = BESIDE_ONE_ANOTHER.search(folded)
    used += [beside.span("by")] if beside else []
    read = _cues(folded, used, plain)
    cues = read.operations
    wants = "number" if read.wants == "money" and _COUNTED_HOW_MUCH.search(folded) else read.wants
    used += [m.span() for m in RELATIVE_YEAR.finditer(folded)]
    if _stands_by_itself(cues.get(Operation.FOLLOW_UP), folded):
        cues.pop(Operation.FOLLOW_UP)
    changed = cues.get(Operation.DIFFERENCE)
    if Operation.EACH in cues and Operation.COUNT in cues and not plain:
        return understand(text, plain=True)  # AとBはそれぞれいくつ: what is printed of each
    _overrule(cues, folded)
    asks_things = bool(began or read.blank is not None) and wants in (None, "thing")
    operation = _operation(folded, cues, wants, bool(comparisons or beside) or asks_things)
    if operation is Operation.DIFFERENCE and _bounds_a_change(comparisons, folded):
        operation = Operation.LIST  # 増減率が5%以上の款
    if operation in EXTREMES and _by_how_much(changed, folded):
        operation, changed = Operation.DIFFERENCE, None  # AとBではどちらが何人多いか
    if _SIGNED.search(folded) or _bounds_a_change(comparisons, folded):
        changed = None  # 増減額が0の款: a bound like any other
    claim = _claim(folded, used, periods) if operation is Operation.YESNO else None
    if claim:
        used.append((claim.start, claim.end))
    used += years_between(folded, periods)
    told = _TOLD.search(folded) or _ASKED_IN.search(folded)
    if told:
        used.append(told.span())
    terms = _terms(folded, used, operation is Operation.LIST)
    return Question(
        text, folded, operation, cues.get(operation), wants, read.unit, periods, terms,
        change=(_direction(changed + folded) or 1) if changed else 0,
        rate=bool(_RATE.search(folded)) or ("いくら" not in folded and bool(re.search("前年度?比", folded))), spans=_spans(folded, periods), top=read.top,
        comparisons=comparisons, claim=claim, told=told.group("unit") if told else None, taken=tuple(used), began=began, blank=read.blank, by_year=read.by_year, rank=read.rank, after=read.after,
    )  # fmt: skip


def _overrule(cues: dict[Operation, str], folded: str) -> None:
    """Take away the operations that another one makes plain words of."""
    if Operation.LIST in cues:
        cues.pop(Operation.DIFFERENCE, None)  # 増えた事業をすべて: listed by their change
    if Operation.COUNT in cues and _CHANGE_MEASURED.search(folded):
        cues.pop(Operation.DIFFERENCE, None)  # 増加率がマイナスの年度はいくつ: counted by a printed change
    if _ITS_NUMBER.search(folded):
        cues.pop(Operation.COUNT, None)  # 世帯数はいくつ: what is printed, no rows counted
    if Operation.COUNT in cues and _PRINTED_TOTAL.search(folded):
        cues.pop(Operation.SUM, None)  # 総額が160億円を超えた年度はいくつ
    if Operation.SUM in cues:
        cues.pop(Operation.COUNT, None)  # 合わせて何件: the pieces are added, not the rows counted


def _stands_by_itself(cue: str | None, folded: str) -> bool:
    """Whether what その or それ speaks of stands in the question: …はどれですか。その率は？, or 補助金を受けた人は、その家に何年."""
    if cue == "その" and _OWN_QUESTION.search(folded):
        return True
    return cue in ("その", "それ") and bool(_SPEAKS_OF_ITSELF.search(folded))


def _operation(folded: str, cues: Collection[Operation], wants: str | None, chosen: bool) -> Operation:
    """The operation that the cues come to; `chosen` when the question sets a bound or asks for things."""
    operation = next((one for one in _FIRST if one in cues), Operation.VALUE)
    if operation is Operation.VALUE and chosen and _IS_IT_SO.search(folded):
        return Operation.YESNO
    if operation is Operation.VALUE and chosen:
        return Operation.LIST  # 10,000千円以上の施設はどれ
    return _of_change(folded, wants) if operation is Operation.DIFFERENCE else operation


def _bounds_a_change(comparisons: tuple[Comparison, ...], folded: str) -> bool:
    return any(_CHANGE_BOUND.search(folded[: bound.start]) for bound in comparisons)


def _by_how_much(changed: str | None, folded: str) -> bool:
    return bool(changed and _BY_HOW_MUCH.match(changed) and _WHICH.search(folded))


def _of_change(folded: str, wants: str | None) -> Operation:
    """Whether a change is reckoned, or it is asked why there was one, or which things changed."""
    if wants == "reason" and not _BY_HOW_MUCH_MORE.search(folded):
        return Operation.VALUE
    if STEADILY.search(folded) and _IS_ASKED.search(folded):
        return Operation.YESNO
    return Operation.LIST if _WHICH_CHANGED.search(folded) else Operation.DIFFERENCE


@dataclass(slots=True)
class _Read:
    """What the cues of a question say: see the fields of `Question`."""

    operations: dict[Operation, str] = field(default_factory=dict)
    wants: str | None = None
    unit: str | None = None
    top: int = 1
    rank: int = 1
    after: int | None = None
    blank: int | None = None
    by_year: bool = False


def _cues(folded: str, used: list[tuple[int, int]], plain: bool) -> _Read:
    """What the grammar finds. Grows `used`."""
    read = _Read()
    begins = {word.start for word in words(folded)}
    printed = {
        Operation.SUM: [m.span() for m in _OF_ACCOUNT.finditer(folded) if not _OF_SEVERAL.search(folded[: m.start()])],
        Operation.RATIO: [m.span("share") for m in _SHARE_CHANGED.finditer(folded)],
        Operation.DIFFERENCE: [m.span("change") for m in _CHANGE_BOUNDED.finditer(folded)],
    }
    for rule in grammar().cues:
        if (rule.last and (read.wants or read.operations)) or (plain and rule.operation in _DONE_WITH_CELLS):
            continue
        for match in rule.pattern.finditer(folded):
            inside_word = match.start() not in begins and match.start() > 0 and folded[match.start()].isalnum()
            if match.start() == match.end() or inside_word or _overlaps(match.start(), match.end(), used):
                continue
            if rule.operation and _overlaps(match.start(), match.end(), printed.get(rule.operation, [])):
                continue
            if not rule.keep:
                used.append((match.start(), match.end()))
            named = match.groupdict()
            if named.get("counted"):
                used.append(match.span("counted"))
            if rule.operation:
                read.operations.setdefault(rule.operation, match.group())
            read.top = MOST_IN_ORDER if rule.sets == "all" else int(named.get("top") or read.top)
            read.rank = int(named.get("rank") or read.rank)
            if rule.sets == "after":
                read.after = match.start()
            if rule.sets == "blank":
                read.blank = match.start()
            read.rank = 0 if rule.sets == "place" else read.rank
            read.by_year = read.by_year or rule.sets == "year"
            if rule.wants and read.wants is None:
                read.wants, read.unit = rule.wants, named.get("unit")
    return read


# 増減率が5%以上の款: a printed change is the measure that a bound is put on.
_CHANGE_BOUNDED = re.compile(
    r"(?P<change>(?:増減|増加|減少|伸び|上昇|低下)(?:率|額|数|幅))が[^、。がは]{1,14}?(?:以上|以下|未満|超|より[大小多少高低]|を[上下]回)"
)
# 構成比は前年度から何ポイント上がったか: a printed share is the measure, and its change is asked for.
_SHARE_CHANGED = re.compile(
    r"(?P<share>構成比|割合|比率|シェア)(?:は|が)[^。]{0,24}?(?:何ポイント|何%|どれ(?:だけ|くらい)|どの(?:くらい|よう)|どう)[^。]{0,4}?(?:上が|下が|変わ|変化|増え|増加|減っ|減り|減少|上昇|低下|伸び)"
)
# 増減額が0の款, 会員数がちょうど5人だった団体: the things of which a header is just that.
_IS_BEFORE = re.compile(r"[一-龥ァ-ヶー](?:が|は)(?:ちょうど)?\s*$")
_CHANGE_BOUND = re.compile(r"増減[^、。]{0,6}[がは](?:ちょうど)?\s*$")
_CHANGE_MEASURED = re.compile(r"(?:増減|増加|減少|伸び|上昇|低下)(?:率|額|数|幅)が[^、。]{1,16}(?:いくつ|何年)")
_THAT_IS = re.compile(r"^\s*(?:の|である|だった|[とに]な(?:った|って(?:い)?る))(?=[一-龥])")


def _comparisons(folded: str, periods: tuple[Period, ...]) -> tuple[Comparison, ...]:
    """Figures and years with a bound behind them."""
    found = []
    dated = [(p.start, p.end) for p in periods]
    bounds: list[tuple[int, int, Decimal | None, str | None, int | None]] = [
        *((p.start, p.end, None, None, p.year) for p in periods),
        *(
            (q.start, q.end, q.value, q.unit, None)
            for q in find_quantities(folded)
            if not _overlaps(q.start, q.end, dated)
        ),
    ]
    aged = list(age_groups(folded))
    for start, end, value, unit, year in bounds:
        if _overlaps(start, end, aged):
            continue  # 65歳以上: who is meant
        for sign, pattern in grammar().comparisons:
            match = pattern.match(folded[end:])
            if match and not (year and (sign == "==" or _OF_SIZE.search(match.group()))):
                found.append(Comparison(sign, value, unit, year, start, end + match.end()))
                break
        else:
            match = _THAT_IS.match(folded[end:]) if value is not None and _IS_BEFORE.search(folded[:start]) else None
            if match:
                found.append(Comparison("==", value, unit, None, start, end + match.end()))
    found += [
        Comparison("<" if m["below"] else ">", Decimal(0), None, None, m.start(), m.end())
        for m in _SIGNED.finditer(folded)
    ]
    return tuple(found)


def _claim(folded: str, used: list[tuple[int, int]], periods: tuple[Period, ...]) -> Quantity | None:
    """The last figure of a yes-or-no question outside its periods: what it puts forward."""
    found = find_quantities(folded)  # 2回とも puts forward no 2回
    figures = [q for q in found if not (_overlaps(q.start, q.end, used) or folded.startswith("とも", q.end))]
    return next((q for q in reversed(figures) if q.unit or q.value >= _BARE_CLAIM), None)


def _direction(words: str) -> int:
    """1 for growth, -1 for shrinking, by the first word that tells."""
    up, down = _UP.search(words), _DOWN.search(words)
    if up and (not down or up.start() < down.start()):
        return 1
    return -1 if down else 0


def _spans(folded: str, periods: tuple[Period, ...]) -> bool:
    """Whether two periods are the ends of a range: R2からR4まで, 2018〜2020年度."""
    return any(
        _TO.fullmatch(folded[a.end : b.start]) and (b.year - a.year > 1 or _UNTIL.match(folded[b.end :]))
        for a, b in itertools.pairwise(periods)
    )


def _terms(folded: str, used: list[tuple[int, int]], listed: bool = False) -> tuple[Term, ...]:
    """Content words and figures outside the cues and periods. A figure with its unit is one term.

    A word for whatever is told of a thing (どんな仕組み) need not stand where it is told; of things to be `listed` it tells which.
    """
    figures = [
        q for q in find_quantities(folded)
        if not _overlaps(q.start, q.end, used)
        and not (q.unit == "月" and find_periods(folded))  # 1月から3月まで: chosen by month, not a figure
        and not (q.value == 1 and q.unit in ("年間", "年"))
    ]  # fmt: skip
    aged = [span for span in age_groups(folded) if not _overlaps(*span, used)]
    chapters = [m for m in _CHAPTER.finditer(folded) if not _overlaps(m.start(), m.end(), used)]
    inside = [*(m.span() for m in chapters), *aged]
    terms = [_figure(folded, q) for q in figures if not _overlaps(q.start, q.end, inside)]
    terms += [Term(m.group(), m.group(), "", "数詞", m.start(), m.end(), _NAME_WEIGHT) for m in chapters]
    terms += [Term(folded[a:b], folded[a:b], "", "名詞", a, b, _NAME_WEIGHT) for a, b in aged]
    taken = [*used, *((t.start, t.end) for t in terms)]
    all_words = words(folded)
    for i, word in enumerate(all_words):
        carries = (
            word.is_content or word.normal in spoken_words() or word.surface in _SIGNS
        )  # 続く, ◎: a table says them
        if not carries or _overlaps(word.start, word.end, taken):
            continue
        if word.normal in grammar().filler and not _begins(word, all_words[i + 1 : i + 2]):
            continue
        if i and _belongs_to_place(all_words[i - 1], word):
            continue
        weight = _weight(word)
        if i and all_words[i - 1].end == word.start and len(word.surface) == 1 and all_words[i - 1].pos == "名詞":
            weight = min(weight, _SUFFIX_WEIGHT)
        if word.pos == "名詞" and _DONE.match(folded[word.end :]):
            weight = min(weight, VERB_NOUN_WEIGHT)
        if word.pos == "名詞" and _WHICH_OF.search(folded[: word.start]):
            weight = min(weight, _SUFFIX_WEIGHT)  # どの業務: what they all are, whatever the documents call it
        told = word.surface in grammar().anyhow and _WHAT_KIND.search(folded[: word.start])
        if not listed and word.pos == "名詞" and (told or _IS_WHAT.match(folded, word.start)):
            weight = min(weight, _SUFFIX_WEIGHT)  # どんな仕事, …する会議ですか: what it all is
        if word.pos == "形状詞" and i + 1 < len(all_words) and all_words[i + 1].pos == "名詞":
            weight = _NOUN_WEIGHT  # 特別会計 is another thing than 会計
        terms.append(Term(word.surface, word.normal, word.reading, word.pos, word.start, word.end, weight))
    return _denied_whole(sorted(terms, key=lambda term: term.start))


def _denied_whole(terms: list[Term]) -> tuple[Term, ...]:
    """The terms, a noun with the sign before it that denies it as one: 未 + 受診 is another thing than 受診."""
    found: list[Term] = []
    for term in terms:
        before = found[-1] if found else None
        if before is not None and before.surface in DENIES and before.end == term.start and term.pos == "名詞":
            whole, reading = before.surface + term.surface, before.reading + term.reading
            found[-1] = Term(whole, whole, reading, "名詞", before.start, term.end, term.weight)
        else:
            found.append(term)
    return tuple(found)


def _begins(word: Word, following: Sequence[Word]) -> bool:
    """Whether a word is the beginning of the one right behind it, 中 of 中小企業, 資料 of 資料提供; 約 of 約何人 is none."""
    behind = [one for one in following if one.start == word.end and one.is_content and not one.is_number]
    if word.pos == "名詞" and _THING_SAID.fullmatch(word.surface):
        known = grammar().filler | grammar().soft
        return any(one.pos == "名詞" and len(one.surface) > 1 and one.normal not in known for one in behind)
    return word.pos == "接頭辞" and bool(behind)


def _belongs_to_place(before: Word, word: Word) -> bool:
    """市 or 県 behind a place's name: part of the name, whether the documents write it or not."""
    return before.end == word.start and before.subpos == "固有名詞" and word.surface in _PLACE_ENDS


def _figure(folded: str, number: Quantity) -> Term:
    """A figure as a term; 第2 is another thing than 2, and 第9期 than 第9段階."""
    start = number.start - (folded[number.start - 1 : number.start] == "第")
    surface = folded[start : kind_behind(folded, number.end) if start < number.start else number.end]
    return Term(surface, surface.replace(",", ""), "", "数詞", start, start + len(surface), _NAME_WEIGHT)


def _weight(word: Word) -> float:
    if word.surface in _SIGNS:
        return _NAME_WEIGHT
    if word.normal in grammar().soft or word.surface in grammar().soft:
        return _SOFT_WEIGHT
    if word.pos != "名詞":
        return _WEIGHTS.get(word.pos, 0.3)
    return _NAME_WEIGHT if word.subpos in ("固有名詞", "数詞") else _NOUN_WEIGHT


def _overlaps(start: int, end: int, used: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in used)
