"""What a town lacks, and what first."""
