"""The policies of development rights, made from their rows: the one object that contract, ODRL and access share."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.queries import organisation, place_name
from contracts.models import DevelopmentRight
from contracts.queries.rights import sources_of_right
from contracts.queries.sources import elements_by_id, resources
from contracts.rules.policy import FILE_NAME, MEDIA_TYPE, Party, Policy, Target, sentences, with_names
from contracts.vocabulary import Level
from kernel import documents, due
from kernel.documents import printed
from kernel.words import Text, translate

_ACTIONS = frozenset({"use", "derive", "sell", "grant_use"})
_FORBIDDEN = frozenset({"distribute", "transfer", "identify"})
_DUTIES = frozenset({"protect", "report", "delete"})


def party_of(organisation_id: Any) -> Party:
    """An organisation as a party of a policy."""
    return Party(str(organisation_id), organisation(organisation_id).name)


def target_of(row: Any) -> Target:
    """A row as what a policy is about."""
    return Target(f"urn:uuid:{row.id}", row.title)


def policy_of_right(held: DevelopmentRight) -> Policy:
    """What a development right permits its holder."""
    named = due.profile(held).flag("attribution.source_and_date")
    return Policy(
        uid=held.number,
        by=party_of(held.granted_by_id),
        to=party_of(held.holder_id),
        targets=frozenset(target_of(row) for row in sources_of_right(held)),
        actions=_ACTIONS,
        purposes=frozenset(held.purposes),
        territory=frozenset(held.territory),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        forms=frozenset({"inside"}) if held.level == Level.FIRST else None,
        duties=_DUTIES | ({"attribute"} if named else set()),
        forbidden=_FORBIDDEN,
    )


def policy_after(held: DevelopmentRight, terms: Mapping[str, Any]) -> Policy:
    """What a right permits once a change with these terms is in force; what they leave out stays."""
    changed: dict[str, Any] = {
        name: frozenset(terms[name]) for name in ("purposes", "territory") if name in terms
    }
    if "ends_on" in terms:
        changed["ends_on"] = date.fromisoformat(str(terms["ends_on"]))
    if "holder_id" in terms:
        changed["to"] = party_of(uuid.UUID(str(terms["holder_id"])))
    if "sources" in terms:
        ids = [uuid.UUID(str(one)) for one in terms["sources"]]
        rows: Sequence[Any] = resources(ids) if held.level == Level.FIRST else elements_by_id(ids)
        changed["targets"] = frozenset(target_of(row) for row in rows)
    return replace(policy_of_right(held), **changed)


def machine_readable(stated: dict[str, Any] | None) -> list[documents.Attachment]:
    """A policy as the ODRL file that is embedded in a document; none where nothing is stated."""
    return [documents.Attachment(FILE_NAME, stated, "ODRL 2.2", MEDIA_TYPE)] if stated else []


def said_in_both(policy: Policy) -> list[dict[str, str]]:
    """The sentences of a policy in both languages, with places and days as documents print them."""
    return [
        {language: translate(dressed(one, language), language) for language in ("zh", "en")}
        for one in sentences(policy)
    ]


def dressed(text: Text, language: str) -> Text:
    """A text of a policy with its places named and its days as documents print them."""
    named = with_names(text, lambda code: place_name(code, language))
    days = {
        name: printed.day(language, day.isoformat())
        for name, day in named.params.items()
        if isinstance(day, date)
    }
    return Text(named.msgid, **{**named.params, **days}) if days else named
