"""Questions that ask several things: each way to take one apart is tried, and the likeliest whose parts all have answers
competes with the answer to the question as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod

from corpus.folding import searchable
from corpus.values import find_quantities
from index import Store
from qa.choice import Weighed, choice_model
from qa.figures_told import figures_told
from qa.followup_inside import figure_in
from qa.lookup import letters
from qa.money import SCALES, exact
from qa.offer_features import AROUND
from qa.part_scopes import ENDS_INSIDE, of_the_year, out_of_scope
from qa.parts import Part, labelled
from qa.prose_kinds import units_asked
from qa.prose_operations import TOTAL_NAME
from qa.roles import is_soft
from qa.several import ASKS, cuts, without_openings
from qa.several_parts import BOTH, EACH, FIGURE, ONE, YEAR_BEFORE, Parts
from qa.tabular import Proposal
from qa.together import join, tells_all
from qa.types import Citation, Draft, Operation, Question, Value
from qa.understand import LOOK_UPS, NUMERIC, understand
from qa.verify import failures

_MOST_ASKED = 8  # parts are questions of their own, and each takes its time
_TOGETHER = 0.8  # parts are right or wrong together more often than their product says
_MEASURE = re.compile(r"の(?:延べ|総)?(?:人数|件数|回数|個数|金額|数|額)(?:は)?[?。]?$")
_FIRM = 0.8
_SAID = (EACH, ONE, FIGURE, BOTH)  # answers said as they are; of the others something is made
_MEASURED = r"(?:額|数|率|量|費|点|割合|比|面積|人口)"
_TWO_MEASURES = re.compile(
    rf"(?:[一-龥ァ-ヶー]{_MEASURED}|人口|面積)と[、,]?(?:その)?[^、。?はがをと]{{0,10}}{_MEASURED}(?:で|を|は(?:それぞれ|いくら|何|$|[?])|[?。]?$)"
)
_AND_RATE = re.compile(rf"{_MEASURED}と[、,]?(?:その)?(?:前|昨)年度?[^、。?はがを]{{0,16}}(?:率|額)(?:で|を|は|も)")
_ATTRIBUTE = re.compile(
    rf"(?:{_MEASURED}|年度|期間|日程|時期|[一-龥]日|課|場所|会場|目的|内容|対象|予算|決算)は[^、。?]{{0,4}}[?。]?$"
)
_AND_ITS = re.compile(r"(?:率|比|額|高|指数|面積|人口)と[、,]?その[一-龥]{0,10}?(?P<kind>[一-龥]{2})(?:を|は|も)")
_AMOUNT_AND = re.compile(
    rf"(?:予算|決算|事業|補助|交付|補正)額と[、,]?[^、。?はがをと]{{0,10}}(?<!金){_MEASURED}(?:を|は)"
)  # 決算額と出動回数を: an amount of money is asked for, whatever else
_WHY_TOO = re.compile(
    r"(?:か[。?]|は[?？])\s*(?:また|あと|それと)?[、,]?(?:その|主な)?(?:理由|原因|要因)"
    r"|(?:いくら|どれだけ|どのくらい|どれくらい|何[人件円%])[^。?]{0,20}[てでりがかしれきえ][、,](?:また)?(?:その|主な)?(?:理由|原因|要因)(?:は|も|を)"
    r"|(?:いつ|いくら)[、,](?:(?:どのような|どんな|何の|なんの|いかなる)(?:理由|原因|要因|経緯)|なぜ|どうして)"
    r"|か[。?][^。?]{1,10}と(?:その|主な)?(?:理由|原因|要因)(?:も|を)"
)
# 何%で、基準は何%ですか; いくらに引き下げられますか。また、予算額はいくらですか: two figures.
_HOW_MUCH = r"(?:いくら|何(?:人|件|%|パーセント|円|回|世帯|か所|台|冊|校|団体|メートル|(?![年月日課部局室係町市村区県国社校款項目費税料])[^\s、。?はがをにで]{1,3}(?=で[、,]|です|でし)))"
_TWO_FIGURES = re.compile(rf"{_HOW_MUCH}[^。?]{{0,12}}(?:[でて][、,]|か[。?]\s*(?:また|あと)?[、,]?)[^。?]*{_HOW_MUCH}")
_EACH = re.compile(r"それぞれ")
_WITH_ITS = re.compile(
    r"と[、,]?その(?:当初)?(?:予算|決算|事業|補助|交付|補正)?(?:額|費)を?(?:すべて|全て|教え|挙げ|答え)"
)  # names with their amounts
_AND_HOW_MUCH = re.compile(
    r"(?:どこ|誰|だれ|どれ|どちら|どの[一-龥]{1,6}|何)で[、,][^、。?]{0,16}いくら"
)  # どの団体で、総事業費はいくら
# どこの会社が設置していて定員は何人: who does something, and a figure.
_WHO_AND_HOW_MUCH = re.compile(
    rf"(?:どこの[一-龥]{{1,6}}|誰|だれ|どなた|どの[一-龥]{{1,6}}|何という[一-龥ァ-ヶー]{{1,6}})[がをにで][^。?]{{1,16}}[てりしで][、,]?[^、。?]{{1,12}}は{_HOW_MUCH}"
)
_WITH_EACH = re.compile(
    r"(?:額|率|数|金|値|費)(?:と(?:ともに|一緒に|あわせて|併せて)|も(?:あわせて)?(?:答え|教え|示し|挙げ))"
    r"|(?:それぞれ|各々|おのおの)の[一-龥ァ-ヶー]{0,9}(?:額|率|数|金|値|費)(?:を|は)?(?:答え|教え|示し|挙げ|いくら)"
)
_ALSO = re.compile(
    r"か[。?]\s*(?:また[、,]?)?(?:その)?(?P<also>[一-龥ァ-ヶー]{2,12})も(?:あわせて|一緒に)?(?:教え|答え|示し|挙げ)"
)
_ANY_FIGURE = re.compile(r"[^額数]{0,2}[額数]|数値|金額|数字|差額|理由|要因|原因")  # told anyway, or looked at above
_GROWN_BY = re.compile(
    r"(?:いくら|どれだけ|どのくらい|どれくらい|何円)[^、。?]{0,4}(?:増|減)|(?:増額|減額)[^、。?]{0,8}(?:いくら|何円)"
)
_CHANGED_BY = re.compile(r"\s*を(?:増額|減額|追加)")
_SEVERAL = 2
_BETWEEN = "difference"
_IN_CELL = "cell"  # by which the row was found
_FIGURE_ALONE = re.compile(r"[0-9][0-9,. 兆億万千]*[^0-9]{0,4}")
_FRACTION = re.compile(r"[0-9一二三四五六七八九十]+分の[0-9一二三四五六七八九十]+")  # 補助率四分の三 is a figure too
_SAYS_WHY = re.compile(r"ため|により|による|よって|から[、。]|伴|理由|原因|要因")
SURE = 0.9  # an answer that likely needs no taking apart


@dataclass(frozen=True, slots=True)
class Said:
    """What would be said to a question, with the offer it comes from and its probability in [0, 1]."""

    draft: Draft
    weighed: Weighed

    @property
    def probability(self) -> float:
        """How likely it is right."""
        return self.weighed.probability


Ask = Callable[[str], Said | None]


def taken_apart(store: Store, text: str, whole: Said | None, ask: Ask) -> Draft | None:
    """What is said to a question in the end: `whole`, the likeliest answer made of parts, or None.

    None also where the answer to the whole is only that to one of its parts.
    """
    ways = tuple(cuts(text))
    reckoned = any(parts.how not in _SAID for parts in ways) and not (whole and whole.draft.calculation)
    lacking = whole is not None and lacks(whole.draft, text)
    several = any(_asks_for_each(parts) for parts in ways)
    if whole is not None and whole.probability >= SURE and not (reckoned or lacking or several):
        return whole.draft
    known: dict[str, Said | None] = {}
    counted: set[str] = set()
    best: Draft | None = None
    passed = worked_out = False
    half = lacking
    for parts in ways:
        if len(counted | set(parts.questions)) > _MOST_ASKED:
            break
        if parts.frame and best is not None:
            continue  # what frames the question is left out only where nothing can be said with it
        told = not half and whole is not None and _may_be_half(whole, parts)
        lost = not told and any(part in known and known[part] is None for part in parts.questions)
        for part in parts.questions if not lost else ():
            counted.add(part)
            if part not in known:
                known[part] = ask(part) if understand(part).terms else None
            if known[part] is None and not told:
                break  # nothing hangs on the other parts
        if whole is not None or lost:
            counted.update(parts.questions)
        said = _answers(parts, known, text, ask)
        if len(said) < len(parts.questions):
            half = half or (told and whole is not None and _half(whole, said))
            continue
        made = _made(store, parts, said, text, alone=whole is None)
        if made is not None and _goes_before(made, best, text):
            best, worked_out = made, parts.how not in _SAID
            passed = (
                whole is not None
                and parts.how == EACH
                and (_passes_over(whole, said) or _is_one_of(whole, parts, said, text))
                and not (_EACH.search(text) and tells_all(whole.draft, len(parts.questions) + 1))
            )
    rated = whole is not None and "率" in text and "%" in whole.draft.text and best is not None and "%" not in best.text
    if best is not None and not rated and _better(best, None if half or passed else whole, worked_out):
        return best
    return whole.draft if whole is not None and not half else None


def _goes_before(made: Draft, best: Draft | None, text: str) -> bool:
    """Whether an answer made of parts is better than the best so far: AとBを足した額と、Cをそれぞれ is not answered by the sum alone."""
    if best is not None and _EACH.search(text):
        new, old = set(made.citations), set(best.citations)
        if new < old or old < new:
            return old < new
    return best is None or made.confidence > best.confidence


def _answers(parts: Parts, known: Mapping[str, Said | None], text: str, ask: Ask) -> list[Said]:
    """What was said to the parts; none where one of them has no answer of the year that another says."""
    said = [one for part in parts.questions if (one := known.get(part)) is not None]
    whole = len(said) == len(parts.questions) and not parts.subject
    return [] if whole and not all(ask(dated) for dated in of_the_year(parts, text)) else said


def _better(made: Draft, whole: Said | None, worked_out: bool) -> bool:
    if made.confidence < _TOGETHER * choice_model().enough:
        return False
    if whole is None:
        return True
    if not worked_out and whole.draft.kind == "sum" and _sums_things(whole):
        return False  # AとBの合計: not A, and what B comes to
    if (
        worked_out
        and made.calculation
        and not whole.draft.calculation
        and set(whole.draft.citations) <= set(made.citations)
    ):
        return True  # the figures are the same; what was asked for is what they come to
    return made.confidence >= whole.probability and not set(made.citations) <= set(whole.draft.citations)


def _sums_things(whole: Said) -> bool:
    """Whether a sum is that of several rows that the question names one beside another."""
    source = whole.weighed.offer.source
    return isinstance(source, Proposal) and len(source.plan.parts) > 1


def _may_be_half(whole: Said, parts: Parts) -> bool:
    """Whether an answer is one figure where several things are asked for."""
    return parts.how == EACH and _one_figure_only(whole.draft)  # words may tell more than they were found by


def lacks(draft: Draft, text: str) -> bool:
    """Whether an answer is one figure where two are asked for, or says no reason where one is asked for."""
    folded = searchable(text)
    if _WHY_TOO.search(folded) and not _SAYS_WHY.search(searchable(draft.text)):
        return True
    if _WITH_ITS.search(folded) and not any(q.unit in SCALES for q in figures_told(draft.text)):
        return True
    if (_AND_HOW_MUCH.search(folded) or _WITH_EACH.search(folded)) and not figures_told(draft.text):
        return True
    if _leaves_out(draft, folded):
        return True
    if _WHO_AND_HOW_MUCH.search(folded) and draft.values and all(value.is_number for value in draft.values):
        return True
    if _FRACTION.search(searchable(draft.text)):
        return False
    its = _AND_ITS.search(folded)
    if its and draft.citations and all(its["kind"] in letters(" ".join(c.column)) for c in draft.citations):
        return True  # 比率と、その基準を: two 基準 tell nothing of the 比率 itself
    if _AMOUNT_AND.search(folded) and draft.kind in ("value", "passage"):
        units = {q.unit for q in figures_told(draft.text)}
        if units and None not in units and not units & set(SCALES):
            return True
    return (
        any(pattern.search(folded) for pattern in (_TWO_MEASURES, _AND_RATE, _TWO_FIGURES, _EACH))
        and len(_figures(draft)) <= 1
        and len(_amounts_told(draft.text)) == 1
        and draft.calculation is None
    )


def _amounts_told(text: str) -> set[Decimal]:
    """The figures of a text, those with a unit alone where any has one: the 18 of 節 18 負担金 is told of nothing."""
    told = figures_told(text)
    return {abs(q.value) for q in told if q.unit or not any(other.unit for other in told)}


def _leaves_out(draft: Draft, folded: str) -> bool:
    """Whether something is asked for besides (調定見込額も教えてください) that nothing said or cited is called by."""
    told = [draft.text, *(part for c in draft.citations for part in (c.quote, c.row or "", *c.column))]
    held = letters(" ".join(told))
    asked = [m["also"] for m in _ALSO.finditer(folded)]
    if "%" in searchable(draft.text):
        asked = [one for one in asked if not one.endswith(("率", "割合"))]
    return any(letters(one) not in held and not _ANY_FIGURE.fullmatch(one) for one in asked)


def _figures(draft: Draft) -> list[Value]:
    """The values given that are figures, not words."""
    return [value for value in draft.values if value.is_number]


def _one_figure_only(draft: Draft) -> bool:
    """Whether all that is quoted and given is one figure, and not what several come to."""
    if draft.calculation is not None:
        return False
    quoted = max((len(find_quantities(searchable(c.quote))) for c in draft.citations), default=0)
    return len(_figures(draft)) == 1 and quoted <= 1


def _passes_over(whole: Said, said: list[Said]) -> bool:
    """Whether an answer is what one part asks for, and does not hold a word that another part is answered by."""
    if not any(set(whole.draft.citations) <= set(one.draft.citations) for one in said):
        return False
    held = {a.term.normal for a in whole.weighed.offer.accounts if a.strength and not a.by.startswith(AROUND)}
    return any(
        a.strength >= _FIRM and a.term.weight >= _FIRM and not a.by.startswith(AROUND) and a.term.normal not in held
        for one in said
        for a in one.weighed.offer.accounts
    )


def _asks_for_each(parts: Parts) -> bool:
    """Whether each part, without taking anything over, asks for something of its own: …の開始年度と、…の件数."""
    return parts.how == EACH and not parts.subject and all(_ATTRIBUTE.search(part) for part in parts.questions)


def _is_one_of(whole: Said, parts: Parts, said: list[Said], text: str) -> bool:
    """Whether an answer is that to one part, where each part asks for something of its own: 開始年度と、…の件数は; …は何語? …は何人?"""
    asked = len(ASKS.findall(searchable(text))) >= len(parts.questions) and all(map(ASKS.search, parts.questions))
    cited = set(whole.draft.citations)
    others = [set(one.draft.citations) for one in said]
    return (
        (asked or _asks_for_each(parts))
        and any(cited <= one for one in others)
        and any(not cited & one for one in others)
    )


def _half(whole: Said, said: list[Said]) -> bool:
    """Whether an answer is only what one part asks for, and leaves unexplained what another part asks for."""
    if not any(set(whole.draft.citations) <= set(one.draft.citations) for one in said):
        return False
    answered = {term.normal for one in said for term in one.weighed.offer.reading.terms}
    return any(a.strength == 0.0 and a.term.normal not in answered for a in whole.weighed.offer.accounts)


def _made(store: Store, parts: Parts, said: list[Said], text: str, alone: bool) -> Draft | None:
    """The parts' answers as one draft; its confidence is that all of them are right. `alone` where nothing else could be said."""
    evidence = [one.weighed.offer.evidence for one in said]
    if not all(_about(one, parts.subject) for one in said) or out_of_scope(parts, text, evidence):
        return None
    in_one = not ENDS_INSIDE.search(searchable(text))  # another sentence asks for another thing
    if parts.how == EACH and parts.subject and in_one and (one := _tells_every_kind(parts, said)) is not None:
        return replace(one.draft, confidence=round(one.probability, 4))
    if not parts.subject and len(said) > 1 and not all(_named(one) for one in said):
        return None
    sure = _all_right(said) if alone else prod(one.probability for one in said)
    drafts = [one.draft for one in said]
    told = all(_figures(one) or figures_told(one.text) for one in drafts)
    if parts.how == EACH and _TWO_MEASURES.search(searchable(text)) and not told:
        return None
    whole = understand(without_openings(text))
    if _differ(parts, drafts, whole, text):
        parts, drafts = replace(parts, how=_BETWEEN), [_by_its_total(one, text) for one in drafts]
    if parts.how not in _SAID:
        if whole.operation in (Operation.COUNT, Operation.LIST):
            return None  # 歳入と歳出の差引額が0円のもの: of rows, not of two figures
        drafts = _one_figure_each(store, parts, drafts, text)
    compared = whole.operation in NUMERIC and not whole.by_year and not _EACH.search(text)
    if parts.how == EACH and compared and not all(map(_figures, drafts)):
        return None  # どちらが多い is not answered by words
    if parts.how in (ONE, FIGURE):
        joined = drafts[0] if parts.how == ONE or any(c.isdigit() for c in searchable(drafts[0].text)) else None
    elif parts.how == BOTH:
        joined = drafts[0] if tells_all(drafts[0], 2) else None
    else:
        joined = join(parts, drafts, whole)
    if joined is None or failures(store, joined):
        return None
    return replace(joined, confidence=round(sure, 4))


def _all_right(said: list[Said]) -> float:
    """How likely all parts are right: those told from one row of a table are right or wrong together."""
    told = [{(c.document, c.page, c.sheet, c.line_start) for c in one.draft.citations if c.column} for one in said]
    if all(len(lines) == 1 for lines in told) and len(set.union(*told)) == 1:
        return min(one.probability for one in said)
    return prod(one.probability for one in said)


def _tells_every_kind(parts: Parts, said: list[Said]) -> Said | None:
    """The answer whose own quote holds a figure of each kind asked for, where another part was answered from elsewhere.

    Of one thing asked 何事業で、いくら, `23事業 632,455円` tells both, and not how often it is mentioned in another table.
    """
    kinds = [units_asked(understand(question, plain=True)) for question in parts.questions]
    if any(kind is None for kind in kinds) or len(set(kinds)) < len(kinds):
        return None
    for one in said:
        told = {p.unit for citation in one.draft.citations for p in labelled(citation.quote)}
        elsewhere = any(not set(other.draft.citations) & set(one.draft.citations) for other in said)
        if elsewhere and all(kind & told for kind in kinds if kind is not None):
            return one
    return None


def _one_figure_each(store: Store, parts: Parts, drafts: Sequence[Draft], text: str) -> list[Draft]:
    """The answers to the parts, each with the one figure that is reckoned with."""
    if _GROWN_BY.search(searchable(text)):
        drafts = [_only_change(draft) for draft in drafts]
    return [_one_figure(store, draft, asked) for draft, asked in zip(drafts, parts.questions, strict=True)]


def _one_figure(store: Store, draft: Draft, asked: str) -> Draft:
    """An answer that quotes several figures, with the one that the words of its question choose among them."""
    if len(_figures(draft)) == 1:
        return draft
    found = (
        figure_in(store, draft, asked) or figure_in(store, draft, _MEASURE.sub("", asked)) or _only_one(draft, asked)
    )
    return draft if found is None else _with_figure(draft, *found)


def _with_figure(draft: Draft, citation: Citation, part: Part) -> Draft:
    """An answer that gives one figure of what it quotes."""
    value = Value(exact(part.value), part.unit, part.text)
    return replace(draft, values=(value,), citations=(citation,), calculation=None)


def _only_change(draft: Draft) -> Draft:
    """An answer that quotes several amounts, with the one that says by how much something grew or shrank (16億円を増額し)."""
    found = [
        (c, p) for c in draft.citations for p in labelled(c.quote)
        if p.unit in SCALES and (p.change or _CHANGED_BY.match(searchable(c.quote), p.end))
    ]  # fmt: skip
    return _with_figure(draft, *found[0]) if len(found) == 1 else draft


def _only_one(draft: Draft, asked: str) -> tuple[Citation, Part] | None:
    """The one figure of a quote that is of the kind asked for: …した165人の助手が…."""
    units = units_asked(understand(asked))
    if units is None:
        return None
    found = [(c, p) for c in draft.citations for p in labelled(c.quote) if p.unit in units]
    return found[0] if len(found) == 1 else None


def _differ(parts: Parts, drafts: Sequence[Draft], whole: Question, text: str) -> bool:
    """Whether two quotes of several amounts are found where it is asked by how much two figures differ."""
    asked = parts.how == EACH and whole.operation is Operation.DIFFERENCE and not (_EACH.search(text) or whole.by_year)
    return asked and any(len(_amounts_told(one.text)) > 1 for one in drafts)


def _by_its_total(draft: Draft, asked: str) -> Draft:
    """An answer that quotes several figures, with the one that is called as a total is asked for (総額331億円)."""
    word = TOTAL_NAME.search(searchable(asked))
    found = [
        (c, p) for c in draft.citations for p in labelled(c.quote) if word and p.label.endswith(word.group())
    ]  # fmt: skip
    return _with_figure(draft, *found[0]) if len(found) == 1 else draft


def _about(said: Said, subject: str) -> bool:
    """Whether every firm word of what the parts are about is explained by what answers this one."""
    return not any(
        account.strength == 0.0
        for account in said.weighed.offer.accounts
        if account.term.weight >= _FIRM and not is_soft(account.term) and account.term.surface in subject
    )


def _named(said: Said) -> bool:
    """Whether a part that takes nothing over names by itself what its figure is of: a word of it in the row's name, in another
    cell of the row, or in the cell itself where it is words (全体アクセス件数 約1億件).
    """
    offer = said.weighed.offer
    evidence, question = offer.evidence, offer.reading
    firm = [a for a in offer.accounts if a.term.weight >= _FIRM and not is_soft(a.term)]
    if YEAR_BEFORE.match(question.folded) and len(firm) < _SEVERAL:
        return False  # 前年度の予算額は?: of what is said in the other part
    if question.operation not in LOOK_UPS or evidence.name is None:
        return True
    label = letters(evidence.attribute[-1]) if evidence.kind == "fact" and evidence.attribute else ""
    if sum(letters(a.term.surface) in label for a in firm) >= _SEVERAL:
        return True  # 旅券の発行件数: the label says it, what it stands under need not
    known = letters(f"{evidence.name} {'' if _FIGURE_ALONE.fullmatch(evidence.value) else evidence.value}")
    return any(letters(a.term.surface) in known or a.by == _IN_CELL for a in firm)
