"""The catalogue for other machines: DCAT-AP, schema.org, Atom, sitemap, OAI-PMH and CKAN's read interface."""

from registry.feeds import atom, ckan, dcat, description, harvesting, oai, schema_org, sitemap
from registry.feeds.door import pages

__all__ = ["atom", "ckan", "dcat", "description", "harvesting", "oai", "pages", "schema_org", "sitemap"]
