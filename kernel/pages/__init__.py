"""What pages share: forms from schemas, addresses of subjects, lists in pages, desk sections, words in templates."""

from kernel.pages.addresses import address_of, page_of
from kernel.pages.desk import DESK, DeskRow, DeskSection, desk_section
from kernel.pages.forms import Form, form_page, form_values
from kernel.pages.lists import Page, paged, sheet
from kernel.pages.searching import Searched, filter_word
from kernel.pages.session import current_actor, current_locale

__all__ = [
    "DESK",
    "DeskRow",
    "DeskSection",
    "Form",
    "Page",
    "Searched",
    "address_of",
    "current_actor",
    "current_locale",
    "desk_section",
    "filter_word",
    "form_page",
    "form_values",
    "page_of",
    "paged",
    "sheet",
]
