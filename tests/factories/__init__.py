"""Factories: each reaches a state by running the real commands."""
