"""Read an edition: what only a reader of one page can decide (order of its lines, repairs, lacunae), as offsets in its raw text."""

from chipnotes.clean import DROPS, ROLES, plain_line_ends
from chipnotes.seeds import SeedError, read_toml


def read_edition(path, raw, sha256=None):
    """The edition in a TOML file, resolved against the raw text that it is for.

    Returns a dict: paragraphs [(article, role, [(start, end), …])], dropped [(start, end, rule)], spaces [place] that are kept, notes [(end, note)],
    repairs [(start, end, [(place, character), …], rule, note)], all offsets in raw. `sha256`, if given, must be the edition's.
    Raises SeedError that names the entry that does not fit the page.
    """
    table = read_toml(path)
    name = f"{path.parent.name}/{path.name}"
    if sha256 and table.get("sha256") != sha256:
        raise SeedError(
            f"{name}: the edition does not fit its file: it is for sha256 {table.get('sha256')}, the page has {sha256}. "
            "Restore the page, or revise the edition and its sha256."
        )
    unknown = sorted(set(table) - {"sha256", "repair", "lacuna", "space", "drop", "paragraph", "witness"})
    if unknown:
        raise SeedError(f"{name}: {', '.join(unknown)}: no such entry. Write repair, lacuna, space, drop, paragraph or witness.")
    lines = _raw_lines(raw)
    edition = {"repairs": [], "notes": [], "paragraphs": [], "dropped": [], "spaces": []}
    for place, entry in _entries(table, "repair", name):
        edition["repairs"].append(_repair(entry, raw, place))
    for place, entry in _entries(table, "lacuna", name):
        start, end = _piece(entry, raw, lines, place)
        edition["notes"].append((end, f"lacuna 〔…〕 after {raw[start:end]}: {_need(entry, 'note', str, place)}"))
    for place, entry in _entries(table, "space", name):
        start, end = _piece(entry, raw, lines, place)
        if raw[start:end][-1:] not in (" ", "\t", "\xa0", "\u3000"):
            raise SeedError(f"{place} does not end in a space of the page. Mend its words `to`.")
        edition["spaces"].append(end - 1)
    for place, entry in _entries(table, "drop", name):
        if entry.get("rule") not in DROPS:
            raise SeedError(f"{place}: rule {entry.get('rule')!r} is not one of {', '.join(DROPS)}.")
        start, end = _piece(entry, raw, lines, place)
        edition["dropped"].append((start, end, entry["rule"]))
        if "note" in entry:
            edition["notes"].append((end, _need(entry, "note", str, place)))
    for place, entry in _entries(table, "paragraph", name):
        edition["paragraphs"].append(_paragraph(entry, raw, lines, place))
    if edition["paragraphs"]:
        _check_each_used_once(edition, raw, name)
    elif edition["dropped"] or edition["spaces"]:
        raise SeedError(f"{name}: drop and space need the order of the page. Add a [[paragraph]] for each of its paragraphs.")
    return edition


def _entries(table, key, name):
    """The entries of one kind, each with its place for messages."""
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SeedError(f"{name}: {key} is not a list of tables. Write each as [[{key}]] with its keys below.")
    return [(f"{name}: {key} {n}", entry) for n, entry in enumerate(entries, 1)]


def _raw_lines(raw):
    """Start and end of each line of a page, by whatever ends its lines."""
    raw, spans, start = plain_line_ends(raw), [], 0
    for line in raw.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _need(entry, key, kind, place):
    """The value of an entry's key, of the right kind."""
    if not isinstance(entry, dict) or not isinstance(entry.get(key), kind):
        raise SeedError(f"{place} has no {key!r} ({kind.__name__}). Add it.")
    return entry[key]


def _paragraph(entry, raw, lines, place):
    article = _need(entry, "article", int, place)
    if not 1 <= article <= 9999:
        raise SeedError(f"{place}: article {article} is no number of an article. Count from 1.")
    if entry.get("role") not in ROLES:
        raise SeedError(f"{place}: role {entry.get('role')!r} is not one of {', '.join(ROLES)}.")
    pieces = [_piece(piece, raw, lines, place) for piece in _need(entry, "pieces", list, place)]
    return article, entry["role"], pieces


def _piece(piece, raw, lines, place):
    """Raw span of a piece: a `line` (from 1), from the words `from` to the words `to`, each found once in the line."""
    number = _need(piece, "line", int, place)
    if not 1 <= number <= len(lines):
        raise SeedError(f"{place}: the page has no line {number}; it has {len(lines)}. Mend the line number.")
    start, end = lines[number - 1]
    for key in ("from", "to"):
        if key not in piece:
            continue
        words = _need(piece, key, str, place)
        if raw.count(words, *lines[number - 1]) != 1:
            raise SeedError(f"{place}: line {number} does not hold {words!r} just once. Mend the words or the line number.")
        at = raw.index(words, *lines[number - 1])
        start, end = (at, end) if key == "from" else (start, at + len(words))
    if start > end:
        raise SeedError(f"{place}: in line {number} the words `to` stand before the words `from`. Exchange them.")
    return start, end


def _repair(entry, raw, place):
    damaged, reading, places = (_need(entry, key, kind, place) for key, kind in (("raw", str), ("text", str), ("places", list)))
    note = _need(entry, "note", str, place)
    if entry.get("rule") not in ("repair", "emendation"):
        raise SeedError(f"{place}: rule {entry.get('rule')!r} is neither repair nor emendation.")
    if raw.count(damaged) != 1:
        raise SeedError(f"{place}: {damaged!r} does not stand just once in the page. Mend the entry's raw text.")
    fit = len(reading) == len(places) > 0 and all(type(p) is int and 0 <= p < len(damaged) for p in places)
    if not fit or places != sorted(set(places)):
        raise SeedError(f"{place}: places must give, in order, one offset in raw for each character of text.")
    start = raw.index(damaged)
    return start, start + len(damaged), [(start + p, c) for p, c in zip(places, reading, strict=True)], entry["rule"], note


def _check_each_used_once(edition, raw, name):
    """Every character that is no space belongs to one piece of one paragraph, or to one dropped span."""
    uses = [0] * len(raw)
    spans = [piece for _, _, pieces in edition["paragraphs"] for piece in pieces] + [d[:2] for d in edition["dropped"]]
    for start, end in spans:
        for i in range(start, end):
            uses[i] += 1
    for i, count in enumerate(uses):
        if count > 1 or count == 0 and not raw[i].isspace():
            line = plain_line_ends(raw).count("\n", 0, i) + 1
            what = "is used twice" if count else "has no place"
            raise SeedError(f"{name}: {raw[i]!r} in line {line} of the page {what}. Give each piece of the page one place.")
