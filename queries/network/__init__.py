"""Structure: who is joined to whom in a year, over how many links, and what hangs on whom."""
