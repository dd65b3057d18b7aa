"""Yes or no, with the evidence either way. A figure put into the question is compared, never repeated as true."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.folding import searchable
from corpus.values import Quantity
from index import Store
from qa.calculate import satisfies
from qa.frames import Frame
from qa.languages import names_all_languages
from qa.lookup import letters
from qa.marks import STATES, state_columns
from qa.money import PEOPLE, SCALES, amount
from qa.nested_names import names_said
from qa.plan import plans, unexplained
from qa.results import Result, operand, value_of
from qa.roles import Option, options
from qa.runs import Phrase, phrases
from qa.synonyms import synonyms_of
from qa.tabular import Proposal, propose, weighed
from qa.tell import tell
from qa.trend import went
from qa.types import Draft, Operation, Question
from qa.understand import STEADILY

_SURE = 0.85  # how well a word has to be a cell for that cell's column to decide
_POSSIBLE = 0.3  # below, the words of the question are not accounted for; how sure a verdict is, qa.choice says
_ANY = re.compile(
    r"(?:が|は|も)[、,]?(?:ありま(?:した|す)|あった(?:の|ん)です|発生しま(?:した|す)|起きま(?:した|す)|出ま(?:した|す))か[?。]*$"
)
_MORE = re.compile(r"より(?:も)?[^、。]{0,8}?(?:多|大き|高|長)|を(?:上回|超え|超過)")
# 区分は廃止ですか, 区分が廃止でしたか: a word of its own, no figure and no name.
_PUT_FORWARD = re.compile(
    r"[はがに](?P<word>[^はがのをにと、。?「」()0-9\s]{1,6}?)(?:(?:なの|なん)?(?:です|でし|だっ)(?:た)?(?:か|よね)?[。?]*|\?+)$"
)
# 継続ですか、新規ですか; 直営か、それとも委託か: which of two it is.
_EITHER = re.compile(r"(?:です|でした|ます|ました|だった|なの)か[、,。?\s]+[^、。?]+か(?:な)?[。?]*$|それとも")
_OPENED = re.compile(r"^(?:はい|いいえ)、")
_TELLING = 3  # letters
_DENIED = re.compile(r"な(?:い|し|く)|無|未|ません|ず$|除く|以外|対象外")
# 開かれましたか, 実施した？: whether something took place.
_TOOK_PLACE = re.compile(
    r"(?:開かれ|開催|実施|行われ|行な?わ|行っ|催さ|催し|やっ|できた?|あっ|あり)[^、。?はがを]{0,8}(?:(?:か|の|よね)[?。]*|た\?+)$"
)
# ベトナム語でも受けられますか, 中学生も参加できますか.
_ALSO_IN = re.compile(
    r"(?P<thing>[一-龥ァ-ヶーA-Za-z]{2,12})(?:(?:で|に)?も|(?<=[一-龥ァ-ヶー]語)[でに])(?P<does>[^、。?はがをも]{1,10}(?:られ|でき|れ|え|対応して(?:い)?)(?:ます|る)(?:か|の|ん(?:です|でしょう)か)?[?。]*)$"
)
# 2回ともオンラインでしたか: that one of them was is no yes.
_EVERY = re.compile(
    r"(?:[2-9]|両|双)(?:つ|回|件|校|社|人|方|者|日|年)?とも|(?:すべて|全て|全部)(?!で)|いずれも|どちらも|毎回|全員"
)
_CALLED_OFF = re.compile(r"中止|見送|取り?やめ|とりやめ|未実施|未開催|実施(?:せず|しなかっ|できず|できなかっ)")
_STATE = 6  # letters of a word that says what state a thing is in
# 黒字でしたか, 赤字になっていますか: on which side of nought a balance lies.
IN_THE_BLACK = re.compile(
    r"[はが、](?:(?P<above>黒字|プラス)|赤字|マイナス)(?:です|でし|だっ|に?なっ|なの|\?+$)[^、。はがを]{0,8}(?:か|の|よね)?[?。]*$"
)
_LESS = re.compile(r"より(?:も)?[^、。]{0,8}?(?:少な|小さ|低|短)|を下回")


# 一般会計より予算額が大きいですか: figures decide, and no cell that says 企業会計.
_COMPARES = re.compile(r"より[^、。?]{0,12}(?:多|少な|大き|小さ|高|低|長|短|広|狭)[^、。?]{0,6}か")


@dataclass(frozen=True, slots=True)
class Verdict:
    """はい or いいえ, and the proposal that decides it."""

    yes: bool
    proposal: Proposal = field(hash=False)

    def draft(self, store: Store) -> Draft:
        """What would be said."""
        told = tell(store, self.proposal.question, self.proposal.result, self.proposal.probability)
        opening = "" if _EITHER.search(self.proposal.question.folded) else "はい、" if self.yes else "いいえ、"
        return replace(told, text=opening + _OPENED.sub("", told.text), kind="yesno")


def verdicts(store: Store, question: Question, frames: tuple[Frame, ...]) -> tuple[Verdict, ...]:
    """はい or いいえ by each way that decides it, the surest way first; none when the tables do not decide it."""
    by_figures = (_by_comparison, _by_bound, _by_trend, _by_change, _by_sign, _by_figure)
    by_words = (_by_presence, _by_status, _by_another_status, _by_calling_off, _by_inclusion)
    ways = by_figures if _COMPARES.search(question.folded) else (*by_figures, *by_words)
    if _EVERY.search(question.folded):
        return ()
    found = (way(question, frames) for way in ways)
    return tuple(one for one in found if one is not None)


def _by_figure(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """A figure claimed, or two figures said to be the same."""
    found = propose(_without_claim(question), frames)
    if not found or found[0].probability < _POSSIBLE:
        return None
    best = found[0]
    figures = [one.quantity for one in best.result.operands if one.quantity is not None]
    if question.claim is not None and figures:
        return Verdict(any(same_amount(question.claim, figure) for figure in figures), best)
    if len(figures) == 2 and question.claim is None and question.cue and "同" in question.cue:
        return Verdict(figures[0].value == figures[1].value, best)
    return None


def _by_presence(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Were there any (林野火災がありましたか)? The one count that the words name: none where it is nought or a mark for nothing."""
    if _ANY.search(question.folded) is None or question.claim is not None or question.comparisons:
        return None
    about = replace(question, operation=Operation.VALUE, wants="number")
    for one in propose(about, frames)[:1]:
        plan, frame = one.plan, one.plan.frame
        named = not plan.guessed and len(plan.rows) == 1 and len(one.result.operands) == 1 and bool(plan.at)
        if not named or one.probability < _POSSIBLE or frame.columns[plan.columns[0]].kind != "number":
            continue
        only = one.result.operands[0]
        text = (frame.cells[only.row][only.column] or "").strip()
        if only.quantity is not None or (text and frame.says_nothing(only.row, only.column)):
            return Verdict(only.quantity is not None and only.quantity.value > 0, one)
    return None


def _without_claim(question: Question) -> Question:
    """The question with the figure it puts forward blanked out, so that the figure found may be the same."""
    claim = question.claim
    if claim is None:
        return question
    blank = question.folded[: claim.start] + " " * (claim.end - claim.start) + question.folded[claim.end :]
    return replace(question, folded=blank)


def _by_comparison(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Is A more than B?"""
    more, less = _MORE.search(question.folded), _LESS.search(question.folded)
    than = more or less
    if than is None:
        return None
    asked = replace(question, operation=Operation.DIFFERENCE, wants=None)
    found = propose(asked, frames)
    if not found or found[0].probability < _POSSIBLE:
        return None
    best = found[0]
    parts, operands = best.plan.parts, best.result.operands
    if best.result.note == "years" and best.result.value is not None and len(question.periods) == 2:
        before = max((p for p in question.periods if p.end <= than.start()), key=lambda p: p.end, default=None)
        if before is None:
            return None
        grew = best.result.value * (1 if before.year == min(p.year for p in question.periods) else -1)
        return Verdict(grew > 0 if more else grew < 0, best)
    if len(parts) != 2 or len(operands) != 2 or best.result.note != "rows":
        return None
    by_row = {one.row: value_of(one) for one in operands}
    first, second = by_row.get(parts[0][0]), by_row.get(parts[1][0])
    if first is None or second is None:
        return None
    return Verdict(first > second if more else first < second, best)


def _by_bound(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Is it above a bound (50億円を超えていますか)? The one figure that the other words name."""
    bounds = [bound for bound in question.comparisons if bound.value is not None]
    if len(bounds) != 1 or question.claim is not None:
        return None
    unit = bounds[0].unit
    wants = "money" if unit in SCALES else "people" if unit in PEOPLE else "percent" if unit == "%" else "count"
    about = replace(question, operation=Operation.VALUE, wants=wants, unit=unit, comparisons=())
    for one in propose(about, frames):
        columns = one.plan.frame.columns
        last = max(one.result.operands, key=lambda at: columns[at.column].years, default=None)
        if last is None or last.quantity is None or one.probability < _POSSIBLE or len(one.plan.rows) != 1:
            continue
        if len({columns[at.column].core for at in one.result.operands}) == 1:
            told = replace(one, result=replace(one.result, operands=(last,)))
            return Verdict(satisfies(one.plan.frame, last.row, last.column, bounds[0]), told)
    return None


def _by_trend(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Did it grow every year? All years of the one thing are told."""
    if not question.change or question.comparisons or not STEADILY.search(question.folded):
        return None
    found = propose(replace(question, operation=Operation.EACH, change=0, wants=None), frames)
    if not found or found[0].probability < _POSSIBLE:
        return None
    way = went(found[0].result)
    return None if way is None else Verdict(way == question.change, found[0])


def _by_change(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Did it grow? What changed, or what the table prints as its change."""
    if not question.change or question.comparisons or question.claim is not None:
        return None
    if STEADILY.search(question.folded):
        return None
    asked = replace(question, operation=Operation.DIFFERENCE, wants=None)
    found = propose(asked, frames)
    if not found or found[0].probability < _POSSIBLE or found[0].result.value is None:
        return None
    result = found[0].result
    told = result.kind == "difference" and (result.note.startswith("printed") or result.note in ("years", "whole"))
    return Verdict(result.value * question.change > 0, found[0]) if told and result.value is not None else None


def _by_sign(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Is it in the black (黒字ですか)? The one balance that the other words name, above or below nought."""
    asked = IN_THE_BLACK.search(question.folded)
    if asked is None or question.claim is not None or question.comparisons:
        return None
    terms = tuple(t for t in question.terms if t.start < asked.start())
    taken = (*question.taken, asked.span())
    about = replace(question, operation=Operation.VALUE, wants="money", change=0, terms=terms, taken=taken)
    for one in propose(about, frames)[:1]:
        if len(one.plan.rows) != 1 or len(one.result.operands) != 1 or not one.plan.at or one.probability < _POSSIBLE:
            continue
        balance = one.result.operands[0].quantity
        if balance is not None and balance.value:
            return Verdict((balance.value > 0) == bool(asked["above"]), one)
    return None


def _by_status(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Is it 廃止? The column in which the table says such things, for the one row that the other words name.

    The last word that is such a state is what is asked: of 新規のA講座は廃止ですか, 新規 only says which.
    """
    for frame in frames:
        said = phrases(question, names_said(frame, question.folded))
        for phrase in reversed(said):
            status = _status(frame, phrase, question)
            if status is None:
                continue
            rest = [other for other in said if other is not phrase]
            kept = tuple(t for t in question.terms if t not in phrase.terms)
            about = replace(question, operation=Operation.VALUE, terms=kept)
            rows = [p for p in plans(frame, about, rest) if len(p.rows) == 1 and p.at and frame.key in p.at]
            if not rows:
                continue
            plan = replace(rows[0], columns=status.at, guessed=False)
            row, column = plan.rows[0], status.at[0]
            if frame.says_nothing(row, column):
                continue
            result = Result("value", plan, plan.rows, (operand(frame, row, column),))
            found = weighed(about, plan, result)
            if found.probability < _POSSIBLE:
                continue
            own = letters(frame.cells[row][column] or "")
            words = {w for term in phrase.terms for w in (*synonyms_of(term.surface), *synonyms_of(term.normal))}
            whole = letters(question.folded[phrase.start : phrase.end])
            told = len(whole) >= _TELLING and whole in own and not _DENIED.search(own)  # 自動貸出機を導入
            return Verdict(told or own in (*words, whole, letters(phrase.words[0].surface)), found)
    return None


def _by_another_status(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Is its 区分 廃止? No: 継続 stands under the header asked for. A word that no cell of that column says."""
    put = _PUT_FORWARD.search(question.folded)
    if put is None:
        return None
    kept = tuple(t for t in question.terms if not put.start("word") <= t.start < put.end("word"))
    taken = (*question.taken, put.span("word"))
    about = replace(question, operation=Operation.VALUE, wants=None, terms=kept, taken=taken)
    for one in propose(about, frames):
        plan, frame = one.plan, one.plan.frame
        states = state_columns(frame) if put["word"] in STATES else []
        if states and frame.key in plan.at and len(plan.rows) == 1 and plan.guessed:
            one = _of_state(one, states, about)
            plan = one.plan
        if len(plan.rows) != 1 or len(plan.columns) != 1 or plan.guessed or frame.key not in plan.at:
            continue
        row, column = plan.rows[0], plan.columns[0]
        says, said = letters(put["word"]), letters(frame.cells[row][column] or "")
        words = {letters(cells[column] or "") for cells in frame.cells}
        state = frame.columns[column].kind == "text" and max(map(len, words)) <= _STATE
        if (
            one.probability >= _POSSIBLE
            and said
            and state
            and (column in states or not any(says in letters(c or "") for c in frame.cells[row]))
            and says not in said
        ):
            return Verdict(False, one)
    return None


def _by_calling_off(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Did it take place? No: what its row tells of the time asked for says that it was called off."""
    asked = _TOOK_PLACE.search(question.folded)
    if asked is None or question.claim is not None or question.comparisons:
        return None
    terms = tuple(t for t in question.terms if t.start < asked.start())
    about = replace(question, operation=Operation.VALUE, wants=None, terms=terms, taken=(*question.taken, asked.span()))
    for one in propose(about, frames)[:1]:
        if len(one.plan.rows) != 1 or len(one.result.operands) != 1 or one.probability < _POSSIBLE:
            continue
        only = one.result.operands[0]
        if _CALLED_OFF.search(letters(one.plan.frame.cells[only.row][only.column] or "")):
            return Verdict(False, one)
    return None


def _by_inclusion(question: Question, frames: tuple[Frame, ...]) -> Verdict | None:
    """Can it be had in Thai too (タイ語でも受けられますか)? Yes, where the one text that the other words name lists it; no where that
    names as many languages as it says there are, and this is none of them.
    """
    asked = _ALSO_IN.search(question.folded)
    if asked is None or question.claim is not None or question.comparisons:
        return None
    tongue = asked["thing"].endswith("語")  # named or not, it does not tell which row is meant
    terms = tuple(t for t in question.terms if t.start < asked.start("thing" if tongue else "does"))
    about = replace(
        question,
        operation=Operation.VALUE,
        wants=None,
        terms=terms,
        taken=(*question.taken, (asked.start("thing" if tongue else "does"), asked.end("does"))),
    )
    for one in propose(about, frames)[:1]:
        if len(one.plan.rows) != 1 or len(one.result.operands) != 1 or one.probability < _POSSIBLE:
            continue
        only = one.result.operands[0]
        text = searchable(one.plan.frame.cells[only.row][only.column] or "")
        named = re.search(rf"(?:[、・(（/]){re.escape(asked['thing'])}|{re.escape(asked['thing'])}[、・)）/]", text)
        if named is not None and not _DENIED.search(text):
            return Verdict(True, one)
        if unexplained(one.plan):
            continue  # 暮らしの相談 is not the 法律相談 that the text tells of
        if tongue and names_all_languages(text) and asked["thing"] not in text:
            return Verdict(False, one)
    return None


def _of_state(one: Proposal, states: Sequence[int], question: Question) -> Proposal:
    """The same rows with the column that says their state, that of the latest year asked for; as it is where none fits."""
    frame, row = one.plan.frame, one.plan.rows[0]
    asked = {period.year for period in question.periods}
    dated = [c for c in states if asked & set(frame.columns[c].years)] or [
        c for c in states if not frame.columns[c].years
    ]
    if len(dated) != 1 or frame.says_nothing(row, dated[0]):
        return one
    plan = replace(one.plan, columns=(dated[0],), guessed=False)
    return weighed(question, plan, Result("value", plan, plan.rows, (operand(frame, row, dated[0]),)))


def _status(frame: Frame, phrase: Phrase, question: Question) -> Option | None:
    """The meaning of a phrase as what cells of a column other than the names consist of."""
    for one in options(frame, phrase, question):
        whole = one.rows is not None and len(one.at) == 1 and min(one.strengths, default=0.0) >= _SURE
        if whole and frame.columns[one.at[0]].role in ("data", "group") and not one.columns and "cell" in one.how:
            shown = {
                letters(frame.cells[r][one.at[0]] or "")
                for r in range(len(frame))
                if one.rows is not None and one.rows[r]
            }
            if len(shown) == 1:
                return one
    return None


def same_amount(claimed: Quantity, printed: Quantity) -> bool:
    """Whether two figures are the same amount, in whatever unit each is given."""
    if claimed.unit in PEOPLE and printed.unit in PEOPLE:
        return claimed.value == printed.value
    if claimed.unit and printed.unit:
        return amount(claimed.value, claimed.unit) == amount(printed.value, printed.unit)
    return claimed.value == printed.value
