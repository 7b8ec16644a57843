"""Whether towns and organisations meet a standard."""
