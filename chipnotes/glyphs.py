"""Characters: what is Chinese, a space, a digit; full width folded and blanks left out, offsets kept."""

import re
from functools import lru_cache

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # inside [...]
SPACE = " \t\xa0\u3000\u2002\u2003\u2009\u1680\u2000\u2001\u2004\u2005\u2006\u2007\u2008\u200a\u202f\u205f"
# Each of these in a text is in a quantity, a date or an exclusion. 半 双 首 几 数 成 are not among them.
NUMERALS = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万亿"

_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_SIGNS = dict(zip("０１２３４５６７８９．％﹪＋－−：∶／（）～＞＜＄　\xa0", "0123456789.%%+--::/()~><$  "))
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_PLAIN = str.maketrans("壹贰叁参肆伍陆柒捌玖拾佰仟○◯", "一二三三四五六七八九十百千〇〇")
_ONES = "壹贰叁参肆伍陆柒捌玖"
_ANY = f"[零{_ONES}拾佰仟万亿]"
# 叁佰万元, 伍亿元, 叁万至伍万元, 二○二三年; not 陆家嘴, 收拾, 陆万里
_FORMAL = re.compile(
    f"(?!(?<=[大登内着])陆|(?<=[队退])伍|(?<=[海内])参|(?<=放)肆)[{_ONES}](?={_ANY}{{0,15}}(?:(?<=[拾佰仟])|(?<=[万亿])(?:[至到-]{_ANY}{{2,9}})?[美港日欧]?[元圆])){_ANY}+"
    "|(?<=[一二三四五六七八九百千])[○◯]+(?=[一二三四五六七八九年])"
)
_BLANK = re.compile(r"[ \u3000\xa0](?:(?<=[一-鿿].)(?=[\d+-])|(?<=[\d%％+].)(?=[一-鿿]))")


def narrow(text):
    """A text with every full-width ASCII character as ASCII, one for one, so that offsets hold."""
    return _FULL_WIDTH.sub(lambda sign: chr(ord(sign[0]) - 0xFEE0), text)


@lru_cache(maxsize=8)
def fold(text):
    """A text with full-width digits and the signs of numbers as ASCII, one for one, so that offsets hold.

    A full-width comma stays one, unless it stands between full-width digits. Numerals of contracts and the
    circle of years become those of newspapers.

    >>> fold("人民币贰亿叁仟万元，二○二三年")
    '人民币二亿三千万元，二〇二三年'
    """
    text = re.sub("(?<=[０-９])，(?=[０-９])", ",", text)
    text = _FORMAL.sub(lambda numeral: numeral[0].translate(_PLAIN), text)
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], text)


def tight(text):
    """A text without the blanks between Chinese and numbers, and the offset in `text` of each character.

    >>> tight("增长 12.8% 和 300 余家")[0]
    '增长12.8%和300余家'
    """
    gone = {m.start() for m in _BLANK.finditer(text)}
    return _BLANK.sub("", text), [at for at in range(len(text) + 1) if at not in gone]
