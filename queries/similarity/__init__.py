"""Which towns and products are alike, and how near."""
