"""What the front page shows beside findings: the five pages, and who is who on them."""

import pandas as pd

NAMES = {"published_by": "by", "kind_of_text": "kind of text", "damage_in_short": "damage"}


def five_pages(world):
    """One row a page, by day of publication: who published what, its damage, the length of the article."""
    pages = world.dated
    table = pd.DataFrame([page.card["own"] for page in pages]).rename(columns=NAMES)
    table.insert(0, "published", [f"{page.card['published']:%Y-%m-%d}" for page in pages])
    table["characters"] = [len(page.text.replace("\n", "")) for page in pages]
    return table.set_index(pd.Index([page.name for page in pages], name="page"))


def cast(world):
    """The bodies and people whom a newcomer meets: English and Chinese name, who they are, on which page."""
    table = world.table("cast")
    return table.set_index(table.short + " " + table.name_zh)[["who"]].rename_axis("name")
