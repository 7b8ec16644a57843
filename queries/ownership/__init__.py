"""Who owns whom, and who is one group."""
