"""What is measured: `python -m benchmarks`. Nothing here runs inside a test."""
