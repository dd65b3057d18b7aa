"""Whether what an offer says may be said: to the point, of the time, stage and kind asked for, not only near it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.folding import searchable
from corpus.values import find_quantities, fold_kanji_numbers
from index import Store
from qa.choice import Weighed
from qa.clauses import asks_no_money
from qa.lookup import letters
from qa.moments import only_by_its_end
from qa.money import PEOPLE, SCALES
from qa.numbered import numbered_otherwise
from qa.of_its_kind import of_another_of_its_kind
from qa.other_figures import of_another_figure
from qa.persons_told import of_nobody
from qa.possible import of_the_whole_document, passes_over_a_group
from qa.premises import (
    adds_nothing,
    affirms_what_is_denied,
    lists_nothing,
    of_another_doing,
    of_another_event,
    of_another_measure,
    of_another_time,
    of_another_ward,
    of_another_year,
    of_longer_name,
    of_more_together,
    of_no_change,
    of_no_date,
    of_no_extreme,
    of_no_name,
    of_no_such_cost,
    of_no_such_end,
    of_no_such_part,
    of_one_of_two,
    of_one_only,
    of_several_changes,
    predicate_left_out,
    tells_no_amount,
    tells_no_number,
    under_another_year,
)
from qa.prose import ProseAnswer, predicate
from qa.prose_told import only_counts
from qa.put_first import QUOTED
from qa.reported import of_another_speaker
from qa.same_row import of_beginning_alone
from qa.tabular import Proposal
from qa.totals_told import of_no_total
from qa.types import Draft, Explained, Operation, Question
from qa.understand import EXTREMES, LOOK_UPS

# What a draft can be by its words alone that is no answer.
_OTHERWISE = (
    of_no_such_end, of_no_such_part, of_one_only, of_no_total, of_no_extreme, of_one_of_two, of_no_name, of_nobody,
    of_another_doing, of_another_measure, under_another_year, of_another_time,
)  # fmt: skip
_THINGS = r"(?:件|か所|箇所|ヶ所|社|団体|施設|種類|校|局|店|冊|台|本|事業|項目|つ)"
_HOW_MANY = re.compile(rf"何{_THINGS}|いくつ(?:ある|あり|あっ|存在)")
_IN_KANJI = re.compile(rf"[一二三四五六七八九十百]{_THINGS}")
_OTHERWISE_COUNTED = (
    PEOPLE | frozenset(SCALES) | {"%", "割", "倍", "年", "月", "日", "年間", "か月", "日間", "歳", "回", "時", "分"}
)
_AMOUNT_SAID = re.compile(r"円|ドル|無料|無償|全額|定額|分の|[%割倍]|記載なし|空欄|[0-9](?![0-9,.]*[^0-9,.\s」』)(])")
_WHO = frozenset("士師員医")  # make a noun one who does it
_FOR_ONE = re.compile(r"(?<![0-9])1(?:か月|[ヶカヵ]月|日|年|人|世帯|回|食|台|戸|件|枚|本)(?:あたり|当たり|につき|ごと)")
_SAID_FOR_ONE = re.compile(
    r"[当あ]たり|つき|ごと|[月日年]額|毎[月日年]|平均|単価|料|(?<![0-9])1(?:か月|[ヶカヵ]月|日|人|世帯|回|食|台|戸|件|枚|本)|一(?:人|世帯|回|食|台|戸|件|枚|本|か月)"
)
# 次の三件を追加するものです。: what is listed stands below, and is not told.
_ANNOUNCES = re.compile(
    r"(?:次|以下|下記)の(?:とおり|通り|[0-9一二三四五六七八九十]+(?:つ|件|項目|点|事業|施策))[^。、]{0,20}(?:です|ます|である)。?\s*$"
)
# 市債残高に含まれていないものは何ですか: what is not in it, and no row of it.
_LEFT_OUT = re.compile(
    r"(?:含ま|含め)(?:れて|れ|て)?(?:い)?(?:な(?:い|かった)|ません)[^。?]{0,6}(?:何|どれ|どの|すべて|全て|は[?]?$)"
)
_SAYS_LEFT_OUT = re.compile(r"(?:含ま|含め|含んで)[ぁ-ん]{0,3}(?:な|ず|ません)|除|対象外|以外|別に|別途")
_IS_ASKED = re.compile(
    r"^[^。]*(?:(?:何|いくら|いつ|どこ|どう|なぜ|どの|どれ)[^。]*(?:か|でしょう)|ですか|ますか|[?])。?\s*$"
)  # a question answers none
_REMARKS = re.compile(r"備考|摘要|注記?|特記事項")
_BARE_FIGURE = re.compile(r"[一-龥](?:率|比|額|高|数|指数)は?[?。]*$")
_WHICH_OF_TWO = re.compile(r"(?:どちら|どっち)(?!も)")


def may_be_said(store: Store, question: Question, one: Weighed, draft: Draft) -> bool:
    """Whether the draft of an offer answers what is asked, as far as its words can tell; the gate looks at it after this."""
    if one.features["other_stage"] or _beside_its_way(question, one, draft) or _of_any_table(one):
        return False
    if _LEFT_OUT.search(question.folded) and not _SAYS_LEFT_OUT.search(searchable(draft.text)):
        return False
    if of_another_figure(question, one.offer, draft):
        return False
    if lists_nothing(draft) or (question.operation is Operation.LIST and _ANNOUNCES.search(searchable(draft.text))):
        return False
    if question.operation in EXTREMES and (adds_nothing(question, draft) or draft.kind == "list"):
        return False
    if any(is_otherwise(question, draft) for is_otherwise in _OTHERWISE):
        return False
    if _beside_the_point(store, question, one) or of_beginning_alone(question, one.offer.evidence):
        return False
    if (
        _counts_other_things(question, draft)
        or _tells_no_amount(question, one, draft)
        or _of_all_for_one(question, draft)
        or _of_a_remark(question, one)
    ):
        return False
    if of_another_speaker(question.folded, one.offer.evidence):
        return False
    if _amount_for_a_number(question, one, draft) or _of_no_place(question, one, draft):
        return False
    if affirms_what_is_denied(question, one.offer.accounts, draft):
        return False
    return not (_of_another_year(store, question, one) or _of_another_event(store, question, one))


def _beside_its_way(question: Question, one: Weighed, draft: Draft) -> bool:
    """Whether the way an offer was found does not bear what is asked: a text quoted in vain, a row left half said."""
    if one.offer.way in QUOTED and _quoted_in_vain(question, draft):
        return True
    if numbered_otherwise(question.folded, " ".join(heading for c in draft.citations for heading in c.heading)):
        return True  # 第5号 from a table of 第4号
    if one.offer.way in QUOTED and of_another_of_its_kind(question, one.offer.accounts, draft.text):
        return True
    if one.offer.way == "parts":
        return of_no_such_cost(question, draft)
    if one.offer.way not in ("table", "cell"):
        return False
    return of_several_changes(question, draft) or predicate_left_out(question, one.offer.accounts)


def _of_any_table(one: Weighed) -> bool:
    """Whether a table is listed or counted of which nothing is asked but what its whole document is about, or rows that a name
    they bear should have chosen among.
    """
    source = one.offer.source
    if not isinstance(source, Proposal):
        return False
    return of_the_whole_document(source.question, source.plan) or passes_over_a_group(source.question, source.plan)


def _quoted_in_vain(question: Question, draft: Draft) -> bool:
    """Whether a text is quoted that lacks what is asked for: a count, a number, a date, a change."""
    under = " ".join((draft.text, *(heading for c in draft.citations for heading in c.heading[-1:])))
    if numbered_otherwise(question.folded, under) or only_by_its_end(question.folded, searchable(draft.text)):
        return True
    if _IS_ASKED.search(searchable(draft.text)) and len(draft.citations) == 1:
        return True
    by_text = (only_counts, tells_no_number, tells_no_amount, of_longer_name, of_more_together, of_no_change)
    by_draft = (of_no_such_cost, of_no_date, of_another_ward)
    return any(lacks_it(question, draft.text) for lacks_it in by_text) or any(
        lacks_it(question, draft) for lacks_it in by_draft
    )


def _of_no_place(question: Question, one: Weighed, draft: Draft) -> bool:
    """Whether the third of something is asked for and a text is only quoted that names no third."""
    if question.rank < 2 or one.features["worked_out"] or one.offer.way not in QUOTED:
        return False
    return re.search(rf"{question.rank}\s*(?:番目|位|番)", searchable(draft.text)) is None


def _beside_the_point(store: Store, question: Question, one: Weighed) -> bool:
    """Whether an offer passes over what the question takes for granted, or what it asks to be confirmed.

    A name that nothing explains (another place, another project); a figure where its reason is asked for too; why a
    thing was given up that its row says goes on; and the description of a thing where it was asked whether it was given
    up, of which nothing is said.
    """
    if one.offer.way == "verdict":
        return False
    if one.features["no_reason"] or one.features["lost_names"]:
        return True
    if is_of_taste(question, one):
        return True
    if question.operation not in LOOK_UPS:
        return False
    if _of_another_name(store.documents[one.offer.evidence.document].text, one.offer.accounts):
        return True
    if question.operation is not Operation.YESNO:
        return bool(one.features["contradicted"])
    asked = predicate(one.offer.accounts)
    return asked is not None and asked.strength == 0.0


def _amount_for_a_number(question: Question, one: Weighed, draft: Draft) -> bool:
    """Whether the column was guessed and gives money where a number or a rate is asked for."""
    guessed = bool(one.features.get("guessed")) and bool(draft.values)
    no_money = question.operation is Operation.COUNT or asks_no_money(question.folded)
    return guessed and no_money and all(value.unit in SCALES for value in draft.values)


def _counts_other_things(question: Question, draft: Draft) -> bool:
    """Whether a text is to tell how many there are (何件) and all its figures are people, money, rates, dates or none."""
    counted = question.operation is Operation.COUNT and "いくつ" in question.folded
    if not (counted or _HOW_MANY.search(question.folded)) or draft.kind not in ("value", "passage"):
        return False
    told = fold_kanji_numbers(searchable(draft.text))
    return not _IN_KANJI.search(told) and all(q.unit in _OTHERWISE_COUNTED for q in find_quantities(told))


def _tells_no_amount(question: Question, one: Weighed, draft: Draft) -> bool:
    """Whether 事業費 is asked for in a table whose cell of it is empty, and another cell of words is offered instead; and whether
    the most that an amount is (どれで、いくら) is told as a share.
    """
    if question.operation in EXTREMES and question.wants == "money" and not question.rate:
        return bool(draft.values) and all(value.unit == "%" for value in draft.values)
    asks = question.operation is Operation.VALUE and question.wants == "money" and one.offer.way in ("table", "cell")
    if not asks or draft.kind not in ("value", "passage") or any(value.is_number for value in draft.values):
        return False
    return _AMOUNT_SAID.search(searchable(draft.plain)) is None


def _of_a_remark(question: Question, one: Weighed) -> bool:
    """Whether a figure's bare name (実質公債費比率は) would be answered by what is remarked on it."""
    if question.wants is not None or one.offer.way not in ("table", "cell") or not one.offer.evidence.attribute:
        return False
    remarked = _REMARKS.fullmatch(letters(one.offer.evidence.attribute[-1])) is not None
    return remarked and _BARE_FIGURE.search(question.folded) is not None


def _of_all_for_one(question: Question, draft: Draft) -> bool:
    """Whether it is asked what there is for one (1か月あたりいくら), and neither what is told nor where it stands says for what."""
    if question.wants != "money" or draft.calculation or _FOR_ONE.search(question.folded) is None:
        return False
    around = (part for c in draft.citations for part in (c.quote, c.row or "", *c.column, *c.heading))
    return _SAID_FOR_ONE.search(searchable(" ".join((draft.text, *around)))) is None


def _of_another_year(store: Store, question: Question, one: Weighed) -> bool:
    source = one.offer.source
    if not isinstance(source, ProseAnswer) or one.features["year"] >= 0.0:
        return False
    return of_another_year(store, question, source.evidence)


def _of_another_event(store: Store, question: Question, one: Weighed) -> bool:
    source = one.offer.source
    return isinstance(source, ProseAnswer) and of_another_event(store, question, one.offer.accounts, source.evidence)


def is_of_taste(question: Question, one: Weighed) -> bool:
    """Whether things are compared by a quality of which nothing is said: どちらがおいしい."""
    if question.operation in EXTREMES:
        return _by_another_quality(one.offer.accounts)
    lost = any(a.strength == 0.0 and a.term.pos == "形容詞" for a in one.offer.accounts)
    return lost and _WHICH_OF_TWO.search(question.folded) is not None


def _by_another_quality(accounts: Sequence[Explained]) -> bool:
    """Whether what is compared is said by an adjective that nothing explains: どちらがかわいい is no どちらが多い."""
    return any(a.strength == 0.0 and a.term.pos in ("形容詞", "形状詞") for a in accounts)


def _of_another_name(text: str, accounts: Sequence[Explained]) -> bool:
    """Whether a name is found but what is written on to it is not: 北斗くん is not 北斗, nor 保育士 保育. Both stand in the document (石垣港) or not."""
    in_order = sorted(accounts, key=lambda a: a.term.start)
    return any(
        name.strength > 0.0 and rest.strength == 0.0 and rest.term.pos == "接尾辞" and rest.term.start == name.term.end
        and (name.term.weight >= 1.0 or rest.term.surface in _WHO) and name.term.pos != "数詞" and f"{name.term.surface}{rest.term.surface}" not in text
        for name, rest in pairwise(in_order)
    )  # fmt: skip
