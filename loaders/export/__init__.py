"""The graph becomes files, and those files become the graph again."""
