"""${message}.

Revision ${up_revision}, after ${down_revision or "nothing" | comma,n}, written on ${create_date.date()}. Migrations go forward only.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision).replace("'", '"')}
down_revision = ${repr(down_revision).replace("'", '"')}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
