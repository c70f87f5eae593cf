"""The pages of the marketplace: products and prices for all, orders and data for their owners, open data."""

from marketplace.views import desk, may_use, my_data, offers, open_data, orders, prices, products, selling
from marketplace.views.door import pages

__all__ = ["desk", "may_use", "my_data", "offers", "open_data", "orders", "pages", "prices", "products", "selling"]
