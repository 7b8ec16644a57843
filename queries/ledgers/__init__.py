"""Ledgers: what a town, a body or a year has to do, what is late, and how each item came to where it is."""
