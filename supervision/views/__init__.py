"""Pages of the whole house and of the authority's desk."""

from flask import Blueprint

pages = Blueprint("supervision", __name__)

from supervision.views import (  # noqa: E402, F401
    check,
    clocks,
    desk,
    events,
    law,
    log,
    operating,
    search,
    searches,
    site,
    synonyms,
)
