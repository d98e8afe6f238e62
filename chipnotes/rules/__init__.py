"""Rules: a text becomes rows of amounts, times, names and codes; pure functions that know no page or ledger."""
