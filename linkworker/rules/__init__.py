"""Pure rules without a database: marks, days, same-person matching, numbers."""
