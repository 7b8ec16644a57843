"""Source files become validated rows in the graph, and the graph becomes files again."""
