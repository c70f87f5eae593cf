"""CKAN's read interface, so that programs made for CKAN read this catalogue unchanged."""

from registry.feeds.ckan import door

__all__ = ["door"]
