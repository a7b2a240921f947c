"""The made-up caseload: people who do not exist, through the ordinary writing path."""
