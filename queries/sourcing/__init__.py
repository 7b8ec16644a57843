"""Sourcing: who could supply a product to an organisation or a town, and what speaks for each of them."""
