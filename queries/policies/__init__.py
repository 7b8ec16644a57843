"""Policies both ways: what an organisation may receive, who may receive a benefit, and who has not yet."""
