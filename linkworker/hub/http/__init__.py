"""The hub over HTTP: what laptops ask, every refusal by its name, and how it is served."""
