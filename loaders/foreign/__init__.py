"""Foreign tables become ours by an adapter file."""
