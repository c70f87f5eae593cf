"""The blueprint of accounts, and what it sets in the application: Flask-Login and the one cookie."""

from typing import Any

from flask import Blueprint
from flask_login import LoginManager

from kernel.config import settings

pages = Blueprint("accounts", __name__)
login = LoginManager()
# A session of ours is a row that can be ended; a second, weaker guess by browser and address would only get in the way.
login.session_protection = None


@pages.record_once
def prepare(state: Any) -> None:
    """Connect Flask-Login. The cookie holds the token of a session row; it is host-bound where it travels encrypted."""
    login.init_app(state.app)
    state.app.config.update(
        SESSION_COOKIE_NAME="__Host-shuheng" if settings().secure_cookies else "shuheng",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings().secure_cookies,
    )
