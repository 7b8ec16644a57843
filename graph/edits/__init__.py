"""The one door for writes: what changes, what was there before, and how it is taken back."""
