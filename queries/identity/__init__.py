"""Questions on identity: which organisations may be one and the same."""
