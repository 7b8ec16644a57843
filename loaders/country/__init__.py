"""The country's own tables: administrative divisions and industries, which every office refers to."""
