"""Contracts as pages."""

from flask import Blueprint

pages = Blueprint("contracts", __name__)
