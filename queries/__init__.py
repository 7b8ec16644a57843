"""Questions about the chain: one module, one question."""
