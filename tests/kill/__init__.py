"""Real processes that are killed while they work on real records: `python -m tests.kill`."""
