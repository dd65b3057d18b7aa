"""Sentences about the thing that the sentence before them is about: 料金は1回300円です, after あさぎり号は…運行します。

Some nouns say what there is of something and mean nothing without it: a fee, a number of users, a purpose, a place. A
sentence whose topic is only such a noun leaves out what everyone knows from the sentence before.
"""

from __future__ import annotations

import re
from functools import lru_cache

# What may stand before the topic: how the sentence is tied on, and when it holds.
_TIED = r"(?:(?:なお|また|さらに|ただし|このうち|うち|あわせて|併せて|既に|すでに|現在)[、,]?)?"
_WHEN = r"(?:(?:今|昨|本|前|当|来|翌)年度?|(?:令和|平成)?[0-9元]{1,4}年度?|[0-9]{1,2}月)?(?:末|当初)?(?:(?:現在)?の|は|に)?[、,]?"
_HOW_MUCH = r"(?:総|主な|全体の|年間の?|1(?:人|件|回|日|食)当たりの?|延べ|平均|最終|当初)?"
_MEASURES = r"[一-龥ァ-ヶー]{0,4}(?:数|額|率|費|料金?|単価|面積|延長|総量|残高|割合|総数|件数|人数|回数)"
_PEOPLE = r"(?:参加|利用|受講|修了|登録|応募|来場|入場|来館|出席|受診|対象|申込|申請|回答|入居|従事|担当|受賞|協力|講|委託)(?:者|先|師|店)"
_OTHERS = (
    r"(?:(?:開催|実施|募集|受付|運行|営業|利用)?(?:期間|期限|時期|時間|日時|日程|場所|会場)|目的|狙い|ねらい|趣旨|理由|要因|原因|内容|内訳"
    r"|対象(?:となる[^はがをにで、。]{1,10})?|定員|講師|職員|引率|会員|規模|効果|成果|結果|実績|目標|課題|財源|特徴|窓口|補助率|上限)"
)
# The two sides of an account: 歳入では…, after 国民健康保険事業につきましては….
_SIDES = r"(?:(?:収益的|資本的)?(?:収入|支出)|歳入|歳出)(?:面)?(?:で|に(?:おいて|おきまして|つきまして|ついて))?"
_LEANS = re.compile(
    rf"{_TIED}{_WHEN}(?:{_HOW_MUCH}(?:{_MEASURES}|{_PEOPLE}|{_OTHERS})|{_SIDES})(?:は|が(?!い|な)|も|を|には|にも|としては)"
)


@lru_cache(maxsize=20_000)
def leans(folded: str) -> bool:
    """Whether a folded sentence names, as what it is about, only what there is of something, and not of what."""
    return _LEANS.match(folded) is not None
