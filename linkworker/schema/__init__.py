"""Tables by subject, with their value lists. Each is made with its first writer."""
