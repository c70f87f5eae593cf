"""The open interfaces in the OpenAPI document, beside the JSON door."""

from typing import Any

from kernel.routes.description import describe
from registry.feeds.ckan.door import ACTIONS
from registry.feeds.oai.asked import ARGUMENTS, PREFIXES

TAG = ["open interfaces"]
LINKED = ("text/turtle", "application/ld+json", "application/rdf+xml")
KIND = {
    "name": "kind",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": ["ttl", "jsonld", "rdf"]},
}
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemView"}}}
MEDIA = {
    "xml": {"text/xml": {"schema": {"type": "string"}}},
    "json": {"application/json": {"schema": {"type": "object"}}},
}


def _query(name: str, schema: dict[str, Any], about: str = "") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": about}


def _refused(*statuses: int) -> dict[str, Any]:
    return {str(status): {"description": "Refused", "content": PROBLEM} for status in statuses}


def _said(about: str, *kinds: str) -> dict[str, Any]:
    plain, parsed = {"type": "string"}, {"type": ["object", "array"]}
    content = {kind: {"schema": parsed if "json" in kind else plain} for kind in kinds}
    return {"200": {"description": about, "content": content}}


_SIZE = {"type": "integer", "minimum": 0, "maximum": 500}
describe(
    "/catalogue.{kind}",
    get={
        "tags": TAG,
        "summary": "The catalogue as DCAT-AP 3.0.1, page by page: go on by hydra:next or the header Link",
        "parameters": [KIND, _query("size", _SIZE), _query("after", {"type": "string", "format": "uuid"})],
        "responses": _said("A page of the catalogue", *LINKED) | _refused(422),
    },
)
describe(
    "/catalogue/{entry_id}.{kind}",
    get={
        "tags": TAG,
        "summary": "One published entry as DCAT-AP",
        "parameters": [
            {
                "name": "entry_id",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "format": "uuid"},
            },
            KIND,
        ],
        "responses": _said("The entry", *LINKED)
        | {
            "404": {
                "description": "Not published",
                "content": {"text/html": {"schema": {"type": "string"}}} | PROBLEM,
            }
        },
    },
)
describe(
    "/oai",
    get={
        "tags": TAG,
        "summary": "OAI-PMH 2.0; errors of the protocol come with status 200",
        "parameters": [
            _query("verb", {"type": "string", "enum": list(ARGUMENTS)}),
            _query("metadataPrefix", {"type": "string", "enum": list(PREFIXES)}),
            *(
                _query(name, {"type": "string"})
                for name in ("identifier", "set", "from", "until", "resumptionToken")
            ),
        ],
        "responses": {"200": {"description": "A document of OAI-PMH", "content": MEDIA["xml"]}},
    },
)
_ANSWER = {
    "type": "object",
    "required": ["help", "success"],
    "properties": {
        "help": {"type": "string"},
        "success": {"type": "boolean"},
        "result": {},
        "error": {"type": "object"},
    },
}
_TOLD = {"application/json": {"schema": _ANSWER}}
for _action, _view in ACTIONS.items():
    describe(
        f"/api/3/action/{_action}",
        post={
            "tags": TAG,
            "summary": f"CKAN: {_action}",
            "description": (_view.__doc__ or "").strip().split("\n")[0],
            "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
            "responses": {
                "200": {"description": "success is true, the answer is in result", "content": _TOLD},
                **{
                    status: {"description": "success is false", "content": _TOLD}
                    for status in ("400", "403", "404", "409")
                },
            },
        },
    )
