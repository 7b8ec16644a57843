"""NetworkX over the snapshot: graphs as arrays that its functions run on, and plain graphs of a part.

Nothing here may import NetworkX: it reads `graph.networkx.info` while it starts.
"""
