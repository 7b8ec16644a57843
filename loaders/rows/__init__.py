"""The text of cells becomes the values of a row, or the reasons why not: one rule for every source."""
