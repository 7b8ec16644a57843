"""Tables of CSV become rows of the graph."""
