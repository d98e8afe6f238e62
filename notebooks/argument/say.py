"""Numbers as a sentence says them: small counts, yuan, percent, and directions that follow."""

from string import Formatter

_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
BOUNDS = {"exact": "", "about": "about", "at_least": "at least", "at_most": "at most"}
BOUNDS |= {"above": "more than", "below": "less than"}


def count(number):
    """A count in words up to twelve, then in figures; of a table or list its length.

    >>> count(4), count(0), count(26), count(["cars", "science"])
    ('four', 'no', '26', 'two')
    """
    number = len(number) if hasattr(number, "__len__") else int(number)
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def plain(number, digits=1):
    """A number without needless zeros.

    >>> plain(20.8), plain(10.0), plain(3.112, 2)
    ('20.8', '10', '3.11')
    """
    text = f"{number:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(number, bound="exact", digits=1):
    """A sum of money with its bound.

    >>> yuan(3e10), yuan(1e12, "above")
    ('30 billion yuan', 'more than 1 trillion yuan')
    >>> [yuan(2e6, bound) for bound in ("at_least", "at_most", "below")]
    ['at least 2 million yuan', 'at most 2 million yuan', 'less than 2 million yuan']
    """
    factor, word = next(((f, f" {w}") for f, w in _SCALES if abs(number) >= f), (1, ""))
    return " ".join(filter(None, (BOUNDS[bound], f"{plain(number / factor, digits)}{word} yuan")))


def between(low, high, digits=0, unit=" percent"):
    """A range; one number if both ends are printed alike.

    >>> between(30.7, 41.3), between(38.2, 38.4)
    ('31 to 41 percent', '38 percent')
    """
    ends = [plain(end, digits) for end in (low, high)]
    return f"{ends[0]}{unit}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}{unit}"


def part(share):
    """Which part of a whole a share between 0 and 1 is.

    >>> [part(x) for x in (0.2, 0.5, 0.7)]
    ['less than half', 'half', 'more than half']
    """
    return "half" if share == 0.5 else "less than half" if share < 0.5 else "more than half"


def times(number):
    """How often: in words.

    >>> times(2), times(3)
    ('twice', 'three times')
    """
    return ("nowhere", "once", "twice")[number] if number < 3 else f"{count(number)} times"


def listed(words, joined=" and "):
    """Words as a list in running text.

    >>> listed(["cars", "electronics", "science"]), listed([])
    ('cars, electronics and science', 'none')
    """
    *first, last = list(words) or ["none"]
    return f"{', '.join(first)}{joined}{last}" if first else last


class Words(Formatter):
    """Templates with fields: !n says a count in words, !t how often, !y yuan, !l lists, !j joins by
    semicolons, :C begins with a capital. A function as a value is called when it is said.

    >>> Words().format("{on!n:C} subjects: {on!l}.", on=["cars", "science"])
    'Two subjects: cars and science.'
    """

    says = {"n": count, "t": times, "y": yuan, "l": listed, "j": "; ".join}

    def get_value(self, key, args, fields):
        value = super().get_value(key, args, fields)
        return value() if callable(value) else value

    def convert_field(self, value, conversion):
        return self.says[conversion](value) if conversion else value

    def format_field(self, value, spec):
        return value[0].upper() + value[1:] if spec == "C" else super().format_field(value, spec)
