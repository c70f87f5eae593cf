"""The policies of development rights, made from their rows: the one object that contract, ODRL and access share."""

from datetime import date
from typing import Any

from accounts.queries import organisation, place_name
from contracts.models import DevelopmentRight
from contracts.queries.rights import sources_of_right
from contracts.rules.policy import Party, Policy, Target, sentences, with_names
from contracts.vocabulary import Level
from kernel import due
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
