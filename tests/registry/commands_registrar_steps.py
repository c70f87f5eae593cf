"""What the tests of registrars share."""

from kernel.db import db
from registry.models import Registrar


def filed_as(organisation):
    return db.session.query(Registrar).filter_by(organisation_id=organisation.id).one()
