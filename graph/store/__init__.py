"""The waist: the only room that speaks to a database."""
