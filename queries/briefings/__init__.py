"""Briefings: a town or an organisation on one page, put together from what other questions answer."""
