"""What a reading costs: `python -m benchmarks` prints one JSON object of figures."""
