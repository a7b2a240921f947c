"""Talking to the team's hub: sending what is here, fetching what is there."""
