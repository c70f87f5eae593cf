"""What the plan of a suspension says of the market."""

from contracts import queries as contracts
from tests.factories import marketplace as made


class TestHitWithRights:
    def test_names_products_on_sale_and_the_rights_of_use_on_them(self, stall) -> None:
        held = made.a_paid_use(stall)
        hits = {hit.kind: (hit.subject.id, hit.organisation_id) for hit in contracts.hit_by(stall.right)}
        assert hits["product"] == (stall.product.id, stall.seller.organisation_id)
        assert hits["entitlement"] == (held.id, stall.buyer.organisation_id)
        assert hits["element"][0] == stall.element.id
