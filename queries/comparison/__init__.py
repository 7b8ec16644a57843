"""Towns side by side: the same card of each, and what each pair has in common and trades."""
