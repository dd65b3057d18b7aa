"""How a question says that figures are to be made into one: a share, a difference, a sum, so much for each."""

from __future__ import annotations

import re

_MORE = r"[、,]?(?:いくら|どれ(?:だけ|くらい|ぐらい|ほど)|どの(?:くらい|ぐらい)|何[^、。は]{1,3}?)[^、。]{0,6}?"
_SIGN = r"(?:多|少|大き|小さ|高|低|上回|下回|増|減|超)"
THAN = r"(?:(?<!に)より(?:も)?|[にと]比べ(?:て|ると|た場合)?|に対し(?:て)?)"
_HOW_FAR = r"(?:どの(?:くらい|ぐらい|程度)|どれ(?:くらい|ぐらい|ほど)|何(?:%|割))"
_ABOUT = r"\s*(?:約|およそ|だいたい|どの(?:くらい|程度)で)?\s*"
# Two figures and what is made of them. `over` is divided by `under`; `under` is taken from `over`.
CALCULATED = tuple(
    (how, re.compile(pattern))
    for how, pattern in (
        ("per", r"^(?P<over>.+?)を[、,]?(?P<under>.+?)で割"),
        ("percent", rf"^(?P<over>.+?)は[、,]?(?P<under>.+?)の{_ABOUT}何(?:%|パーセント|割)"),
        ("percent", r"^(?P<under>.+?)に対する(?P<over>.+?)の(?:割合|比率|率)"),
        ("times", rf"^(?P<over>.+?)は[、,]?(?P<under>.+?)の{_ABOUT}何倍"),
        ("rate", rf"^(?P<over>.+?)は[、,]?(?P<under>.+?){THAN}[、,]?何(?:%|パーセント|割)[^、。]{{0,6}}?{_SIGN}"),
        ("difference", rf"^(?P<over>.+?)は[、,]?(?P<under>.+?){THAN}{_MORE}{_SIGN}"),
        ("difference", rf"^(?P<under>.+?){THAN}[、,]?(?P<over>.+?)(?:は|が|の(?:ほう|方)が){_MORE}{_SIGN}"),
        ("difference", r"^(?P<over>.+?)と[、,]?(?P<under>.+?)(?:と)?の(?:差(?:額)?|違い|開き)"),
        ("difference", r"^(?P<over>.+?)は[、,]?(?P<under>.+?)の[、,]?何年後"),
        ("difference", r"^(?P<under>.+?)は[、,]?(?P<over>.+?)の[、,]?何年前"),
    )
)
# What is part of what: 歳出に占める民生費の割合, 歳出のうち民生費が占める割合, 民生費は歳出のどのくらいの割合.
PART_OF = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?P<under>.+?)に(?:対して)?占める(?P<over>.+?)の(?:割合|比率|構成比|シェア)",
        r"^(?P<over>.+?)[がは][、,]?(?P<under>[^はが]+?)に(?:対して)?占める(?:割合|比率)",
        r"^(?P<under>.+?)の(?:うち|中で?)(?:の)?[、,]?(?P<over>.+?)[がの]占める(?:割合|比率)",
        rf"^(?P<under>.+?)の(?:うち|中で?)(?:の)?[、,]?(?P<over>[^、,はが]+?)[はが][、,]?(?:全体の)?{_ABOUT}何(?:%|パーセント|割)(?:です|でし|か|[?を]|$)",
        rf"^(?P<over>.+?)は[、,]?(?P<under>[^は]+?)の(?:うちの?)?{_HOW_FAR}の割合",
    )
)
PER_EACH = re.compile(
    r"^(?P<before>.*?(?:[、,の]|では|には|に|で))?(?P<of>[一-龥ァ-ヶー]{2,6}?)?1(?P<one>人|世帯|戸|件|団体|施設|校|回)[あ当]たり(?:の|で)?(?P<rest>.+)$"
)
RESIDENTS = re.compile(r"(?:市|町|村|区|県|都|府|道|国|住)民|住人|人口")
HOW_MANY_PEOPLE = re.compile(r"(?:平均)?(?:何人|人[数員口]|の人)")
# Things named side by side, once what of them is meant (`of`), and what is made of their figures.
_ADDED = r"(?:足[しす]|合わせ|あわせ|合計|加え)(?:て|た|ると|すと|すれば|した|して|すると|る|す)?"
SHARED = tuple(
    (how, re.compile(pattern))
    for how, pattern in (
        (
            "sum",
            r"^(?P<all>.+と.+)[、,](?P<of>[^、,は]{2,}?)は[、,]?(?:合計|合わせて|全部で|総額)(?:で|は)?(?:いくら|何)",
        ),
        (
            "sum",
            rf"^(?P<all>.+?)(?:を|、)?{_ADDED}[、,]?(?:場合の|の)?(?P<of>(?![はがをた])(?:額|数|[^、,。?]{{2,}}?))(?:は|が|を|$)",
        ),
        (
            "sum",
            rf"^(?P<all>.+)(?:の|、|,)(?P<of>[^、,]{{2,}}?)(?:の(?:合計|総額|総計)|を(?:全部|ぜんぶ|すべて)?{_ADDED})",
        ),
        ("difference", r"^(?P<all>.+)(?:の|、|,)(?P<of>[^、,]{2,}?)の(?:差|違い|開き)"),
        ("difference", r"^(?P<all>.+?)(?:では|とで|、|,)(?P<of>[^、,]{2,}?)(?:が|は)[^、,]{0,8}(?:どちら|どっち)"),
        (
            "difference",
            r"^(?P<all>.+?)(?:では|とで)?[、,]?(?:どちら|どっち)(?:の(?:方|ほう)が|が)?(?P<of>[^、,]{2,}?)(?:が|は)",
        ),
    )
)
OF_ONE_MEASURE = ("difference", "rate", "times")  # what is compared is the same of both
OF_FIRST = re.compile(rf"^(?P<of>.+?)は[、,]?(?P<all>.+?)を{_ADDED}[、,]?(?:いくら|何|どれ)")
