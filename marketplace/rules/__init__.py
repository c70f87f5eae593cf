"""What the law says about listing, selling and delivering data products. Plain values in, a refusal out."""

from marketplace.rules.access import (
    access_is_contracted,
    access_is_paid,
    raw_data_stay_inside,
    use_is_not_suspended,
)
from marketplace.rules.attribution import result_names_its_source
from marketplace.rules.listing import (
    authority_is_unbroken,
    elements_stay_within_the_right,
    kind_is_provided_for,
    personal_data_are_treated,
    product_is_on_sale,
    purposes_stay_within_the_right,
    sample_shows_no_person,
    trade_goes_through_an_exchange,
)
from marketplace.rules.price import guided_price_is_within_cap, offer_has_a_price

__all__ = [
    "access_is_contracted",
    "access_is_paid",
    "authority_is_unbroken",
    "elements_stay_within_the_right",
    "guided_price_is_within_cap",
    "kind_is_provided_for",
    "offer_has_a_price",
    "personal_data_are_treated",
    "product_is_on_sale",
    "purposes_stay_within_the_right",
    "raw_data_stay_inside",
    "result_names_its_source",
    "sample_shows_no_person",
    "trade_goes_through_an_exchange",
    "use_is_not_suspended",
]
