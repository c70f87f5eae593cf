"""Catalogues of others, page by page: what a page says, as rows with our own headings, and where the next one is."""

from registry.gateway.harvest.pages import HarvestPage, accept_of, first_address, read_page

__all__ = ["HarvestPage", "accept_of", "first_address", "read_page"]
