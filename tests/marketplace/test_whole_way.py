"""The whole way of a product: listed, ordered, signed, paid, fetched, cited; and the same for nothing."""

from marketplace import queries
from tests.factories import marketplace as made


class TestOrder:
    def test_of_industry_ends_in_a_delivery(self, stall) -> None:
        placed = made.an_order(stall, quantity=2)
        assert (placed.state, placed.total_minor, placed.mode) == ("awaiting_signature", 20_000, "guided")
        assert made.agreement_about(placed).kind == "data_provision_contract"
        made.bound(placed, stall)
        assert placed.state == "awaiting_payment"
        made.paid(placed, stall)
        assert placed.state == "active"
        held = made.use_of(placed)
        delivered = made.fetched(held, stall.buyer)
        assert (delivered.sha256, delivered.file_name) == (stall.product.sha256, "雨量指数.csv")

    def test_of_public_governance_costs_nothing_and_says_what_was_waived(self, stall) -> None:
        held = made.a_free_use(stall)
        placed = queries.order(held.order_id)
        assert (placed.state, placed.total_minor, placed.waived_minor) == ("active", 0, 10_000)
        assert made.agreement_about(placed).kind == "public_interest_commitment"
        assert made.bill_of(placed).waived_minor == 10_000
        assert made.fetched(held, stall.buyer).obtained_on is not None
