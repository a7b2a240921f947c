"""The team's server: who may see whom, and one order of operations for each scope."""
