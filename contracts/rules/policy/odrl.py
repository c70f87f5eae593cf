"""A policy as an ODRL 2.2 Agreement or Offer in JSON-LD, and read back from it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.rules.policy.model import Codes, Party, Policy, Target
from contracts.rules.policy.terms import in_order, terms
from kernel.words import translate

TERM = "urn:shuheng:term:"
PLACE = "urn:shuheng:place:"
PROFILE = "urn:shuheng:odrl:1"
MEDIA_TYPE = "application/ld+json"
FILE_NAME = "policy.jsonld"
CONTEXT = [
    "http://www.w3.org/ns/odrl.jsonld",
    {
        "dpv": "https://w3id.org/dpv#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "shuheng": TERM,
    },
]
# The operand of each kind of limit: all of them are of the ODRL 2.2 vocabulary.
_SETS = {"purposes": "purpose", "territory": "spatial", "forms": "deliveryChannel"}
_DAYS = {"starts_on": "gteq", "ends_on": "lteq"}


class UnreadablePolicy(ValueError):
    """The file is no policy of this profile: it holds something that could not be enforced."""


def as_odrl(policy: Policy) -> dict[str, Any]:
    """The policy as an ODRL document; what it says can be read back without loss."""
    targets = [{"uid": one.uid, "dcterms:title": one.title} for one in sorted(policy.targets)]
    permission = {
        "target": targets,
        "action": [_named("actions", code) for code in in_order("actions", policy.actions)],
        "constraint": _constraints(policy),
        "duty": [{"action": _named("duties", code)} for code in in_order("duties", policy.duties)],
    }
    forbidden = [_named("actions", code) for code in in_order("actions", policy.forbidden)]
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": policy.kind,
        "uid": f"urn:shuheng:policy:{policy.uid}",
        "profile": PROFILE,
        "assigner": _party(policy.by),
        "permission": [permission],
        "prohibition": [{"target": targets, "action": forbidden}] if forbidden else [],
    }
    return document | ({"assignee": _party(policy.to)} if policy.to else {})


def odrl(policy: Policy) -> bytes:
    """The canonical file: sorted keys, no spaces, UTF-8."""
    return json.dumps(as_odrl(policy), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(document: Mapping[str, Any]) -> Policy:
    """The policy an ODRL document of this profile states. Raises UnreadablePolicy for anything it does not know.

    What is not understood is refused, never skipped: a limit that is overlooked would permit more.
    """
    try:
        return _read(document)
    except UnreadablePolicy:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadablePolicy(f"not a policy of {PROFILE}: {error!r}") from error


def _read(document: Mapping[str, Any]) -> Policy:
    (permission,) = document["permission"]
    if document["profile"] != PROFILE or set(permission) - {"target", "action", "constraint", "duty"}:
        raise UnreadablePolicy("another profile, or a permission with parts that are not of this profile")
    forbidden = [code for rule in document["prohibition"] for code in _codes(rule["action"])]
    policy = Policy(
        uid=_without(document["uid"], "urn:shuheng:policy:"),
        by=_read_party(document["assigner"]),
        to=_read_party(document["assignee"]) if "assignee" in document else None,
        targets=frozenset(Target(one["uid"], one["dcterms:title"]) for one in permission["target"]),
        actions=frozenset(_codes(permission["action"])),
        duties=frozenset(code for one in permission["duty"] for code in _codes([one["action"]])),
        forbidden=frozenset(forbidden),
        **_limits(permission["constraint"]),
    )
    if document["@type"] != policy.kind:
        raise UnreadablePolicy("an offer names nobody it binds, an agreement somebody")
    return policy


def _named(kind: str, code: str) -> dict[str, Any]:
    """A term with its identity, its words and the term of ODRL or DPV it is nearest to."""
    term = terms(kind).get(code, {})
    words = term.get("en", code)
    named: dict[str, Any] = {
        "@id": f"{TERM}{code}",
        "skos:prefLabel": [
            {"@language": "zh-CN", "@value": translate(words, "zh")},
            {"@language": "en", "@value": translate(words, "en")},
        ],
    }
    return named | ({"skos:closeMatch": {"@id": term["same_as"]}} if "same_as" in term else {})


def _constraints(policy: Policy) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, operand in _SETS.items():
        codes: Codes = getattr(policy, name)
        if codes is not None:
            values = (
                _places(codes)
                if name == "territory"
                else [_named(name, code) for code in in_order(name, codes)]
            )
            found.append({"leftOperand": operand, "operator": "isAnyOf", "rightOperand": values})
    for name, operator in _DAYS.items():
        if day := getattr(policy, name):
            value = {"@type": "xsd:date", "@value": day.isoformat()}
            found.append({"leftOperand": "dateTime", "operator": operator, "rightOperand": value})
    if policy.most is not None:
        value = {"@type": "xsd:integer", "@value": policy.most}
        found.append({"leftOperand": "count", "operator": "lteq", "rightOperand": value})
    return found


def _places(codes: frozenset[str]) -> list[dict[str, Any]]:
    return [{"@id": f"{PLACE}{code}"} for code in sorted(codes)]


def _limits(constraints: list[Mapping[str, Any]]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for one in constraints:
        name, value = _limit(one["leftOperand"], one["operator"], one["rightOperand"])
        if name in limits:
            raise UnreadablePolicy(f"two limits for {name}")
        limits[name] = value
    return limits


def _limit(operand: str, operator: str, value: Any) -> tuple[str, Any]:
    for name, known in _SETS.items():
        if (operand, operator) == (known, "isAnyOf"):
            prefix = PLACE if name == "territory" else TERM
            return name, frozenset(_without(one["@id"], prefix) for one in value)
    for name, known in _DAYS.items():
        if (operand, operator) == ("dateTime", known):
            return name, date.fromisoformat(value["@value"])
    if (operand, operator) == ("count", "lteq"):
        return "most", int(value["@value"])
    raise UnreadablePolicy(f"a limit on {operand} with {operator} cannot be enforced")


def _codes(rows: list[Mapping[str, Any]]) -> list[str]:
    return [_without(row["@id"], TERM) for row in rows]


def _without(text: str, prefix: str) -> str:
    if not text.startswith(prefix):
        raise UnreadablePolicy(f"{text!r} does not begin with {prefix}")
    return text.removeprefix(prefix)


def _party(one: Party) -> dict[str, str]:
    return {"uid": f"urn:shuheng:party:{one.uid}", "dcterms:title": one.name}


def _read_party(row: Mapping[str, str]) -> Party:
    return Party(_without(row["uid"], "urn:shuheng:party:"), row["dcterms:title"])
