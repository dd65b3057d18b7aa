"""Text of a budget's detailed statement (事項別明細書) whose columns an extraction tool wrote into one another → blocks.

The form is the nation's (地方自治法施行規則 別記): 目 with 本年度予算額, 前年度予算額 and 比較; beside them 節 with 区分 and
金額, and 説明. In the text a line holds pieces of any of these, glued: `19,477006 国際友好交流費` is an amount, a code and
a name, `4,385報酬1` an amount, a name and the number of its 節. What is glued is cut where only one cut makes thousands
separators right; which piece belongs to which column is settled by sums (`sums`): 本年度 − 前年度 = 比較, the
parts of a 節 make the 節, the 節 and the 説明 of a 目 each make the 目. What no sum settles is not put under a 目.
A text that kept the columns apart with blanks is read by their places (`laid_out`).
"""

from corpus.statements.laid_out import is_laid_out, read_laid_out
from corpus.statements.lines import is_statement, read_statement

__all__ = ["is_laid_out", "is_statement", "read_laid_out", "read_statement"]
