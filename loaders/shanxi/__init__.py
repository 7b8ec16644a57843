"""The demo data: specialised towns of Shanxi, real facts among rows that are marked as invented."""
