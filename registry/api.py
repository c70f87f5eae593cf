"""The registry as JSON."""

from typing import Any

from flask import request

from kernel.actor import Actor
from kernel.routes import serve
from registry import queries
from registry.models import (
    CatalogueEntry,
    CatalogueImport,
    DataResource,
    Licence,
    Objection,
    Registration,
    Release,
)
from registry.schemas.catalogue import EntryView
from registry.schemas.imports import ImportView
from registry.schemas.licence import LicenceView
from registry.schemas.registration import ObjectionView, RegistrationView
from registry.schemas.release import ReleaseView
from registry.schemas.resource import ResourceView

FILTERS = ("theme", "opening", "data_format", "jurisdiction", "state")


def searched_entries(actor: Actor) -> Any:
    """The entries an actor may see, narrowed by `q` and the filters of the catalogue page."""
    filters = {name: request.args.getlist(name)[:20] for name in FILTERS}
    return queries.search_entries(actor, request.args.get("q", ""), filters)


serve(CatalogueEntry, "registry", "entries", View=EntryView, list_=searched_entries)
serve(CatalogueImport, "registry", "imports", View=ImportView, list_=queries.imports)
serve(Release, "registry", "releases", View=ReleaseView, list_=queries.releases)
serve(DataResource, "registry", "resources", View=ResourceView, list_=queries.resources)
serve(Registration, "registry", "registrations", View=RegistrationView, list_=queries.registrations)
serve(Objection, "registry", "objections", View=ObjectionView, list_=queries.objections)
serve(Licence, "registry", "licences", View=LicenceView, list_=queries.licences)
