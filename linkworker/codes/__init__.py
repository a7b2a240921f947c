"""Reference lists as package data, with their notices."""
