"""Typed settings from the environment (prefix SHUHENG_). Bad ones are refused at start, all at once."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadConfiguration(Exception):
    """Everything that is wrong with the settings, one line each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"- {problem}" for problem in problems))


@dataclass(frozen=True)
class Settings:
    """What the environment says. Paths are absolute."""

    data: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    base_url: str = "http://127.0.0.1:8000"
    storage_url: str = ""
    stripe_key: str = ""
    stripe_webhook_secret: str = ""
    rules: Path | None = None
    max_upload_bytes: int = 64 * 1024 * 1024
    secure_cookies: bool = False
    background: bool = True
    trusted_hosts: tuple[str, ...] = ()
    smtp_url: str = ""
    mail_from: str = ""
    log_witnesses: tuple[str, ...] = ()
    log_witness_keys: tuple[str, ...] = ()
    search_tier: int = 100_000
    print_at_once: int = 24_000
    proxies: int = 0
    signing_trust: Path | None = None
    signing_fetch: bool = False
    timestamp_url: str = ""
    pkcs11: str = ""


_loaded: dict[str, Settings] = {}


def settings() -> Settings:
    """The settings in force."""
    current = _loaded.get("settings")
    if current is None:
        current = _loaded["settings"] = load(os.environ)
    return current


def use(chosen: Settings) -> None:
    """Make `chosen` the settings in force (the application does it once at start)."""
    _loaded["settings"] = chosen


def load(environment: Mapping[str, str]) -> Settings:
    """Read and check all settings; raises BadConfiguration naming every problem."""
    problems: list[str] = []
    get = _Reader(environment, problems)
    demo = get.flag("DEMO", False)
    data = Path(get.text("DATA", "var")).absolute()
    port = get.whole("PORT", 8000, 1, 65535)
    host = get.text("HOST", "127.0.0.1")
    secret = get.text("SECRET_KEY", "")
    if secret and len(secret) < 32:
        problems.append("SHUHENG_SECRET_KEY is shorter than 32 characters")
    if not secret and not demo:
        problems.append(
            "SHUHENG_SECRET_KEY is missing: at least 32 random characters (a demonstration makes its own)"
        )
    url = get.text("DATABASE_URL", f"sqlite:///{data / 'shuheng.db'}")
    if not url.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://", "postgres://")):
        problems.append("SHUHENG_DATABASE_URL is neither an sqlite:// nor a postgresql:// address")
    stripe_key, stripe_secret = get.text("STRIPE_KEY", ""), get.text("STRIPE_WEBHOOK_SECRET", "")
    if stripe_key and not stripe_secret:
        problems.append("SHUHENG_STRIPE_KEY is set but SHUHENG_STRIPE_WEBHOOK_SECRET is missing")
    base_url = get.text("BASE_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}").rstrip("/")  # noqa: S104
    if not base_url.startswith(("http://", "https://")):
        problems.append("SHUHENG_BASE_URL must begin with http:// or https://")
    rules = get.text("RULES", "")
    if rules and not Path(rules).is_dir():
        problems.append(f"SHUHENG_RULES: there is no folder {rules}")
    upload = get.whole("MAX_UPLOAD_BYTES", 64 * 1024 * 1024, 1024, 4 * 1024**3)
    background = get.flag("BACKGROUND", True)
    tier = get.whole("SEARCH_TIER", 100_000, 0, 10**9)  # public rows from which files of their own answer; 0: never
    # up to so many characters of its page a document is printed while its reader waits, longer ones by the runner
    at_once = get.whole("PRINT_AT_ONCE", 24_000, 0, 10**9)
    proxies = get.whole("PROXIES", 0, 0, 9)
    smtp_url = get.text("SMTP_URL", "")
    if smtp_url and not smtp_url.startswith(("smtp://", "smtps://")):
        problems.append("SHUHENG_SMTP_URL must begin with smtp:// or smtps://")
    witnesses = tuple(get.text("LOG_WITNESSES", "").split())
    if any(not address.startswith(("https://", "http://", "mailto:")) for address in witnesses):
        problems.append("SHUHENG_LOG_WITNESSES: each address begins with https:// or mailto:")
    trusted = get.text("SIGNING_TRUST", "")
    if trusted and not Path(trusted).is_dir():
        problems.append(f"SHUHENG_SIGNING_TRUST: there is no folder {trusted}")
    stamps = get.text("TIMESTAMP_URL", "")
    if stamps and not stamps.startswith(("http://", "https://")):
        problems.append("SHUHENG_TIMESTAMP_URL must begin with http:// or https://")
    if problems:
        raise BadConfiguration(problems)
    return Settings(
        data=data,
        database_url=load_url(url),
        secret_key=secret or _own_secret(data),
        host=host,
        port=port,
        demo=demo,
        base_url=base_url,
        storage_url=get.text("STORAGE_URL", ""),
        stripe_key=stripe_key,
        stripe_webhook_secret=stripe_secret,
        rules=Path(rules) if rules else None,
        max_upload_bytes=upload,
        secure_cookies=base_url.startswith("https://"),
        background=background,
        trusted_hosts=tuple(get.text("TRUSTED_HOSTS", "").split()),
        smtp_url=smtp_url,
        mail_from=get.text("MAIL_FROM", f"shuheng@{urlsplit(base_url).hostname}"),
        log_witnesses=witnesses,
        log_witness_keys=tuple(get.text("LOG_WITNESS_KEYS", "").split()),
        search_tier=tier,
        print_at_once=at_once,
        proxies=proxies,
        signing_trust=Path(trusted).absolute() if trusted else None,
        signing_fetch=get.flag("SIGNING_FETCH", False),
        timestamp_url=stamps,
        pkcs11=get.text("PKCS11", ""),
    )


class _Reader:
    def __init__(self, environment: Mapping[str, str], problems: list[str]) -> None:
        self.environment, self.problems = environment, problems

    def text(self, name: str, default: str) -> str:
        return self.environment.get(f"SHUHENG_{name}", "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value not in {"0", "1", "true", "false", "yes", "no"}:
            self.problems.append(f"SHUHENG_{name} must be 0 or 1, not “{value}”")
        return value in {"1", "true", "yes"}

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            self.problems.append(
                f"SHUHENG_{name} must be a whole number from {least} to {most}, not “{value}”"
            )
            return default
        return int(value)


def load_url(url: str) -> str:
    """A PostgreSQL address as SQLAlchemy takes it, with our driver."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _own_secret(data: Path) -> str:
    """The demonstration's own key, kept in the data folder so that sessions survive a restart."""
    path = data / "keys" / "secret"
    keep_once(path, secrets.token_urlsafe(48).encode())
    return path.read_text(encoding="utf-8")


def keep_once(path: Path, content: bytes) -> None:
    """Write a secret file that only its owner reads, whole or not at all; of several at once the first one stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
