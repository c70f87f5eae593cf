"""*May I use this?* as a page and as JSON, for anybody, without an account."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import jsonify, render_template

from accounts.vocabulary import place_choices
from contracts.queries.policies import dressed
from contracts.rules.policy import (
    MEDIA_TYPE,
    odrl,
    purposes_by_class,
    sentences,
    shown,
    terms,
    word,
    words,
)
from kernel import clock
from kernel.errors import InvalidInput, RuleBroken
from kernel.pages import current_actor, current_locale
from kernel.words import N_, Text, translate
from marketplace import queries
from marketplace.models import DataProduct
from marketplace.queries.may_use import Answer, may_use
from marketplace.queries.policies import policy_of_product
from marketplace.queries.quotes import quote_of
from marketplace.views.door import asked, handed_inline, pages, unit_word


@pages.get("/products/<uuid:row_id>/may-i-use")
def may_i_use(row_id: UUID) -> Any:
    """Whether a use is permitted, rule by rule, and what it would cost and ask for; as JSON with ?format=json."""
    found = queries.seen(current_actor(), DataProduct, row_id)
    on, purpose, place, form = (
        _day(),
        _one_of("purposes", "purpose"),
        asked("place") or None,
        _one_of("forms", "form"),
    )
    answer = may_use(current_actor(), found, on, purpose=purpose, place=place, form=form) if purpose else None
    if asked("format") == "json":
        return jsonify(_plain(answer) if answer else {"purposes": list(terms("purposes"))})
    return render_template(
        "marketplace/may_use.html",
        product=found,
        answer=answer,
        tree=shown(answer.tree, _say) if answer else None,
        duties=words("duties", answer.policy.duties) if answer else [],
        instead=words("purposes", answer.instead) if answer else [],
        chosen={"purpose": purpose, "place": place, "form": form, "day": on.isoformat()},
        purposes=_grouped(),
        places=place_choices(),
        forms=[(code, word("forms", code)) for code in terms("forms")],
        unit_word=unit_word,
    )


@pages.get("/products/<uuid:row_id>/policy.jsonld")
def product_policy(row_id: UUID) -> Any:
    """The offer of a product as ODRL, for programs."""
    found, on = queries.seen(current_actor(), DataProduct, row_id), clock.today()
    plans = queries.open_plans_of([found.id], on).get(found.id, [])
    offered = {one for offer, _ in plans for one in offer.purposes} or found.purposes
    return handed_inline(odrl(policy_of_product(found, offered)), MEDIA_TYPE)


def _grouped() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The purposes by class, the class itself first."""
    return [
        (word("purposes", name), [(code, word("purposes", code)) for code in (name, *codes)])
        for name, codes in purposes_by_class().items()
    ]


def _one_of(kind: str, name: str) -> str | None:
    code = asked(name)
    if code and code not in terms(kind):
        raise InvalidInput({name: [Text(N_("Choose one of the list."))]})
    return code or None


def _day() -> date:
    try:
        return date.fromisoformat(asked("day")) if asked("day") else clock.today()
    except ValueError as error:
        raise InvalidInput(
            {"day": [Text(N_("Enter a day as year-month-day, for example 2026-12-01."))]}
        ) from error


def _say(text: Text) -> str:
    language = "zh" if current_locale().startswith("zh") else "en"
    return translate(dressed(text, language), language)


def _plain(answer: Answer) -> dict[str, Any]:
    """The answer as JSON: verdict, tree, prices, duties, what would be allowed, the sentences of the policy."""
    return {
        "may_use": answer.tree.holds,
        "tree": shown(answer.tree, _say),
        "prices": [_price(plan, one) for plan, one in answer.prices],
        "duties": sorted(answer.policy.duties),
        "instead": list(answer.instead),
        "sentences": [_say(one) for one in sentences(answer.policy)],
    }


def _price(plan: Any, answer: Any) -> dict[str, Any]:
    told = {"plan": str(plan.id), "unit": plan.unit, "months": plan.term_months}
    if isinstance(answer, RuleBroken):
        return told | {"refused": _say(answer.message)}
    return told | {"quote": quote_of(answer, 1, None), "needs_declaration": answer.needs_declaration}
