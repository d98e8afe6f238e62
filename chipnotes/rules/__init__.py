"""Rules: a text becomes rows of amounts, times and names; pure functions that know no page, ledger or folder."""
