"""A folded question in the spelling that everything after it reads: years said once, eras left out, what is asked anyway."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.folding import searchable
from corpus.values import Period, Quantity, find_periods, find_quantities
from index.words import words
from qa.money import amount

# 2024・2025・2026年度, 令和4・5年度: the unit and the era are said once and meant for all.
_YEARS_SAID_ONCE = re.compile(
    r"(?<![0-9])(?P<years>(?:(?:19|20)[0-9]{2}(?:[~・、,/と]|から))+(?:19|20)[0-9]{2})(?P<unit>年度?)"
)
_WESTERN = re.compile(r"(?:19|20)[0-9]{2}")
_ERA_YEARS_SAID_ONCE = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHR])(?P<years>(?:(?:元|[0-9]{1,2})[~・、,/と])+[0-9]{1,2})(?P<unit>年度?)"
)
_OF_ERA = re.compile(r"元|[0-9]{1,2}")
_AND_ALSO = re.compile(
    r"(?<=[?。])(?:[^?。]{1,8}も"
    r"|(?!差|違い|理由|原因|要因|背景|合計|平均|割合)[^?。はがをに]{1,14}も(?:あわせて|一緒に)?(?:お願い(?:します|いたします)|教えて(?:ください|下さい)?|知りたい(?:です)?)"
    r"|(?!差|違い|理由|原因|要因|背景|合計|平均|割合|[^?。]{0,4}率)[^?。はがをに]{1,14}も(?:答え|示し|挙げ)て(?:ください|下さい)?)[?。]?$"
)  # …は第何回？件数も: what is told anyway, or told besides (qa.besides)
# …を金額とともに挙げて; …をすべて挙げ、それぞれの額も答えて: what is told of each thing listed (qa.besides).
_WITH_EACH = re.compile(
    r"(?:[、,]|(?<=を))(?:その|それぞれの|各)?[一-龥ァ-ヶー]{1,10}?と(?:ともに|一緒に|あわせて|併せて)"
    r"|(?<=[挙あ]げ|示し|答え|教え)(?:て)?[、,](?:その|それぞれの|各)[一-龥ァ-ヶー]{1,10}?も(?:教え|答え|示し|挙げ)"
)
# …は合計を除いていくつ: totals are never among the things.
_BUT_TOTALS = re.compile(r"(?<![一-龥・(])(?:総?合計|小計)[はを](?:除いて|除き|抜きで|含めずに)[、,]?")
# 一番多い事業と、その額: an extreme is told with its figure anyway.
_AND_ITS = re.compile(
    r"と[、,]?\s?その(?:時の)?(?:予算|決算|事業|補助|増加|減少|増減|増|減|変化|伸び)?(?:金?額|人数|件数|[日回個冊台]?数|値|数字|費|率|幅|年度?)"
    r"(?=[をはも]|[?。]|\s*$)"
)
_EXTREME = re.compile(r"最も|もっとも|一番|いちばん|最[大小多少高低]|番目")
# 令和元年度から5年度まで: the era is said once and meant for both.
_ERA_SAID_ONCE = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和)(?P<first>(?:元|[0-9]{1,2})年度?)(?P<joint>[と、・~]|から)(?P<second>[0-9]{1,2}年度?)"
)
# A year said as people say it who live in its era.
_ERALESS = re.compile(
    r"(?<![0-9A-Za-z,.第約各元成和治正])(?:(?P<year>[1-9]|1[0-2])|1[3-9]|2[0-9]|3[01])年度(?=[のはとにでを、,・末当]|から|まで|予算|決算|$)"
)
# 第1回から第4回まで: each of them by its name.
_FROM_FIRST = re.compile(
    r"第(?P<first>[0-9]{1,2})(?P<unit>回|期|次|弾)?(?:から|~)第?(?P<last>[0-9]{1,2})(?P<of>回|期|次|弾)(?:まで)?"
)
_MOST_NAMED = 8
# 前年度の予算より多かった?少なかった?いくら違う?: by how much they differ says which is more.
_EITHER_WAY = re.compile(
    r"より(?:も)?(?P<more>多|高|大き)(?:い|かった)(?:の|ん)?(?:です)?(?:か)?[?？、。\s]*(?:それとも)?(?:少な|低|小さ)(?:い|かった)(?:の|ん)?(?:です)?(?:か)?[?？、。\s]*"
    r"(?:いくら|どれだけ|どれ(?:くらい|ぐらい)|何(?:円|千円|万円|人|件|回))(?:の)?(?:違|差)[^。?？]{0,8}"
)
# 予算はR3も据え置きですか: the same as the year before.
_LEFT_AS_IT_IS = re.compile(
    r"(?:も|は|に)?[、,]?(?:引き続き|前年度から|昨年度から)?(?:据え置き|据置き?|横ばい|変わらず)(?:のまま)?(?:です|でした|でしょう)か"
)
_IN_BRACKETS = re.compile(r"(?:前|昨|翌|今|本|当)年度?[(（](?P<year>[^()（）]{2,8})[)）]")
# 本年度予算額の計と前年度予算額の計: two measures of the total.
_TOTAL_SAID_OF_EACH = re.compile(r"の(?P<one>[一-龥]{2,8}額)の計と(?P<other>[一-龥]{2,8}額)の計")
_WHAT_TONGUE = re.compile(r"(?:何|なん|どこ|どの国)の言葉(?=で|に|が)")
_EVERY_YEAR = re.compile(
    r"(?<=[はで、])(?:1年に|年に|年間(?:で|に)?)(?=何回)"
)  # 年に何回: how often in the year it is told of
# 事業(001から始まる番号のもの): how a document prints them, not which are meant.
_HOW_PRINTED = re.compile(r"\([^()]{0,12}(?:連番|番号)[のがを][^()]{0,8}\)|\([款項目節]別\)")
_ASKING = {
    "幾ら": "いくら",
    "幾つ": "いくつ",
    "何故": "なぜ",
    "何処": "どこ",
    "何方": "どなた",
    "如何程": "どれほど",
    "何れ": "どれ",
}
_IN_KANJI = re.compile("|".join(_ASKING))
_YEAR_BEFORE = re.compile(r"(?:前(?:の年度?|年)|(?<![0-9])1年前)(?=[とに]比べ|より|から|を[上下]回|に対|と同[じ額数])")
# 平均は1年当たり何人: the average says it already.
_PER_YEAR = re.compile(r"1年(?:間)?(?:あ|当)たり(?:の|で)?|年平均で")
# 農林水産業費の計の決算額: the row 農林水産業費 計.
_TOTAL_OF = re.compile(r"(?<=[一-龥ァ-ヶ])の(?=[小合総]?計の[一-龥])")
# 前年度当初予算からの増加額: of what it is the change, the figure itself says.
_STAGE_BEFORE = re.compile(r"(?<=前年度)(?:の)?(?:当初)?(?:予算|決算)額?(?=からの?[増減])")
# How finely it is to be said: (小数第1位まで), 小数点以下第2位を四捨五入して.
_ROUNDED = re.compile(
    r"[、,]?\(?(?:(?:%|パーセント)[、,]\s*)?"
    r"(?:小数点?(?:以下)?第?[0-9一二三]位(?:まで|を|に|で)?|(?:小数点以下|端数|整数)(?:まで|を|に|で))(?:四捨五入|切り?捨て|切り?上げ)?"
    r"(?:して|した(?:値|数)?)?(?:で|の)?\)?[、,]?(?:(?<=[?。でに])(?:お?答え(?:て)?|教えて|示して|求めて)(?:ください|下さい)[。]?)?"
)
_HELD_BY = re.compile(r"(?<=[会部局課室署])所管(?=の)")  # 教育委員会所管の事業: the dictionary reads 会所
_SAID_OF = re.compile(
    r"(?<=[一-龥々])って(?=[、,]?(?:[一-龥ァ-ヶー]|いつ|どこ|だれ|どれ|どの|どう|どん|いくら|いくつ|なに|なぜ))"
)  # …を担当しているのは何課ですか: no number of them.
_IN_CHARGE = re.compile(
    r"を(?:担当|所管|担任)し(?:て(?:い)?る|た)のは(?:[何なん]|どこの|どの)(?P<unit>課|部局?|局|室|係)(?=です|でし|で|か|[?。]|$)"
)
# What people say for the figure that a settlement calls 支出済額.
_SPENT = re.compile(
    r"(?:お金を(?:使|つか)った|(?:使|つか)った(?=お?金|額))(?:お金|金額|額)?"
    r"|(?:いくら|どれだけ|どれ?くらい|どのくらい)(?:の)?(?:お金を|を)?(?:使|つか)った(?=の[?]|か|[?]|$)"
)
# 入ってきたお金, 借りられるお金: said as 入るお金, 借りるお金, for which documents have words (qa/thesaurus.tsv).
_MONEY_THAT = re.compile(r"(?P<verb>入|出|借り|もら|余|残)(?:って|て|られ|え)(?:き|く|い|行)?(?:った|た|る|く)(?=お金)")
_PLAINLY = {"入": "入る", "出": "出る", "借り": "借りる", "もら": "もらえる", "余": "余った", "残": "残った"}

# 不納欠損額がゼロの税目, 不用額がなかった課: the figure is nought.
_NOUGHT = re.compile(
    r"(?<=[がはも])ゼロ(?=[のでだにとを]|です|$)|(?<=[額損金率費債高])が(?:なかった|ない|無かった|無い)(?=[一-龥ァ-ヶ]{1,6}(?:[はをがの?。]|\s*$))"
)

# マイナス(▲)になっている団体: how a table prints it.
_SIGN_PRINTED = re.compile(r"(?<=マイナス)\([^()]{1,4}\)")
_MEAN = re.compile(r"(?:単純|算術|相加)平均")
# 人口の推移, 年度別の人口, 各年度の人口: the figure, of which all years are told where no year is asked for.
_YEAR_BY_YEAR = re.compile(
    r"(?:各|全|すべての|全ての)年度?の|年度?(?:別|ごと|毎)(?:の|に|で)?(?!推移)|の(?:(?:年度?(?:別|ごと)|経年)の?)?推移(?=[をはも]|[?。]|\s*$)"
)
_OVER_YEARS = re.compile(rf"{_EXTREME.pattern}|合計|平均|合わせ|足し|どの年|何年")


def respelled(folded: str) -> str:
    """The question so spelled; nothing that it asks for is lost."""
    folded = folded if _OVER_YEARS.search(folded) else _YEAR_BY_YEAR.sub("", folded)
    folded = _BUT_TOTALS.sub("", _WITH_EACH.sub("", folded))
    folded = _TOTAL_OF.sub(" ", _STAGE_BEFORE.sub("", folded))
    folded = _PER_YEAR.sub("", folded) if "の平均" in folded else folded
    folded = _SAID_OF.sub(_topic, _ROUNDED.sub("", _HELD_BY.sub("", folded)))
    folded = _IN_CHARGE.sub(r"の担当\g<unit>はどこ", folded)
    folded = _MONEY_THAT.sub(lambda m: _PLAINLY[m["verb"]], folded)
    folded = _YEAR_BEFORE.sub("前年度", _SPENT.sub(_as_spent, _AND_ALSO.sub("", _HOW_PRINTED.sub("", folded))))
    folded = _MEAN.sub("平均", _SIGN_PRINTED.sub("", folded))
    folded = _NOUGHT.sub(lambda m: "0" if m.group() == "ゼロ" else "が0の", folded)
    folded = _AND_ITS.sub("", folded) if _EXTREME.search(folded) else folded
    folded = _YEARS_SAID_ONCE.sub(lambda m: _WESTERN.sub(rf"\g<0>{m['unit']}", m["years"]), folded)
    folded = _ERA_YEARS_SAID_ONCE.sub(lambda m: _OF_ERA.sub(rf"{m['era']}\g<0>{m['unit']}", m["years"]), folded)
    folded = _FROM_FIRST.sub(_one_by_one, _without_repeats(folded))
    folded = _ERA_SAID_ONCE.sub(r"\g<era>\g<first>\g<joint>\g<era>\g<second>", folded)
    return _with_era(folded)


def _in_its_place(match: re.Match[str]) -> str:
    """前年度(R2)の当初予算 → R2の当初予算; what is no year stays in its brackets."""
    return match["year"] if len(find_periods(searchable(match["year"]))) == 1 else match.group()


def _as_spent(match: re.Match[str]) -> str:
    """使ったお金 → 支出済額; いくら使った → 支出済額はいくら."""
    return "支出済額はいくら" if match.group()[0] in "いど" else "支出済額"


def said_plainly(text: str) -> str:
    """A question without turns of speech that ask nothing of their own: 多かった?少なかった?いくら違う?, 前年度(R2), 年に何回."""
    plain = _IN_BRACKETS.sub(_in_its_place, _EITHER_WAY.sub(r"よりいくら\g<more>いですか", text))
    plain = _LEFT_AS_IT_IS.sub("は前年度と同じですか", plain)
    plain = _TOTAL_SAID_OF_EACH.sub(r"の計の\g<one>と\g<other>", plain)
    return _WHAT_TONGUE.sub("何語", _EVERY_YEAR.sub("", plain))


def in_kana(text: str) -> str:
    """A question with the words that ask in kana, as they are read here: 幾ら, 何故, 何処."""
    return _IN_KANJI.sub(lambda m: _ASKING[m.group()], text)


def also_asked(folded: str) -> str:
    """What stands at the end of a question and is told besides: 担当課もお願いします."""
    found = _AND_ALSO.search(folded)
    return found.group() if found else ""


def _topic(match: re.Match[str]) -> str:
    """講師派遣って期間は → 講師派遣は期間は: って behind a noun that would else be read as the end of a verb (遣って)."""
    text, at = match.string, match.start()
    cut = [word for word in words(text) if word.start < at < word.end]
    if not cut or cut[0].pos != "動詞":
        return match.group()
    before = [word for word in words(f"{text[:at]}は{text[match.end() :]}") if word.end == at]
    return "は" if before and before[0].pos == "名詞" and len(before[0].surface) > 1 else match.group()


def _one_by_one(match: re.Match[str]) -> str:
    """第1回から第3回まで → 第1回、第2回、第3回; what is not so counted as it stands."""
    first, last = int(match["first"]), int(match["last"])
    if not 0 < last - first < _MOST_NAMED or match["unit"] not in (None, match["of"]):
        return match.group()
    return "、".join(f"第{n}{match['of']}" for n in range(first, last + 1))


def _without_repeats(folded: str) -> str:
    """令和元年度(R1)に → 令和元年度に: a year or an amount said again in brackets in another way, 5億円(500,000千円)."""
    twice: list[tuple[Period | Quantity, Period | Quantity]] = [
        (a, b) for a, b in pairwise(find_periods(folded)) if (a.year, a.month, a.day) == (b.year, b.month, b.day)
    ]
    amounts = [(q, amount(q.value, q.unit)) for q in find_quantities(folded)]
    twice += [(a, b) for (a, of), (b, also) in pairwise(amounts) if of == also and a.unit != b.unit]
    for one, other in twice:
        if folded[one.end : other.start].strip() == "(" and folded[other.end : other.end + 1] == ")":
            return _without_repeats(folded[: one.end] + folded[other.end + 1 :])
    return folded


def _with_era(folded: str) -> str:
    """5年度 → 令和5年度, in a question that names no era."""
    if "年度" not in folded or find_periods(folded):
        return folded
    return _ERALESS.sub(lambda m: f"{'令和' if m['year'] else '平成'}{m.group()}", folded)
