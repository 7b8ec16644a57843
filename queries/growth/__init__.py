"""How towns grow: tiers of output, market entities, enterprises near the statistical scale."""
