"""Filters and functions that templates use. They format and look up; they never decide and never write."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from flask import Flask, request, url_for
from markupsafe import Markup

from kernel import audit, clock, due
from kernel.command import COMMANDS, Command, available, may_create
from kernel.config import settings
from kernel.db import new_id
from kernel.money import Money
from kernel.pages.addresses import address_by_table, address_of
from kernel.pages.session import LANGUAGES, current_actor, current_locale
from kernel.states import state_word
from kernel.words import Text, catalog, translate


def command_label(command: Command) -> str:
    """The words on the button of a command, as a message id."""
    return command.label or command.verb.strip("_").replace("_", " ").capitalize()


def install(app: Flask) -> None:
    """Give every template the words, dates, amounts and lookups it needs."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        t=_t,
        state_word=_state,
        money=_money,
        day=_day,
        moment=_moment,
        label=lambda command: _t(command_label(command)),
        word=_word,
    )
    app.jinja_env.globals.update(
        address_of=address_of,
        address_by_table=address_by_table,
        available=lambda subject: available(subject, current_actor()),
        may_create=lambda name: may_create(COMMANDS[name], current_actor()),
        clocks=due.running_of,
        all_clocks=due.clocks_of,
        history=audit.events_of,
        commands=COMMANDS,
        lang_url=lang_url,
        new_key=lambda: str(new_id()),
        today=clock.today,
    )
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    locale = current_locale()
    return {
        "current_actor": current_actor(),
        "locale": locale,
        "lang": "zh-CN" if locale == "zh_CN" else "en",
        "demo_mode": settings().demo,
        "large_text": (request.args.get("text") or request.cookies.get("text")) == "large",
    }


def lang_url(language: str) -> str:
    """This very page, with its query, in the other language."""
    args = request.args.to_dict(flat=False) | {"lang": [language]}
    if request.endpoint is None:
        return f"/?lang={language}"
    return url_for(request.endpoint, **(request.view_args or {}), **args)  # type: ignore[arg-type]


def remember_language(response: Any) -> Any:
    """A language or a size of text asked for in the address is kept in a cookie."""
    for name, known in (("lang", LANGUAGES), ("text", ("large", "normal"))):
        asked = request.args.get(name)
        if asked in known:
            secure = settings().secure_cookies
            response.set_cookie(name, asked, max_age=31_536_000, samesite="Lax", secure=secure)
    return response


def _gettext(message: str) -> str:
    return catalog(current_locale()).gettext(message)


def _ngettext(one: str, many: str, number: int) -> str:
    return catalog(current_locale()).ngettext(one, many, number)


def _t(text: Any) -> str:
    return translate(
        text if isinstance(text, Text | list | tuple) or text is None else str(text), current_locale()
    )


def _state(state: str | None) -> str:
    return _t(state_word(state))


def _word(code: str | None) -> str:
    """A code such as 'first_level' or 'keep_accounts' in words."""
    return _t(state_word(code)) if code else ""


def _money(minor: int | None, currency: str = "CNY") -> str:
    if minor is None:
        return "—"
    amount = Money(abs(minor), currency).yuan
    whole, _, part = amount.partition(".")
    grouped = f"{int(whole):,}.{part or '00'}"
    return ("−" if minor < 0 else "") + ("¥" if currency == "CNY" else f"{currency} ") + grouped


def _day(value: date | datetime | str | None) -> Any:
    if not value:
        return "—"
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = clock.legal_day(value)
    shown = format_date(
        value, "y年M月d日" if current_locale() == "zh_CN" else "d MMM y", locale=current_locale()
    )
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), shown)


def _moment(value: datetime | None) -> Any:
    if not value:
        return "—"
    local = value.astimezone(clock.LEGAL_ZONE)
    shape = "y年M月d日 HH:mm" if current_locale() == "zh_CN" else "d MMM y, HH:mm"
    shown = format_datetime(local, shape, locale=current_locale())
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="minutes"), shown)
