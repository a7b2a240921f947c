"""Each migration in a file of its own; one that a release has carried is never changed."""
