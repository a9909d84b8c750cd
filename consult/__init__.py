"""Consult runs a public consultation from the question to the answer."""
