"""What the tests of the registry's pages share."""

import io

from bs4 import BeautifulSoup

from accounts import queries as accounts
from tests.factories.accounts import sign_in


def enter(client, actor):
    """Sign the client in as the person behind an actor."""
    sign_in(client, accounts.person(actor.user_id))
    return client


def paper():
    """A paper as a form takes it."""
    return (io.BytesIO(b"%PDF-1.7\nA paper.\n%%EOF\n"), "paper.pdf")


def read(client, address, status=200, **kwargs):
    """A page in both languages: right status, one h1, a title, no id twice, a label for every input."""
    for language in ("zh", "en"):
        joined = f"{address}{'&' if '?' in address else '?'}lang={language}"
        answer = client.get(joined, **kwargs)
        assert answer.status_code == status, (
            address,
            answer.status_code,
            answer.get_data(as_text=True)[-600:],
        )
        page = BeautifulSoup(answer.data, "html.parser")
        if status == 200:
            assert len(page.find_all("h1")) == 1, address
            assert page.title.text.strip()
            ids = [tag["id"] for tag in page.find_all(id=True)]
            assert len(ids) == len(set(ids)), (address, sorted(one for one in ids if ids.count(one) > 1))
            labelled = {label.get("for") for label in page.find_all("label")}
            for control in page.select("main input, main select, main textarea"):
                if control.get("type") not in ("hidden", "submit"):
                    assert control.get("id") in labelled or control.get("aria-label"), (address, control)
    return page
