"""What was signed once prints again to the same unsigned bytes, whatever it says and whatever became of its template."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel import documents
from kernel.db import db, new_id
from kernel.documents import templates
from kernel.money import Money
from tests.kernel.deeds import NOW, A, B, draw, signer, statement

pytestmark = pytest.mark.prints

# Common and rare characters, what HTML and PDF treat specially, digits and blanks.
LETTERS = "数据局公司龘㐂〇𠮷张王市Aaz09&<>\"'()\\%#·—。， "
WORDS = st.text(LETTERS, min_size=1, max_size=40).filter(str.strip)
AMOUNTS = st.integers(0, 10**13).map(Money)


@st.composite
def statements(draw_one):
    """Statements of any names, amounts and lengths."""
    line = statement()["lines"][0]
    lines = draw_one(st.lists(st.tuples(WORDS, AMOUNTS, AMOUNTS, st.integers(0, 10_000)), min_size=1, max_size=25))
    rows = [line | {"item": item, "gross": gross, "amount": part, "share_bp": bp} for item, gross, part, bp in lines]
    return statement(draw_one(WORDS)) | {"lines": rows, "payable": draw_one(AMOUNTS)}


class TestSigned:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=statements(), language=st.sampled_from(["zh", "bilingual"]), policy=st.dictionaries(WORDS, WORDS, max_size=4))
    def test_prints_again_to_the_same_bytes(self, app, monkeypatch, tmp_path, data, language, policy) -> None:
        attached = [documents.Attachment("policy.jsonld", policy)]
        made = draw(("toy_deed", new_id()), data=data, language=language, attachments=attached, jurisdiction="530000")
        issued = documents.content(made)
        for turn, party in enumerate((A, B)):
            facts = {"capacity": "经办人", "evidence": {"confirmed": True}}
            documents.sign(made, actor=signer(party), now=NOW + timedelta(hours=turn), **facts)
        db.session.commit()
        with monkeypatch.context() as later:
            later.setattr(templates, "FOLDER", tmp_path)  # the templates of today are gone
            later.setattr(templates, "translate", lambda msgid, _language: f"{msgid}?")
            templates._environment.cache_clear()
            assert documents.render_again(made) == issued
        assert documents.verify(made)["rerender_matches"] is True
