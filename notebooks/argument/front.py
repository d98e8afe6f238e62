"""What the front page shows beside findings: the five pages, and who is who on them."""

import pandas as pd

NAMES = {"published_by": "by", "kind_of_text": "kind of text", "damage_in_short": "damage"}


def five_pages(world):
    """One row a page, by day of publication: who published what, its damage, the length of the article."""
    rows = {}
    for page in world.dated:
        day, length = f"{page.card['published']:%Y-%m-%d}", len(page.text.replace("\n", ""))
        rows[page.name] = {"published": day, **page.card["own"], "characters": length}
    return pd.DataFrame.from_dict(rows, "index").rename(columns=NAMES).rename_axis("page")


def cast(world):
    """The bodies and people whom a newcomer meets: English and Chinese name, who they are, on which page."""
    table = world.table("cast")
    return table.set_index(table.short + " " + table.name_zh)[["who"]].rename_axis("name")
