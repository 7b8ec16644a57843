"""What if: an analysis before and after some edits."""
