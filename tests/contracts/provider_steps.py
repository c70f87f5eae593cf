"""Steps that several tests of provider have in common."""

from datetime import timedelta

import pytest

from accounts.models import Membership
from contracts import queries
from contracts.commands import agreement, provider
from kernel import clock
from kernel.command import execute
from kernel.db import db
from kernel.errors import RuleBroken
from kernel.fields import File
from tests.factories.accounts import PASSWORD, a_member, acting, an_organisation

PDF = File("plan.pdf", b"%PDF-1.7\nA plan.\n%%EOF\n")


class Sides:
    """A body with two officers, and a provider."""

    def __init__(self, place="990100", roles=("agency",)):
        self.body = an_organisation(*roles, jurisdiction=place)
        self.officer, self.second = (acting(a_member(self.body), self.body) for _ in range(2))
        self.firm = an_organisation("operator", jurisdiction=place)
        self.provider = acting(a_member(self.firm), self.firm)

    def words(self, **facts):
        return {
            "provider_uscc": self.firm.uscc,
            "title": "政务数据平台运维",
            "tasks": "平台运行维护与数据清洗。",
            "data_scope": "平台全部库表。",
            "standards": "按运维规范执行。",
            "measures": "堡垒机、全程录屏。",
            "breach": "违约金二十万元并赔偿损失。",
            "starts_on": clock.today().isoformat(),
            "ends_on": (clock.today() + timedelta(days=365)).isoformat(),
            **facts,
        }


def described(sides, **facts):
    return execute(provider.describe, actor=sides.officer, data=sides.words(**facts))


def reviewed(sides, passed="yes", **facts):
    found = described(sides, **facts)
    data = {"passed": passed, "findings": "资质齐全。", "report": PDF}
    return execute(provider.review, actor=sides.second, subject_id=found.id, data=data)


def concluded(sides, **facts):
    return execute(provider.conclude, actor=sides.officer, subject_id=reviewed(sides, **facts).id)


def sign(text, signer):
    kept = queries.document_of(text)
    data = {"document_sha256": kept.sha256, "password": PASSWORD}
    return execute(agreement.sign, actor=signer, subject_id=text.id, data=data)


def in_force(sides, **facts):
    found = concluded(sides, **facts)
    for text in queries.agreements_of_outsourcing(found.id):
        sign(text, sides.officer)
        sign(text, sides.provider)
    return found


def worker(sides, mandates=()):
    """Somebody of the provider with an account in the body."""
    person = a_member(sides.body, mandates=mandates)
    return db.session.query(Membership).filter_by(person_id=person.id, organisation_id=sides.body.id).one()


def assigned(sides, found, mandates=()):
    membership = worker(sides, mandates)
    data = {"membership_id": str(membership.id), "post": "数据库运维"}
    execute(provider.assign, actor=sides.officer, subject_id=found.id, data=data)
    return membership


def exiting(sides, found):
    return execute(provider.end, actor=sides.officer, subject_id=found.id, data={"reason": "合同到期。"})


def deleted(sides, found):
    execute(provider.revoke_access, actor=sides.officer, subject_id=found.id)
    data = {"method": "overwriting", "media": "备份磁盘两块。", "proof": PDF}
    return execute(provider.prove_deletion, actor=sides.provider, subject_id=found.id, data=data)


def refused(duty, *facts):
    with pytest.raises(RuleBroken) as error:
        duty(*facts)
    return error.value
