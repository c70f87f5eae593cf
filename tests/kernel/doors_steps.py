"""Steps that several tests of doors have in common."""

from kernel.command import execute
from tests.kernel import toys
from tests.kernel.toys import ANN

LIST = "/api/v1/toy/permits"


def permit(title="Well", years=3):
    return execute(toys.draft, actor=ANN, data={"title": title, "years": years})
