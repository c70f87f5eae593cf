"""Who is asking and in which language: the two facts every page needs from its request."""

from flask import g, has_request_context, request

from kernel.actor import ANONYMOUS, Actor

LANGUAGE_COOKIE = "lang"
LANGUAGES = {"zh": "zh_CN", "en": "en"}


def current_actor() -> Actor:
    """The actor of this request; nobody outside of one."""
    return g.get("actor", ANONYMOUS) if has_request_context() else ANONYMOUS


def current_locale() -> str:
    """'zh_CN' or 'en': the address's `lang`, then the cookie, then what the browser asks for, then Chinese."""
    if not has_request_context():
        return "en"
    for asked in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in LANGUAGES:
            return LANGUAGES[asked]
    for language, _quality in request.accept_languages:
        short = language.lower().split("-")[0].split("_")[0]
        if short in LANGUAGES:
            return LANGUAGES[short]
    return "zh_CN"
