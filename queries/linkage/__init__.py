"""Questions about how the chain hangs together: pure, over a frozen snapshot."""
