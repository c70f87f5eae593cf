"""What commands about organisations take."""

from marshmallow import Schema, fields, validate

from accounts.schemas.parts import SHORT, USCC, roles_field, words
from accounts.vocabulary import (
    LEGAL_FORM_CHOICES,
    LEGAL_FORMS,
    MANAGING,
    MANAGING_CHOICES,
    OPERATING,
    OPERATING_CHOICES,
    ROLE_CHOICES,
    ROLES,
    place_choices,
)
from kernel.fields import Words
from kernel.words import N_


class OrganisationFacts(Schema):
    """What an organisation says about itself."""

    name_en = words(N_("Name in English"), lang="en")
    address = words(N_("Registered address"), long=True)
    legal_representative = words(N_("Legal representative"))
    contact_name = words(N_("Contact person"))
    contact_phone = words(N_("Contact telephone"), widget="tel")
    contact_email = fields.Email(validate=SHORT, metadata={"label": N_("Contact e-mail"), "widget": "email"})


class OrganisationInput(OrganisationFacts):
    """An organisation that registers itself: operating roles only."""

    class Meta:
        fields = (
            "name",
            "uscc",
            "legal_form",
            "roles",
            "jurisdiction",
            "name_en",
            "address",
            "legal_representative",
            "contact_name",
            "contact_phone",
            "contact_email",
            "controlled_by_uscc",
        )

    name = words(N_("Full name as on the certificate"), required=True)
    uscc = Words(required=True, validate=SHORT, metadata=USCC)
    legal_form = fields.String(
        required=True,
        validate=validate.OneOf(list(LEGAL_FORMS)),
        metadata={"label": N_("Legal form"), "widget": "select", "choices": LEGAL_FORM_CHOICES},
    )
    jurisdiction = words(
        N_("Jurisdiction"),
        required=True,
        widget="select",
        choices=place_choices,
        hint=N_("Where it will deal with the public data authority."),
    )
    roles = roles_field(OPERATING_CHOICES, OPERATING)
    controlled_by_uscc = Words(
        validate=SHORT,
        metadata=USCC
        | {
            "label": N_("Controlled by"),
            "hint": N_("Credit code of the organisation that controls it, if it is registered here."),
        },
    )


class AppointmentInput(OrganisationInput):
    """A managing body that the authority enters: authority, agency, registrar and the like. Any kind of role may be
    asked for; the rule that keeps the two sides apart decides."""

    class Meta(OrganisationInput.Meta):
        pass

    roles = roles_field(ROLE_CHOICES, ROLES)


class ProposalInput(Schema):
    """An agency that an import names and nobody knows yet."""

    name = words(N_("Name"), required=True)
    jurisdiction = words(N_("Jurisdiction"), required=True, widget="select", choices=place_choices)


class ConfirmationInput(Schema):
    """The authority confirms a proposed body: now it gets its credit code."""

    name = words(N_("Full name as on the certificate"), required=True)
    uscc = Words(required=True, validate=SHORT, metadata=USCC)
    roles = roles_field(MANAGING_CHOICES, MANAGING)


class OrganisationAmendment(OrganisationFacts):
    """What an organisation corrects about itself."""

    class Meta:
        fields = (
            "name",
            "name_en",
            "legal_form",
            "address",
            "legal_representative",
            "contact_name",
            "contact_phone",
            "contact_email",
            "bank_account",
            "controlled_by_uscc",
        )

    name = words(N_("Full name as on the certificate"), required=True)
    legal_form = fields.String(
        validate=validate.OneOf(list(LEGAL_FORMS)),
        metadata={"label": N_("Legal form"), "widget": "select", "choices": LEGAL_FORM_CHOICES},
    )
    bank_account = words(
        N_("Bank account"), long=True, hint=N_("Bank, account name and number, as it stands on invoices.")
    )
    controlled_by_uscc = Words(
        validate=SHORT,
        metadata=USCC
        | {
            "label": N_("Controlled by"),
            "hint": N_("Credit code of the organisation that controls it; leave empty if there is none."),
        },
    )


class RolesInput(Schema):
    """The roles an organisation has from now on."""

    roles = roles_field(ROLE_CHOICES, ROLES)


class ResponsibleInput(Schema):
    """Who answers for data and their security."""

    data_body = words(
        N_("Data-management body"),
        required=True,
        hint=N_("The unit that looks after data in your organisation."),
        basis="WZ7, DG7, LS31, YN L18",
    )
    security_head = words(
        N_("Head responsible for data security"), required=True, basis="WZ40, DG44, YN L136"
    )
    security_officer = words(N_("Data security officer"), required=True, basis="WZ40, LS24, YN L137")


class SuspensionInput(Schema):
    """An organisation is suspended for a reason it can read."""

    reason = words(N_("Reason"), required=True, long=True, widget="textarea")
