"""What sources say, against each other and over time."""
