"""The front door: a public page, a process of its own that can only put in."""
