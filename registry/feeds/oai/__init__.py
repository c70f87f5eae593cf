"""OAI-PMH 2.0: libraries and registers of data follow the catalogue, its withdrawals included."""

from registry.feeds.oai import door

__all__ = ["door"]
