"""Mail: handed to the server that is set, over a real connection to a small one of the test's own."""

from email import message_from_bytes, policy

import pytest

from kernel import mail


class TestSend:
    @pytest.mark.parametrize("login, verbs", [("", 0), ("post%40office:se%3Acret@", 1)])
    def test_hands_over_one_mail(self, mail_server, set_mail, login, verbs):
        set_mail(f"smtp://{login}127.0.0.1:{mail_server.server_address[1]}")
        assert mail.is_possible()
        mail.send("keeper@example.org", "新的数据 1", "正文\n第二行")
        found = message_from_bytes(mail_server.mails[0], policy=policy.default)
        assert (found["To"], found["Subject"]) == ("keeper@example.org", "新的数据 1")
        assert found.get_content().splitlines() == ["正文", "第二行"]
        assert sum(line.startswith("AUTH") for line in mail_server.said) == verbs

    def test_leaves_the_address_by_which_mails_end_as_it_is(self, mail_server, set_mail):
        set_mail(f"smtp://127.0.0.1:{mail_server.server_address[1]}")
        way_out = f"<https://{'shuju.' * 20}example.org/searches/off/a-_b>"
        mail.send("keeper@example.org", "两\n行", "正文", {"List-Unsubscribe": way_out})
        assert f"List-Unsubscribe: {way_out}\r\n".encode() in mail_server.mails[0]
        assert message_from_bytes(mail_server.mails[0], policy=policy.default)["Subject"] == "两 行"

    def test_refuses_without_a_server(self, set_mail):
        set_mail("")
        assert not mail.is_possible()
        with pytest.raises(mail.MailNotSent, match="SHUHENG_SMTP_URL"):
            mail.send("keeper@example.org", "x", "y")
