"""The registry as pages: catalogue, imports, open data files, resources, registrations, licences."""

from flask import Blueprint

pages = Blueprint("registry", __name__)
