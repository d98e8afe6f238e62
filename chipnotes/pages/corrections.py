"""Corrections: the roles of a page's lines with what its card says of title, first and last line."""

from chipnotes.pages.lines import ends_sentence, roles
from chipnotes.pages.places import loose


def corrected_roles(lines, kinds, said):
    """The roles of lines as `roles` gives them, and as a card says where it does.

    said: dict. `first_line`, `last_line`: words of the lines with which the article begins and ends; between
    them no line is above the title or behind the article, whatever the rules think. `title`: the line that
    reads so is the title, if there is one. ValueError for a first or last line that the page does not have.
    """
    first = _line(lines, said, "first_line", 0)
    last = _line(lines, said, "last_line", len(lines) - 1)
    inner, parted = list(kinds[first : last + 1]), []
    if "first_line" in said:
        inner[0] = ""
    if "last_line" in said:
        inner = ["label" if kind == "tail" else kind for kind in inner[:-1]] + [""]
    for line, role in zip(lines[first : last + 1], roles(lines[first : last + 1], inner), strict=True):
        over = role == "head" and "first_line" in said or role == "tail" and "last_line" in said
        parted.append(("body" if ends_sentence(line) or len(line) > 45 else "heading") if over else role)
    result = ["edges" if kind == "edges" else "head" for kind in kinds[:first]]
    result += parted + ["edges" if kind == "edges" else "tail" for kind in kinds[last + 1 :]]
    title = loose(said.get("title", ""))[0]
    running = result.index("body") if "body" in result else len(result)
    at = next((k for k in range(running) if title and loose(lines[k])[0] == title), None)
    if at is not None and result[at] != "title":
        for k in range(running):
            if k < at and result[k] in ("title", "heading"):
                result[k] = "head"
            elif k > at and result[k] in ("title", "head"):
                result[k] = "heading"
        result[at] = "title"
    return result


def _line(lines, said, key, otherwise):
    """The number of the line that a card names: the first that reads so, of a last line the last."""
    if key not in said:
        return otherwise
    words = loose(said[key])[0]
    found = [k for k, line in enumerate(lines) if words and loose(line)[0].startswith(words)]
    if not found:
        raise ValueError(f"{key} = {said[key]!r:.80} begins no line of the page. Copy the line's first words")
    return found[-1 if key == "last_line" else 0]
