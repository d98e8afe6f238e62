"""Rules: a text becomes rows of amounts, times, names, codes; pure functions that know no page or ledger."""
