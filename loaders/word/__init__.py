"""Word documents: answers become pages that people take along, by templates that an office may replace."""
