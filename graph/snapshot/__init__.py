"""The whole graph at one moment, in memory, and what counts in a year, once."""
