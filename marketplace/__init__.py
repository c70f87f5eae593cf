"""Data products, offers, orders, rights of use, deliveries with their citations, and open data."""
