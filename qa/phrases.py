"""The fixed words of a sentence, shared by the composer, who says them, and the gate, which lets them pass."""

from __future__ import annotations

FILLED = "(結合セルのため上の行から補った値です)"
IN_TABLE_OF = "{year}の表では、"
UNSURE_PART = "(表の記載から推定した値を含みます)"
UNSURE = "(表のセルがずれており、列の対応は確かではありません)"
INFERRED = "(表の記載から推定: {reason})"
NOTHING = "「{text}」(値の記載なし)"
NO_LABEL = "内容"

# What accounts are told with in speeches (`qa/told_frame.py`).
MEASURES = "額 増減額 増減率 構成比 補正額"

CALCULATED = "差 合計 平均 割合 倍 増 減 増加 減少 最大 最小 件数"

# What lists, counts and calculations are told with.
TOLD = (
    "次の うち 増 減 空欄 件 つ 行 該当 最も 大きい 小さい 多い 少ない 早い 古い 新しい 増える 減る 増えました 減りました 変わりません 同じ 同額 から まで へ 倍 平均する 合計する"
    " 内訳 ほか 差 上位 順 方 ありません はい いいえ 正しく 除く 読み取れない 数 全部 それぞれ 円 約 番 目 番目 あたり 占める もの 年度 次のとおり 該当する 残り 割る 割ると"
    " 一人 一件 一回 一世帯 一団体 一社 一日 人のうち"
)

ALL = (
    IN_TABLE_OF.format(year=""),
    TOLD,
    CALCULATED,
    MEASURES,
    UNSURE_PART,
    FILLED,
    UNSURE,
    INFERRED.format(reason=""),
    NOTHING.format(text=""),
    NO_LABEL,
)
