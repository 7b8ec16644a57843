"""How towns compare by a set of indicators in a year, and what of that is sure."""
