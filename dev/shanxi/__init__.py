"""The generator of the demo: real facts among rows that are marked as invented."""
