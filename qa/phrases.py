"""The fixed words of a sentence, shared by the composer, who says them, and the gate, which lets them pass."""

from __future__ import annotations

FILLED = "(結合セルのため上の行から補った値です)"
UNSURE = "(表のセルがずれており、列の対応は確かではありません)"
INFERRED = "(表の記載から推定: {reason})"
NOTHING = "「{text}」(値の記載なし)"
NO_LABEL = "内容"

CALCULATED = "差 合計 平均 割合 倍 増 減 増加 減少 最大 最小 件数"

ALL = (CALCULATED, FILLED, UNSURE, INFERRED.format(reason=""), NOTHING.format(text=""), NO_LABEL)
