"""linkworker: an offline, encrypted notebook for people who walk alongside people."""

__version__ = "0.1.0"
