"""Feeds, and what other programs read."""
