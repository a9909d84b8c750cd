"""Helpers that know nothing of consultations."""
