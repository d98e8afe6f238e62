"""Sentences: where each one in a text begins and ends."""

from chipnotes.pages.looks import LOOKS


def split_sentences(text):
    """The spans of the sentences of a text, without the white space around them: a list of (start, end).

    A sentence ends with its line, and at 。…! and ? (ASCII ! and ? only in Chinese context) together with the
    closing quotes and brackets that follow. It does not end at a semicolon, inside a bracket or a 《title》
    that stands within it, in an address, before a comma, or where the writer goes on (“为什么?”的问题). No
    full stop of ASCII ends one: 1.37, U.S., v2.0.

    >>> line = "产值3227亿元。增长1.37%!“好。”他说"
    >>> [line[start:end] for start, end in split_sentences(line)]
    ['产值3227亿元。', '增长1.37%!', '“好。”', '他说']
    """
    spans = []
    for line in LOOKS.filled_line.finditer(text):
        words, begin = line[0].rstrip(), 0
        for end in (*_ends(words), len(words)):
            if piece := words[begin:end].strip():
                start = words.index(piece, begin) + line.start()
                spans.append((start, start + len(piece)))
            begin = end
    return spans


def _can_end(text, start, end):
    """Can the run of marks text[start:end] end a sentence? ASCII ! and ? only where Chinese is written."""
    if not set(text[start:end]) <= {"!", "?"}:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before or before > "\u2000" or not (before.isalpha() or after.isascii() and after.isalnum())


def _ends(line):
    """The offsets in one line, without outer spaces, at which a sentence is over."""
    marks = list(LOOKS.mark.finditer(line))
    # A bracket that nothing closes (damage) must not swallow the rest of the line, so they are paired first.
    opened, closed = [], {}
    for mark in marks:
        if mark["open"]:
            opened.append(mark.start())
        elif mark["close"] and opened:
            closed[opened.pop()] = mark.start()
    first, last = 0, len(line)  # where the sentence at hand begins, and the line ends
    shut = -1  # where the brackets end that opened inside it
    quotes = {'"': 0, "'": 0}
    for mark in marks:
        start, end = mark.span()
        if mark["quote"]:
            quotes[mark["quote"]] += 1
        elif mark["open"]:
            # A bracket inside a sentence belongs to it whatever it holds; one that opens it may hold several.
            if first < start:
                shut = max(shut, closed.get(start, -1))
        elif not (mark["address"] or mark["close"] or start < shut) and _can_end(line, start, end):
            while end < last:
                # A straight quote closes if an odd number stands before it in the line, or if nothing
                # follows.
                straight = line[end] in quotes and (quotes[line[end]] % 2 == 1 or end + 1 == last)
                if not straight and not LOOKS.closer.match(line, end):
                    break
                end += 1
            if end == last or not LOOKS.goes_on.match(line, end) and line[end - 1] not in "》〉":
                yield end
                first = LOOKS.filled.search(line, end).start() if end < last else last
