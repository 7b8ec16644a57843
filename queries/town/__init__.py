"""Questions that town offices and investment teams decide by: pure, over a frozen snapshot."""
