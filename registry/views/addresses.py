"""Where the page of each subject of the registry is."""

from kernel.pages import page_of
from registry.models import (
    CatalogueEntry,
    CatalogueImport,
    DataResource,
    Licence,
    Objection,
    Registration,
    Release,
)


@page_of(CatalogueEntry)
def entry_address(entry: CatalogueEntry) -> str:
    """/catalogue/…"""
    return f"/catalogue/{entry.id}"


@page_of(CatalogueImport)
def import_address(found: CatalogueImport) -> str:
    """/imports/…"""
    return f"/imports/{found.id}"


@page_of(Release)
def release_address(release: Release) -> str:
    """/releases/…"""
    return f"/releases/{release.id}"


@page_of(DataResource)
def resource_address(resource: DataResource) -> str:
    """/resources/…"""
    return f"/resources/{resource.id}"


@page_of(Registration)
def registration_address(registration: Registration) -> str:
    """/registrations/…"""
    return f"/registrations/{registration.id}"


@page_of(Objection)
def objection_address(objection: Objection) -> str:
    """/objections/… by its receipt number: who holds the number may read how it stands."""
    return f"/objections/{objection.receipt}"


@page_of(Licence)
def licence_address(licence: Licence) -> str:
    """/licences/…"""
    return f"/licences/{licence.id}"
