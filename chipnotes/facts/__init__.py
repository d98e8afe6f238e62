"""Facts: what the rules find in a page, with what a reader has added in the ledgers of its folder laid over it."""
