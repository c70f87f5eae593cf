"""Numbers people read and codes nobody can guess."""

import re
import secrets
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from stdnum.iso7064 import mod_37_36

from kernel.db import db
from kernel.documents.models import DocumentSerial

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def next_number(prefix: str, jurisdiction: str, day: date) -> str:
    """The next number of the prefix, jurisdiction and year, e.g. DJ-YN-20261121-000001-K.

    The serial is raised in the running transaction: what is rolled back leaves no gap. The last character is the
    check character of ISO 7064 (mod 37, 36) over everything before it.
    """
    place = jurisdiction.upper()
    if not re.fullmatch(r"[A-Z0-9]{2,12}", place):
        raise ValueError(f"a jurisdiction is 2 to 12 letters or figures, not {jurisdiction!r}")
    body = f"{prefix}-{place}-{day:%Y%m%d}-{_next_serial(f'{prefix}-{place}-{day.year}'):06d}"
    return f"{body}-{mod_37_36.calc_check_digit(body.replace('-', ''))}"


def number_is_consistent(number: str) -> bool:
    """Whether the check character of a typed number fits."""
    compact = number.strip().upper().replace("-", "").replace(" ", "")
    return bool(mod_37_36.is_valid(compact))


def _next_serial(series: str) -> int:
    insert: Any = _INSERT[db.session.get_bind().dialect.name]
    statement = insert(DocumentSerial).values(series=series, next=2)
    raised = statement.on_conflict_do_update(
        index_elements=["series"], set_={"next": DocumentSerial.next + 1}
    ).returning(DocumentSerial.next)
    return int(db.session.execute(raised).scalar_one()) - 1


def new_check_code() -> str:
    """Sixteen characters of Crockford's base 32: eighty random bits."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(16))


def read_check_code(typed: str) -> str:
    """A code as a person typed it, in our form: O is 0, I and L are 1, spaces and hyphens do not count."""
    compact = re.sub(r"[\s-]", "", typed).upper()
    return compact.translate(str.maketrans("OIL", "011"))


def grouped_check_code(code: str) -> str:
    """The code in groups of four, as it is printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
