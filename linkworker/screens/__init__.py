"""One file a screen, its style beside it."""
