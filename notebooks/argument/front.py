"""What the front page shows beside findings: the five pages, and who is who on them."""

import pandas as pd


def five_pages(world):
    """One row a page, by day of publication: who published what, its damage, the length of the article."""
    rows = []
    for page in sorted(world.corpus, key=lambda page: page.card["published"]):
        own = page.card["own"]
        rows.append(
            {
                "page": page.name,
                "published": f"{page.card['published']:%Y-%m-%d}",
                "by": own["published_by"],
                "kind of text": own["kind_of_text"],
                "damage": own["damage_in_short"],
                "characters": len(page.text.replace("\n", "")),
            }
        )
    return pd.DataFrame(rows).set_index("page")


def cast(world):
    """The bodies and people whom a newcomer meets: English and Chinese name, who they are, on which page."""
    table = world.table("cast")
    names = [f"{row.short} {row.name_zh}" for row in table.itertuples()]
    return pd.DataFrame({"name": names, "who": table.who}).set_index("name")
