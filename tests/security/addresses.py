"""Every address of the product, and which row belongs into it. A new address that fits nowhere fails the test."""

from collections.abc import Iterator
from typing import Any

from flask import Flask

from accounts.models import Person, Session
from contracts.models import ClauseTemplate, Obligation, RightExit
from kernel.command import COMMANDS
from kernel.documents import Document
from kernel.pages.addresses import PAGES, address_of
from kernel.routes.json_door import SERVED
from marketplace.models import Offer
from registry.models import (
    AdjustmentPart,
    AdjustmentRound,
    Database,
    Debarment,
    GradingRule,
    LeadSource,
    Objection,
    Registrar,
    Release,
    Succession,
)
from supervision.models import OperatingMandate, Synonym

# Addresses with something in them that names no row of anybody: codes of places, static files, open paths.
# An objection is followed by its receipt without an account; what strangers see there is tested by the registry.
FREE = {
    "static",
    "registry.objection",
    "supervision.rules",
    "do.create",
    "supervision.checked",
    "supervision.proof",
    # the open interfaces and the log show what is public alone; a kept search is read, and its mails ended, by an
    # address nobody can guess
    "api_check.check", "api_registry_feeds.act", "api_registry_feeds.catalogue", "api_registry_feeds.sitemap_part",
    "api_registry_feeds.vocabulary", "registry.licence_objection_page", "registry.operator", "registry.schema_of_version",
    "contracts.clause_template", "contracts.edit_clauses", "registry.template", "supervision.checkpoint",
    "supervision.log_consistency", "supervision.log_proof", "supervision.search_feed", "supervision.mails_off",
}  # fmt: skip
# Where neither the JSON door nor the page of a subject tells.
BEGINNINGS = {
    "/clause-templates/versions/<": ClauseTemplate,
    "/documents/<": Document,
    "/obligations/<": Obligation,
    "/objections/<": Objection,
    "/account/sessions/<": Session,
    "/demo/<": Person,
    "/offers/<": Offer,
    "/open-data/<": Release,
    "/databases/<": Database,
    "/exits/<": RightExit,
    "/lead-sources/<": LeadSource,
    "/grading-rules/<": GradingRule,
    "/adjustments/parts/<": AdjustmentPart,
    "/adjustments/<": AdjustmentRound,
    "/api/v1/marketplace/open-data/<": Release,
    "/<any(rechecks, successions):name>/<": Succession,
    "/debarments/<": Debarment,
    "/operating-mandates/<": OperatingMandate,
    "/registrars/<": Registrar,
    "/synonyms/<": Synonym,
}


def model_of(rule: Any, private: dict[type, Any]) -> type | None:
    """The kind of row an address is about, from the JSON door or from the address of its page."""
    for served in SERVED:
        if rule.rule.startswith(f"/api/v1/{served.package}/{served.plural}/"):
            return served.model
    for model, row in private.items():
        page = address_of(row) if model in PAGES else ""
        if str(row.id) in page and rule.rule.startswith(page.split(str(row.id))[0] + "<"):
            return model
    return next((model for begin, model in BEGINNINGS.items() if rule.rule.startswith(begin)), None)


def of_nobody(app: Flask, private: dict[type, Any]) -> list[str]:
    """Addresses with something in them of which it is not known whose it is: a hole in these tests."""
    with app.test_request_context():
        return sorted(
            {
                rule.rule
                for rule in app.url_map.iter_rules()
                if rule.arguments
                and rule.endpoint not in FREE | {"do.act"}
                and model_of(rule, private) is None
            }
        )


def filled(app: Flask, private: dict[type, Any]) -> Iterator[tuple[str, str, type]]:
    """(method, address, kind) of every address with a private row in it; pages and JSON."""
    for rule in app.url_map.iter_rules():
        if not rule.arguments or rule.endpoint in FREE or rule.endpoint == "do.act":
            continue
        with app.test_request_context():
            model = model_of(rule, private)
        if model not in private:
            continue
        values = {name: _one_of(rule, name) or _value(name, private[model]) for name in rule.arguments}
        with app.test_request_context():
            built = app.url_map.bind("localhost").build(rule.endpoint, values, method=_any(rule))
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, built, model


def _any(rule: Any) -> str:
    return sorted(rule.methods - {"HEAD", "OPTIONS"})[0]


def _one_of(rule: Any, name: str) -> str | None:
    """The first of the words that an address takes in that place, where it takes certain words only."""
    return next(iter(sorted(getattr(rule._converters[name], "items", ()))), None)


def _value(name: str, row: Any) -> Any:
    others = {"kind": "evidence", "number": 0, "format": "csv", "code": getattr(row, "check_code", "")}
    if name in others:
        return others[name]
    return row.receipt if name == "receipt" else row.id


def commands_on(private: dict[type, Any]) -> Iterator[tuple[str, str]]:
    """(command, address of its page) for every command and the private row it could be tried on."""
    for name, command in COMMANDS.items():
        if command.subject in private and not command.creates:
            yield name, f"/do/{name}/{private[command.subject].id}"
