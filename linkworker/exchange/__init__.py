"""What comes in and what goes out: people from CSV, a caseload as JSON, a plan to print."""
