"""What the front page shows beside findings: the five pages, and who is who on them."""

import pandas as pd


def five_pages(world):
    """One row a page, by day of publication: who published what, its damage, the length of the article."""
    columns = ["page", "published", "by", "kind of text", "damage", "characters"]
    told = ("published_by", "kind_of_text", "damage_in_short")
    rows = [
        (page.name, f"{world.day(page.id):%Y-%m-%d}", *(page.card["own"][one] for one in told))
        + (len(page.text.replace("\n", "")),)
        for page in world.dated
    ]
    return pd.DataFrame(rows, columns=columns).set_index("page")


def cast(world):
    """The bodies and people whom a newcomer meets: English and Chinese name, who they are, on which page."""
    table = world.table("cast")
    return table.set_index(table.short + " " + table.name_zh)[["who"]].rename_axis("name")
