"""Looking things up: towns, organisations, products, policies, claims, and search over all of them."""
