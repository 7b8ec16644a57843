"""What a steward can change in the ledgers: each of the five has its inputs, its moves and its payloads."""
