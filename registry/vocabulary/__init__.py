"""Code lists of the registry: what a catalogue entry may say, in both languages, with the standard codes."""

import re

from registry.vocabulary.codelist import CodeList, Term, fold, load, nearest
from registry.vocabulary.entry_fields import ENTRY_FIELDS, FIELDS

OPENING_ATTRIBUTES = load("attributes", "opening")
SHARING_ATTRIBUTES = load("attributes", "sharing")
NATIONAL_GRADES = load("attributes", "national_grade")
LOCAL_LEVELS = load("attributes", "local_level")
DATABASE_LEVELS = load("attributes", "database_level")
RESOURCE_RIGHTS = load("attributes", "resource_right")
DATA_FORMS = load("attributes", "data_form")
LEGAL_BASES = load("attributes", "legal_basis")
FREQUENCIES = load("frequency", "frequency")
FORMATS = load("formats", "format")
THEMES = load("themes", "theme")
INDUSTRIES = load("industries", "industry")
OPERATION_ATTRIBUTES = load("attributes", "operation")
SENSITIVITIES = load("attributes", "sensitivity")
ITEM_TYPES = load("attributes", "item_type")

# 2017 guide for compiling catalogues: class 1 digit, item 2, sub-item 3, detail of any length, “/”, serial number.
RESOURCE_CODE = re.compile(r"[1-3]\d{2}\d{3}\d*/\d+", re.ASCII)

__all__ = [
    "DATABASE_LEVELS",
    "DATA_FORMS",
    "ENTRY_FIELDS",
    "FIELDS",
    "FORMATS",
    "FREQUENCIES",
    "INDUSTRIES",
    "ITEM_TYPES",
    "LEGAL_BASES",
    "LOCAL_LEVELS",
    "NATIONAL_GRADES",
    "OPENING_ATTRIBUTES",
    "OPERATION_ATTRIBUTES",
    "RESOURCE_CODE",
    "RESOURCE_RIGHTS",
    "SENSITIVITIES",
    "SHARING_ATTRIBUTES",
    "THEMES",
    "CodeList",
    "Term",
    "fold",
    "load",
    "nearest",
]
