"""Where the page of each subject of the registry is."""

from kernel.pages import page_of
from registry.models import (
    BusinessRules,
    CatalogueEntry,
    CatalogueImport,
    DataResource,
    DutyToRegister,
    Licence,
    Objection,
    Registrar,
    RegistrarMeasure,
    Registration,
    Release,
    RightsRecord,
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


@page_of(Registrar)
def registrar_address(registrar: Registrar) -> str:
    """/registrars/…"""
    return f"/registrars/{registrar.id}"


@page_of(BusinessRules)
def business_rules_address(rules: BusinessRules) -> str:
    """/registrars/rules/…"""
    return f"/registrars/rules/{rules.id}"


@page_of(RegistrarMeasure)
def measure_address(measure: RegistrarMeasure) -> str:
    """/registrars/measures/…"""
    return f"/registrars/measures/{measure.id}"


@page_of(DutyToRegister)
def duty_address(_duty: DutyToRegister) -> str:
    """All duties to register stand on one page."""
    return "/registrations/duties"


@page_of(RightsRecord)
def rights_address(record: RightsRecord) -> str:
    """A right stands on the page of the resource it is in, else among the registrations."""
    return f"/resources/{record.resource_id}" if record.resource_id else "/registrations"
