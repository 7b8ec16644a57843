"""Plans: a document compiled to steps that answer a level at a time, column by column."""
