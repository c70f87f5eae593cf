"""The same act through page, JSON and shell."""

import json
from datetime import timedelta

from accounts.commands import token
from accounts.models import Person
from kernel import clock
from kernel.command import COMMANDS, execute
from kernel.db import db
from kernel.routes.json_door import SERVED
from tests.factories.accounts import organisation_of, sign_in


class Doors:
    """The same act through each door; each answers with what the product said: a status or an exit code."""

    def __init__(self, app):
        self.app = app

    def person(self, actor):
        return db.session.get(Person, actor.user_id)

    def page(self, actor, command, subject_id=None, **data):
        client = self.app.test_client()
        sign_in(client, self.person(actor))
        answer = client.post(f"/do/{command}" + (f"/{subject_id}" if subject_id else ""), data=data)
        return answer.status_code

    def json(self, actor, command, subject_id=None, **data):
        facts = {"name": "key", "scope": "act", "expires_on": (clock.today() + timedelta(days=9)).isoformat()}
        key = execute(token.issue, actor=actor, data=facts).secret
        served = next(one for one in SERVED if one.model is COMMANDS[command].subject)
        verb = command.split(".")[2].rstrip("_")
        where = f"/{subject_id}/{verb}" if subject_id else f"/{verb}"
        address = f"/api/v1/{served.package}/{served.plural}{where}"
        answer = self.app.test_client().post(address, json=data, headers={"Authorization": f"Bearer {key}"})
        return answer.status_code

    def shell(self, actor, command, subject_id=None, **data):
        arguments = ["do", command, *([str(subject_id)] if subject_id else [])]
        arguments += [
            "--as",
            self.person(actor).email,
            "--for",
            organisation_of(actor).uscc,
            "--data",
            json.dumps(data),
        ]
        result = self.app.test_cli_runner().invoke(args=arguments)
        return result.exit_code


DOORS = ("page", "json", "shell")


def refused(answer):
    """Whether a door said no: any status but success, any exit code but 0."""
    db.session.rollback()
    db.session.expire_all()
    return answer in (1, 403, 404, 409, 422)
