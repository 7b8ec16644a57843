"""The service beside `@neo4j/graphql` and the bare driver, on one Neo4j: `python -m benchmarks peers`."""
