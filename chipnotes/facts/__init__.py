"""Facts: what the rules find in a page, with what a reader has added in her folder's ledgers."""
