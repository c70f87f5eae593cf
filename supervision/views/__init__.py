"""Pages of the whole house and of the authority's desk."""

from flask import Blueprint

pages = Blueprint("supervision", __name__)

from supervision.views import check, clocks, desk, events, law, site  # noqa: E402, F401
