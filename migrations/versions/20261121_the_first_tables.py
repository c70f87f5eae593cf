"""the first tables.

Revision e6ebc5f5d6a5, after nothing, written on 2026-11-21. Migrations go forward only.
"""

import sqlalchemy as sa
from alembic import op

revision = "e6ebc5f5d6a5"
down_revision = None
branch_labels = None
depends_on = None


GUARDED = (
    "audit_checkpoint",
    "audit_event",
    "audit_leaf",
    "billing_entry",
    "billing_invoice_line",
    "billing_posting",
    "billing_settlement_line",
    "billing_statement",
    "document_signature",
    "marketplace_delivery",
    "marketplace_download",
)


def guard(table: str, verb: str) -> None:
    """Make the database refuse to change or delete a row of a table that is only ever added to."""
    name, message = f"{table}_no_{verb.lower()}", f"{table} is append-only"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$ "
        f"LANGUAGE plpgsql"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def upgrade() -> None:
    op.create_table(
        "accounts_attempt",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_attempt")),
    )
    with op.batch_alter_table("accounts_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_accounts_attempt_account", ["kind", "account", "at"], unique=False)
        batch_op.create_index("ix_accounts_attempt_address", ["kind", "address", "at"], unique=False)

    op.create_table(
        "accounts_organisation",
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("legal_form", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("legal_representative", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("security_head", sa.String(), nullable=False),
        sa.Column("security_officer", sa.String(), nullable=False),
        sa.Column("data_body", sa.String(), nullable=False),
        sa.Column("controlled_by_id", sa.Uuid(), nullable=True),
        sa.Column("bank_account", sa.String(), nullable=False),
        sa.Column("suspended_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["controlled_by_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_accounts_organisation_controlled_by_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_organisation")),
        sa.UniqueConstraint("uscc", name=op.f("uq_accounts_organisation_uscc")),
    )
    with op.batch_alter_table("accounts_organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accounts_organisation_controlled_by_id"), ["controlled_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_accounts_organisation_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_accounts_organisation_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_organisation_side"), ["side"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_organisation_state"), ["state"], unique=False)

    op.create_table(
        "accounts_person",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("demo_role", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_person")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_person_email")),
    )
    with op.batch_alter_table("accounts_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_person_demo_role"), ["demo_role"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_person_state"), ["state"], unique=False)

    op.create_table(
        "audit_checkpoint",
        sa.Column("tree_size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("peaks", sa.JSON(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", name=op.f("pk_audit_checkpoint")),
    )
    op.create_table(
        "audit_event",
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=True),
        sa.Column("to_state", sa.String(), nullable=True),
        sa.Column("profile", sa.String(), nullable=True),
        sa.Column("caused_by_id", sa.Uuid(), nullable=True),
        sa.Column("request_key", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caused_by_id"], ["audit_event.id"], name=op.f("fk_audit_event_caused_by_id_audit_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("request_key", name=op.f("uq_audit_event_request_key")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_command"), ["command"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_profile"), ["profile"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "billing_entry",
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_type", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("memo", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["billing_entry.id"], name=op.f("fk_billing_entry_reverses_id_billing_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_billing_entry_reverses_id")),
    )
    with op.batch_alter_table("billing_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_entry_about_id"), ["about_id"], unique=False)

    op.create_table(
        "billing_settlement",
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("waived_minor", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("paid_at", sa.DateTime(), nullable=True),
        sa.Column("paid_minor", sa.BigInteger(), nullable=True),
        sa.Column("discarded_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_settlement")),
    )
    with op.batch_alter_table("billing_settlement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_billing_settlement_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_billing_settlement_state"), ["state"], unique=False)

    op.create_table(
        "calendar_year",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_year")),
    )
    with op.batch_alter_table("calendar_year", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_year_year"), ["year"], unique=False)

    op.create_table(
        "document",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("check_code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("current_key", sa.String(), nullable=True),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("template_version", sa.String(length=12), nullable=False),
        sa.Column("template_key", sa.String(), nullable=False),
        sa.Column("renderer", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("masthead", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("signatories", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.JSON(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["document.id"], name=op.f("fk_document_replaces_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("check_code", name=op.f("uq_document_check_code")),
        sa.UniqueConstraint("current_key", name=op.f("uq_document_current_key")),
        sa.UniqueConstraint("number", name=op.f("uq_document_number")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_state"), ["state"], unique=False)
        batch_op.create_index("ix_document_subject", ["subject_type", "subject_id"], unique=False)

    op.create_table(
        "document_serial",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_document_serial")),
    )
    op.create_table(
        "due_date",
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("waits_for", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("period_key", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("warned_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_date")),
    )
    with op.batch_alter_table("due_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_date_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_date_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_date_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_date_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_date_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_date_waits_for"), ["waits_for"], unique=False)

    op.create_table(
        "outbox_message",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_message_key")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_message_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_message_state"), ["state"], unique=False)

    op.create_table(
        "supervision_tick",
        sa.Column("ran_at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_tick")),
    )
    with op.batch_alter_table("supervision_tick", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_tick_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_supervision_tick_ran_at"), ["ran_at"], unique=False)

    op.create_table(
        "accounts_membership",
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("invitation_hash", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_accounts_membership_organisation_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_person.id"],
            name=op.f("fk_accounts_membership_person_id_accounts_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_membership")),
    )
    with op.batch_alter_table("accounts_membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_membership_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_accounts_membership_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_accounts_membership_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_membership_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_accounts_membership_open",
            ["organisation_id", "email"],
            unique=True,
            sqlite_where=sa.text("state != 'ended'"),
            postgresql_where=sa.text("state != 'ended'"),
        )

    op.create_table(
        "accounts_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_accounts_session_organisation_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_session_person_id_accounts_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_accounts_session_token_hash")),
    )
    with op.batch_alter_table("accounts_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_session_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "accounts_token",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_accounts_token_organisation_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_accounts_token_person_id_accounts_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_accounts_token_hash")),
    )
    with op.batch_alter_table("accounts_token", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accounts_token_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_accounts_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "audit_leaf",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_leaf_event_id_audit_event")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_leaf")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_leaf_event_id")),
    )
    op.create_table(
        "billing_account",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_account_organisation_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_account_owner_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_account")),
        sa.UniqueConstraint("code", name=op.f("uq_billing_account_code")),
    )
    with op.batch_alter_table("billing_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_account_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_billing_account_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_billing_account_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "billing_declaration",
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_name", sa.String(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("purpose_class", sa.String(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("item_title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("declared_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_declaration_buyer_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_declaration_seller_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_declaration")),
    )
    with op.batch_alter_table("billing_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_declaration_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_declaration_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_billing_declaration_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(
            "ix_billing_declaration_of", ["buyer_id", "item_id", "purpose_class"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_billing_declaration_state"), ["state"], unique=False)

    op.create_table(
        "billing_fee_cap",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("item_title", sa.String(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("purpose_class", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("put_in_force_by_id", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(), nullable=True),
        sa.Column("rejected_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_fee_cap_operator_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_fee_cap")),
    )
    with op.batch_alter_table("billing_fee_cap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_fee_cap_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(
            "ix_billing_fee_cap_of", ["item_id", "purpose_class", "unit", "valid_from"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_billing_fee_cap_operator_id"), ["operator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_fee_cap_state"), ["state"], unique=False)

    op.create_table(
        "billing_invoice",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_name", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_name", sa.String(), nullable=False),
        sa.Column("about_type", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("waived_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("credit_note_id", sa.Uuid(), nullable=True),
        sa.Column("paid_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_invoice_buyer_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_invoice_issuer_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_invoice")),
        sa.UniqueConstraint("issuer_id", "number", name=op.f("uq_billing_invoice_issuer_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_billing_invoice_reference")),
    )
    with op.batch_alter_table("billing_invoice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_invoice_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_invoice_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_invoice_issued_on"), ["issued_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_invoice_issuer_id"), ["issuer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_invoice_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_invoice_state"), ["state"], unique=False)

    op.create_table(
        "billing_permitted_revenue",
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("operator_name", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.Column("subsidy_minor", sa.BigInteger(), nullable=False),
        sa.Column("capital_minor", sa.BigInteger(), nullable=False),
        sa.Column("profit_rate_bp", sa.BigInteger(), nullable=False),
        sa.Column("bond_yield_bp", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("deduction_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(), nullable=True),
        sa.Column("rejected_because", sa.String(), nullable=False),
        sa.Column("warned_percent", sa.BigInteger(), nullable=False),
        sa.Column("income_minor", sa.BigInteger(), nullable=True),
        sa.Column("excess_minor", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_permitted_revenue_operator_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_permitted_revenue")),
    )
    with op.batch_alter_table("billing_permitted_revenue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_billing_permitted_revenue_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_billing_permitted_revenue_operator_id"), ["operator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_billing_permitted_revenue_period_from"), ["period_from"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_billing_permitted_revenue_period_to"), ["period_to"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_billing_permitted_revenue_state"), ["state"], unique=False)

    op.create_table(
        "billing_serial",
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issuer_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_serial_issuer_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("issuer_id", "year", name=op.f("pk_billing_serial")),
    )
    op.create_table(
        "billing_statement",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("share_minor", sa.BigInteger(), nullable=False),
        sa.Column("payable_minor", sa.BigInteger(), nullable=False),
        sa.Column("waived_minor", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_statement_party_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["billing_settlement.id"],
            name=op.f("fk_billing_statement_settlement_id_billing_settlement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_statement")),
        sa.UniqueConstraint("settlement_id", "party_id", name=op.f("uq_billing_statement_settlement_id")),
    )
    with op.batch_alter_table("billing_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_statement_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_billing_statement_settlement_id"), ["settlement_id"], unique=False
        )

    op.create_table(
        "contracts_agreement",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_type", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("party_a_id", sa.Uuid(), nullable=False),
        sa.Column("party_b_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by_ids", sa.JSON(), nullable=False),
        sa.Column("applied_by_id", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_a_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_contracts_agreement_party_a_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["party_b_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_contracts_agreement_party_b_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_agreement")),
        sa.UniqueConstraint("about_id", "kind", name=op.f("uq_contracts_agreement_about_id")),
    )
    with op.batch_alter_table("contracts_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_agreement_document_id"), ["document_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contracts_agreement_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contracts_agreement_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_agreement_party_a_id"), ["party_a_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_agreement_party_b_id"), ["party_b_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_agreement_state"), ["state"], unique=False)

    op.create_table(
        "contracts_application",
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("purpose_text", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("ability", sa.String(), nullable=False),
        sa.Column("security", sa.String(), nullable=False),
        sa.Column("territory", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("funding_mode", sa.String(), nullable=True),
        sa.Column("parent_right_id", sa.Uuid(), nullable=True),
        sa.Column("shared_source_ids", sa.JSON(), nullable=False),
        sa.Column("provider_consent", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("comments", sa.String(), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("assessor_ids", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_contracts_application_applicant_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_application")),
    )
    with op.batch_alter_table("contracts_application", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contracts_application_applicant_id"), ["applicant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contracts_application_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contracts_application_level"), ["level"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contracts_application_parent_right_id"), ["parent_right_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contracts_application_state"), ["state"], unique=False)

    op.create_table(
        "document_party",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_party_document_id_document")
        ),
        sa.PrimaryKeyConstraint("document_id", "organisation_id", name=op.f("pk_document_party")),
    )
    with op.batch_alter_table("document_party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_party_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "document_signature",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("capacity", sa.JSON(), nullable=False),
        sa.Column("mandate", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_signature_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_signature")),
        sa.UniqueConstraint("document_id", "party_id", name=op.f("uq_document_signature_document_id")),
    )
    with op.batch_alter_table("document_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_signature_document_id"), ["document_id"], unique=False)

    op.create_table(
        "registry_import",
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("suggestions", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("examined_on", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_registry_import_agency_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_import")),
    )
    with op.batch_alter_table("registry_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_import_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_import_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_import_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registry_import_state"), ["state"], unique=False)

    op.create_table(
        "registry_licence",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("applied_by_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("dossier", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("supplement", sa.Text(), nullable=True),
        sa.Column("assessments", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("granted_by_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_registry_licence_organisation_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_licence")),
        sa.UniqueConstraint("number", name=op.f("uq_registry_licence_number")),
    )
    with op.batch_alter_table("registry_licence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_licence_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_licence_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registry_licence_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_licence_valid_until"), ["valid_until"], unique=False)

    op.create_table(
        "registry_resource",
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("source_legality", sa.Text(), nullable=False),
        sa.Column("storage_location", sa.String(), nullable=False),
        sa.Column("volume", sa.String(), nullable=False),
        sa.Column("update_frequency", sa.String(), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("covers_until", sa.Date(), nullable=True),
        sa.Column("national_grade", sa.String(), nullable=False),
        sa.Column("local_level", sa.String(), nullable=True),
        sa.Column("deposit_sha256", sa.String(length=64), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("registered_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_registry_resource_holder_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_resource")),
        sa.UniqueConstraint("code", name=op.f("uq_registry_resource_code")),
    )
    with op.batch_alter_table("registry_resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_resource_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_resource_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_resource_state"), ["state"], unique=False)

    op.create_table(
        "accounts_mandate",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["accounts_membership.id"],
            name=op.f("fk_accounts_mandate_membership_id_accounts_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_accounts_mandate_organisation_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_mandate")),
    )
    with op.batch_alter_table("accounts_mandate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accounts_mandate_membership_id"), ["membership_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_accounts_mandate_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "billing_invoice_line",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("list_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("waived_minor", sa.BigInteger(), nullable=False),
        sa.Column("purpose_class", sa.String(), nullable=False),
        sa.Column("price_mode", sa.String(), nullable=False),
        sa.Column("cap_id", sa.Uuid(), nullable=True),
        sa.Column("cap_minor", sa.BigInteger(), nullable=True),
        sa.Column("cap_document", sa.String(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("income_shares", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cap_id"], ["billing_fee_cap.id"], name=op.f("fk_billing_invoice_line_cap_id_billing_fee_cap")
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["billing_declaration.id"],
            name=op.f("fk_billing_invoice_line_declaration_id_billing_declaration"),
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["billing_invoice.id"],
            name=op.f("fk_billing_invoice_line_invoice_id_billing_invoice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_invoice_line")),
    )
    with op.batch_alter_table("billing_invoice_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_invoice_line_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_invoice_line_item_id"), ["item_id"], unique=False)

    op.create_table(
        "billing_payment",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_number", sa.String(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("voucher", sa.JSON(), nullable=False),
        sa.Column("announced_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("countersigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("bank_note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=True),
        sa.Column("intent_id", sa.String(), nullable=True),
        sa.Column("provider_event_id", sa.String(), nullable=True),
        sa.Column("surplus", sa.Boolean(), nullable=False),
        sa.Column("refund_proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("refund_reason", sa.String(), nullable=False),
        sa.Column("refunded_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_payment_buyer_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["billing_invoice.id"], name=op.f("fk_billing_payment_invoice_id_billing_invoice")
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_billing_payment_issuer_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_payment")),
        sa.UniqueConstraint("provider_event_id", name=op.f("uq_billing_payment_provider_event_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_billing_payment_reference")),
        sa.UniqueConstraint("session_id", name=op.f("uq_billing_payment_session_id")),
    )
    with op.batch_alter_table("billing_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_billing_payment_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_payment_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_payment_issuer_id"), ["issuer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_payment_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_billing_payment_state"), ["state"], unique=False)

    op.create_table(
        "contracts_application_source",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["contracts_application.id"],
            name=op.f("fk_contracts_application_source_application_id_contracts_application"),
        ),
        sa.PrimaryKeyConstraint("application_id", "source_id", name=op.f("pk_contracts_application_source")),
    )
    with op.batch_alter_table("contracts_application_source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contracts_application_source_source_id"), ["source_id"], unique=False
        )

    op.create_table(
        "contracts_assessment",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_name", sa.String(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["contracts_application.id"],
            name=op.f("fk_contracts_assessment_application_id_contracts_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_assessment")),
        sa.UniqueConstraint(
            "application_id", "assessor_id", name=op.f("uq_contracts_assessment_application_id")
        ),
    )
    op.create_table(
        "contracts_decision",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("income_shares", sa.JSON(), nullable=False),
        sa.Column("funding_mode", sa.String(), nullable=True),
        sa.Column("market_mode", sa.String(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by_name", sa.String(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["contracts_application.id"],
            name=op.f("fk_contracts_decision_application_id_contracts_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_decision")),
        sa.UniqueConstraint("application_id", name=op.f("uq_contracts_decision_application_id")),
    )
    op.create_table(
        "registry_entry",
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("resource_code", sa.String(), nullable=True),
        sa.Column("abstract", sa.Text(), nullable=True),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("industries", sa.JSON(), nullable=False),
        sa.Column("database_level", sa.String(), nullable=True),
        sa.Column("national_grade", sa.String(), nullable=True),
        sa.Column("local_level", sa.String(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("provider_code", sa.String(), nullable=True),
        sa.Column("collector", sa.String(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("contact_email", sa.String(), nullable=True),
        sa.Column("data_form", sa.String(), nullable=True),
        sa.Column("formats", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("record_count", sa.BigInteger(), nullable=True),
        sa.Column("update_frequency", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("related_code", sa.String(), nullable=True),
        sa.Column("use_conditions", sa.Text(), nullable=True),
        sa.Column("sharing_attribute", sa.String(), nullable=True),
        sa.Column("sharing_content", sa.Text(), nullable=True),
        sa.Column("sharing_conditions", sa.Text(), nullable=True),
        sa.Column("sharing_scope", sa.Text(), nullable=True),
        sa.Column("sharing_manner", sa.Text(), nullable=True),
        sa.Column("sharing_basis", sa.Text(), nullable=True),
        sa.Column("opening_attribute", sa.String(), nullable=True),
        sa.Column("opening_conditions", sa.Text(), nullable=True),
        sa.Column("opening_basis", sa.Text(), nullable=True),
        sa.Column("opening_ground", sa.String(), nullable=True),
        sa.Column("ground_removed_by", sa.String(), nullable=True),
        sa.Column("collection_basis", sa.Text(), nullable=True),
        sa.Column("extras", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("assessments", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("public_since", sa.DateTime(), nullable=True),
        sa.Column("match_key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_registry_entry_agency_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["registry_import.id"], name=op.f("fk_registry_entry_import_id_registry_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_entry")),
    )
    with op.batch_alter_table("registry_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_entry_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_entry_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_entry_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_entry_opening_attribute"), ["opening_attribute"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registry_entry_public_since"), ["public_since"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_entry_state"), ["state"], unique=False)
        batch_op.create_index("ix_registry_entry_state_public_since", ["state", "public_since"], unique=False)
        batch_op.create_index("ix_registry_entry_id_state", ["id", "state"], unique=False)
        batch_op.create_index("ix_registry_entry_state_agency_id", ["state", "agency_id"], unique=False)
        batch_op.create_index("ix_registry_entry_state_jurisdiction", ["state", "jurisdiction"], unique=False)
        batch_op.create_index("ix_registry_entry_state_opening", ["state", "opening_attribute"], unique=False)

    op.create_table(
        "registry_import_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("agency_name", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("match_key", sa.String(), nullable=False),
        sa.Column("mendings", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=True),
        sa.Column("is_incomplete", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["registry_import.id"],
            name=op.f("fk_registry_import_row_import_id_registry_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_import_row")),
    )
    with op.batch_alter_table("registry_import_row", schema=None) as batch_op:
        batch_op.create_index("ix_registry_import_row_import_id_number", ["import_id", "number"], unique=True)
        batch_op.create_index(
            "ix_registry_import_row_import_id_outcome", ["import_id", "outcome"], unique=False
        )

    op.create_table(
        "registry_registration",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object_type", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=True),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("applied_by_id", sa.Uuid(), nullable=True),
        sa.Column("registrar_id", sa.Uuid(), nullable=True),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("commitment", sa.Boolean(), nullable=False),
        sa.Column("risk_assessment", sa.Text(), nullable=False),
        sa.Column("public_preview_confirmed", sa.Boolean(), nullable=False),
        sa.Column("supplement", sa.Text(), nullable=True),
        sa.Column("supplement_notices", sa.BigInteger(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("local_code", sa.String(), nullable=True),
        sa.Column("national_code", sa.String(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("notice_ended_on", sa.Date(), nullable=True),
        sa.Column("coded_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("bounded_by", sa.String(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_registry_registration_applicant_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["registry_registration.id"],
            name=op.f("fk_registry_registration_previous_id_registry_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["registrar_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_registry_registration_registrar_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["registry_resource.id"],
            name=op.f("fk_registry_registration_resource_id_registry_resource"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_registration")),
        sa.UniqueConstraint("local_code", name=op.f("uq_registry_registration_local_code")),
        sa.UniqueConstraint("national_code", name=op.f("uq_registry_registration_national_code")),
        sa.UniqueConstraint("number", name=op.f("uq_registry_registration_number")),
    )
    with op.batch_alter_table("registry_registration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_registration_applicant_id"), ["applicant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_registration_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_registration_notice_until"), ["notice_until"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_registration_previous_id"), ["previous_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registry_registration_product_id"), ["product_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_registration_registrar_id"), ["registrar_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_registration_resource_id"), ["resource_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registry_registration_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_registry_registration_valid_until"), ["valid_until"], unique=False
        )

    op.create_table(
        "billing_posting",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("party_role", sa.String(), nullable=True),
        sa.Column("share_bp", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["billing_account.id"], name=op.f("fk_billing_posting_account_id_billing_account")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["billing_entry.id"], name=op.f("fk_billing_posting_entry_id_billing_entry")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["billing_invoice_line.id"],
            name=op.f("fk_billing_posting_line_id_billing_invoice_line"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_posting")),
    )
    with op.batch_alter_table("billing_posting", schema=None) as batch_op:
        batch_op.create_index(
            "ix_billing_posting_account", ["account_id", "booked_on", "amount_minor"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_billing_posting_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            "ix_billing_posting_share", ["booked_on", "line_id", "account_id"], unique=False
        )

    op.create_table(
        "contracts_right",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("granted_by_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("territory", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("income_shares", sa.JSON(), nullable=False),
        sa.Column("funding_mode", sa.String(), nullable=True),
        sa.Column("market_mode", sa.String(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("notice_at", sa.DateTime(), nullable=True),
        sa.Column("notice_by_id", sa.Uuid(), nullable=True),
        sa.Column("notice_text", sa.String(), nullable=False),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("reply_text", sa.String(), nullable=False),
        sa.Column("reply_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["contracts_application.id"],
            name=op.f("fk_contracts_right_application_id_contracts_application"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["contracts_decision.id"],
            name=op.f("fk_contracts_right_decision_id_contracts_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_contracts_right_granted_by_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_contracts_right_holder_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["contracts_right.id"], name=op.f("fk_contracts_right_parent_id_contracts_right")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_right")),
        sa.UniqueConstraint("application_id", name=op.f("uq_contracts_right_application_id")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_contracts_right_decision_id")),
        sa.UniqueConstraint("number", name=op.f("uq_contracts_right_number")),
    )
    with op.batch_alter_table("contracts_right", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_right_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_right_granted_by_id"), ["granted_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_right_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_right_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_right_level"), ["level"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_right_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_right_state"), ["state"], unique=False)

    op.create_table(
        "registry_entry_term",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["registry_entry.id"],
            name=op.f("fk_registry_entry_term_entry_id_registry_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "kind", "code", name=op.f("pk_registry_entry_term")),
    )
    with op.batch_alter_table("registry_entry_term", schema=None) as batch_op:
        batch_op.create_index("ix_registry_entry_term_kind_code", ["kind", "code", "entry_id"], unique=False)

    op.create_table(
        "registry_objection",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("registrar_id", sa.Uuid(), nullable=True),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("applied_by_id", sa.Uuid(), nullable=True),
        sa.Column("lodged_by_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registry_registration.id"],
            name=op.f("fk_registry_objection_registration_id_registry_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_objection")),
        sa.UniqueConstraint("receipt", name=op.f("uq_registry_objection_receipt")),
    )
    with op.batch_alter_table("registry_objection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registry_objection_applicant_id"), ["applicant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_objection_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_objection_lodged_by_id"), ["lodged_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_objection_registrar_id"), ["registrar_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_registry_objection_registration_id"), ["registration_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registry_objection_state"), ["state"], unique=False)

    op.create_table(
        "registry_release",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("edition", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("treatment", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=True),
        sa.Column("review", sa.Text(), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_registry_release_agency_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["registry_entry.id"], name=op.f("fk_registry_release_entry_id_registry_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_release")),
    )
    with op.batch_alter_table("registry_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_release_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_release_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_release_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_release_released_at"), ["released_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_registry_release_state"), ["state"], unique=False)

    op.create_table(
        "registry_resource_entry",
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["registry_entry.id"],
            name=op.f("fk_registry_resource_entry_entry_id_registry_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["registry_resource.id"],
            name=op.f("fk_registry_resource_entry_resource_id_registry_resource"),
        ),
        sa.PrimaryKeyConstraint("resource_id", "entry_id", name=op.f("pk_registry_resource_entry")),
    )
    with op.batch_alter_table("registry_resource_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registry_resource_entry_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "billing_settlement_line",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("party_role", sa.String(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.BigInteger(), nullable=False),
        sa.Column("share_minor", sa.BigInteger(), nullable=False),
        sa.Column("waived_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["billing_invoice.id"],
            name=op.f("fk_billing_settlement_line_invoice_id_billing_invoice"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["billing_invoice_line.id"],
            name=op.f("fk_billing_settlement_line_line_id_billing_invoice_line"),
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["billing_posting.id"],
            name=op.f("fk_billing_settlement_line_posting_id_billing_posting"),
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["billing_settlement.id"],
            name=op.f("fk_billing_settlement_line_settlement_id_billing_settlement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("settlement_id", "posting_id", name=op.f("pk_billing_settlement_line")),
    )
    with op.batch_alter_table("billing_settlement_line", schema=None) as batch_op:
        batch_op.create_index("ix_billing_settlement_line_party", ["settlement_id", "party_id"], unique=False)

    op.create_table(
        "contracts_element",
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("abstract", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_contracts_element_operator_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["right_id"], ["contracts_right.id"], name=op.f("fk_contracts_element_right_id_contracts_right")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_element")),
    )
    with op.batch_alter_table("contracts_element", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_element_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_element_operator_id"), ["operator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_element_right_id"), ["right_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_element_state"), ["state"], unique=False)

    op.create_table(
        "contracts_obligation",
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_contracts_obligation_owner_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["contracts_right.id"],
            name=op.f("fk_contracts_obligation_right_id_contracts_right"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_obligation")),
    )
    with op.batch_alter_table("contracts_obligation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_obligation_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contracts_obligation_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contracts_obligation_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_obligation_right_id"), ["right_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_obligation_state"), ["state"], unique=False)

    op.create_table(
        "contracts_right_source",
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["contracts_right.id"],
            name=op.f("fk_contracts_right_source_right_id_contracts_right"),
        ),
        sa.PrimaryKeyConstraint("right_id", "source_id", name=op.f("pk_contracts_right_source")),
    )
    with op.batch_alter_table("contracts_right_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_right_source_source_id"), ["source_id"], unique=False)

    op.create_table(
        "contracts_suspension",
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["contracts_right.id"],
            name=op.f("fk_contracts_suspension_right_id_contracts_right"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts_suspension")),
    )
    with op.batch_alter_table("contracts_suspension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_suspension_cause_id"), ["cause_id"], unique=False)
        batch_op.create_index("ix_contracts_suspension_open", ["right_id", "ended_at"], unique=False)

    op.create_table(
        "marketplace_download",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_download_agency_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["registry_release.id"],
            name=op.f("fk_marketplace_download_release_id_registry_release"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_download")),
    )
    with op.batch_alter_table("marketplace_download", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketplace_download_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_download_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_marketplace_download_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_marketplace_download_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_download_state"), ["state"], unique=False)

    op.create_table(
        "marketplace_product",
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("abstract", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("update_frequency", sa.String(), nullable=True),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("exchange_reference", sa.String(), nullable=False),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("sample", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("drafted_by_id", sa.Uuid(), nullable=True),
        sa.Column("listed_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["right_id"], ["contracts_right.id"], name=op.f("fk_marketplace_product_right_id_contracts_right")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_product_seller_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_product")),
    )
    with op.batch_alter_table("marketplace_product", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_marketplace_product_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_marketplace_product_kind"), ["kind"], unique=False)
        batch_op.create_index("ix_marketplace_product_public", ["state", "listed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_product_right_id"), ["right_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_product_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_product_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_product_theme"), ["theme"], unique=False)

    op.create_table(
        "contracts_element_resource",
        sa.Column("element_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["contracts_element.id"],
            name=op.f("fk_contracts_element_resource_element_id_contracts_element"),
        ),
        sa.PrimaryKeyConstraint("element_id", "resource_id", name=op.f("pk_contracts_element_resource")),
    )
    with op.batch_alter_table("contracts_element_resource", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contracts_element_resource_resource_id"), ["resource_id"], unique=False
        )

    op.create_table(
        "marketplace_offer",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("open_from", sa.Date(), nullable=False),
        sa.Column("open_until", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["marketplace_product.id"],
            name=op.f("fk_marketplace_offer_product_id_marketplace_product"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_offer_seller_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_offer")),
    )
    with op.batch_alter_table("marketplace_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketplace_offer_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_offer_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_offer_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_offer_state"), ["state"], unique=False)

    op.create_table(
        "marketplace_product_element",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("element_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["contracts_element.id"],
            name=op.f("fk_marketplace_product_element_element_id_contracts_element"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["marketplace_product.id"],
            name=op.f("fk_marketplace_product_element_product_id_marketplace_product"),
        ),
        sa.PrimaryKeyConstraint("product_id", "element_id", name=op.f("pk_marketplace_product_element")),
    )
    op.create_table(
        "marketplace_plan",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("term_months", sa.BigInteger(), nullable=False),
        sa.Column("quantity_included", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["marketplace_offer.id"],
            name=op.f("fk_marketplace_plan_offer_id_marketplace_offer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_plan")),
    )
    with op.batch_alter_table("marketplace_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketplace_plan_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "marketplace_order",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("product_title", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_name", sa.String(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("seller_name", sa.String(), nullable=False),
        sa.Column("purpose_class", sa.String(), nullable=False),
        sa.Column("use_text", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("list_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("waived_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("quote", sa.JSON(), nullable=False),
        sa.Column("calls_included", sa.BigInteger(), nullable=True),
        sa.Column("term_months", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sign_by", sa.Date(), nullable=False),
        sa.Column("placed_by_id", sa.Uuid(), nullable=True),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("activated_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_order_buyer_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["billing_declaration.id"],
            name=op.f("fk_marketplace_order_declaration_id_billing_declaration"),
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["marketplace_offer.id"],
            name=op.f("fk_marketplace_order_offer_id_marketplace_offer"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["marketplace_plan.id"], name=op.f("fk_marketplace_order_plan_id_marketplace_plan")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["marketplace_product.id"],
            name=op.f("fk_marketplace_order_product_id_marketplace_product"),
        ),
        sa.ForeignKeyConstraint(
            ["right_id"], ["contracts_right.id"], name=op.f("fk_marketplace_order_right_id_contracts_right")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_order_seller_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_order")),
        sa.UniqueConstraint("number", name=op.f("uq_marketplace_order_number")),
    )
    with op.batch_alter_table("marketplace_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketplace_order_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_order_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_order_placed_on"), ["placed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_order_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_order_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_order_sign_by"), ["sign_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_order_state"), ["state"], unique=False)

    op.create_table(
        "marketplace_entitlement",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("product_title", sa.String(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("purpose_class", sa.String(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.Column("calls_included", sa.BigInteger(), nullable=True),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_entitlement_holder_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["marketplace_order.id"],
            name=op.f("fk_marketplace_entitlement_order_id_marketplace_order"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["marketplace_product.id"],
            name=op.f("fk_marketplace_entitlement_product_id_marketplace_product"),
        ),
        sa.ForeignKeyConstraint(
            ["right_id"],
            ["contracts_right.id"],
            name=op.f("fk_marketplace_entitlement_right_id_contracts_right"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_entitlement_seller_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_entitlement")),
        sa.UniqueConstraint("order_id", name=op.f("uq_marketplace_entitlement_order_id")),
    )
    with op.batch_alter_table("marketplace_entitlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketplace_entitlement_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_entitlement_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_marketplace_entitlement_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_marketplace_entitlement_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_marketplace_entitlement_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_entitlement_state"), ["state"], unique=False)

    op.create_table(
        "marketplace_delivery",
        sa.Column("entitlement_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("product_title", sa.String(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("seller_name", sa.String(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("obtained_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("link_until", sa.DateTime(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=True),
        sa.Column("answer", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entitlement_id"],
            ["marketplace_entitlement.id"],
            name=op.f("fk_marketplace_delivery_entitlement_id_marketplace_entitlement"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_delivery_holder_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["marketplace_product.id"],
            name=op.f("fk_marketplace_delivery_product_id_marketplace_product"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_delivery_seller_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_delivery")),
    )
    with op.batch_alter_table("marketplace_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketplace_delivery_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_marketplace_delivery_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index("ix_marketplace_delivery_of", ["entitlement_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_delivery_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_delivery_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_delivery_state"), ["state"], unique=False)

    op.create_table(
        "marketplace_result",
        sa.Column("entitlement_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("reported_by_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("profile_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entitlement_id"],
            ["marketplace_entitlement.id"],
            name=op.f("fk_marketplace_result_entitlement_id_marketplace_entitlement"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_result_holder_id_accounts_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["marketplace_product.id"],
            name=op.f("fk_marketplace_result_product_id_marketplace_product"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["accounts_organisation.id"],
            name=op.f("fk_marketplace_result_seller_id_accounts_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketplace_result")),
    )
    with op.batch_alter_table("marketplace_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_marketplace_result_entitlement_id"), ["entitlement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_marketplace_result_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_marketplace_result_jurisdiction"), ["jurisdiction"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_marketplace_result_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_result_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_marketplace_result_state"), ["state"], unique=False)
    for table in GUARDED:
        for verb in ("UPDATE", "DELETE"):
            guard(table, verb)
