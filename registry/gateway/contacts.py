"""Formats, contacts, addresses and names of bodies in foreign catalogues."""

import ast
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from kernel.words import N_, Text
from registry.gateway.prose import clean, read_line
from registry.gateway.readings import NOTHING, Reading
from registry.gateway.spellings import is_empty, unknown
from registry.vocabulary import DATA_FORMS, FORMATS

_SEPARATORS = re.compile(r"[、，,;；|\s]+")
_PHONE = re.compile(
    r"(?<![\d*])(?:\+?86[-\s]?)?(?:[(（]?0\d{2,3}[)）]?[-—–－\s]{0,2}\d{7,8}(?:-\d{1,6})?|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}"
    r"|(?:0\d{2,3}-)?9\d{4,5}|[2-9]\d{6,7}|1\d{4})(?![\d*])"
)
_MASKED = re.compile(r"\d{1,4}\*{2,}\d*|\*{3,}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_REGION_PREFIX = re.compile(r"^【([^】]{2,20})】(?=.)")
_ACCOUNT = re.compile(r"管理员|admin|测试|test", re.IGNORECASE)
_FAMILY_FORMS = {"database": "table", "api": "api", "media": "stream"}

_LIST_IN_TEXT = N_("The formats were read from one cell: {formats}.")
_FORM_READ = N_("“{word}” names the form of the data, not a format; read as the data form.")
_FAMILY_ONLY = N_("Of “{word}” only the family of formats is understood.")
_MASKED_PHONE = N_("The telephone number is masked and cannot be called.")
_NO_PHONE = N_("“{word}” holds no telephone number and no e-mail address.")
_PHONE_READ = N_("Telephone numbers and addresses were taken out of “{word}”.")
_BAD_EMAIL = N_("“{word}” is not an e-mail address.")
_BAD_ADDRESS = N_("The address does not begin with http:// or https:// and was left out.")
_BAD_ADDRESS_USER = N_("The address carries a user name or is too long and was left out.")
_BLANKS_WRITTEN = N_("Blanks in the address were written as %20.")
_REGION_LEFT = N_("The region in brackets before the name of the body was taken off.")
_NO_BODY = N_("“{word}” is an account, not the name of a body.")


def read_formats(value: Any) -> Reading:
    """Formats from a list, "['xls', 'json']", 'xls,xml', '数据库-oracle', '03,0310'. Also tells the data form."""
    if is_empty(value) or value == "[]":
        return NOTHING
    if isinstance(value, list):
        return _formats(tuple(str(word) for word in value), True)
    return _formats((str(value),), False)


@lru_cache(maxsize=4096)
def _formats(cells: tuple[str, ...], listed: bool) -> Reading:
    codes: dict[str, None] = {}
    forms: dict[str, None] = {}
    refused: Text | None = None
    note: Text | None = None
    words = [word for cell in cells for word in _format_words(cell) if not is_empty(word)]
    for word in words:
        code, form, remark = _format(word)
        if code:
            codes[code] = None
        if form:
            forms[form] = None
        if not (code or form):
            refused = remark
        note = note or remark
    form = _form_of(forms)
    also = (("data_form", form),) if form else ()
    if refused is None and all(word in FORMATS for word in cells) and (listed or len(cells) == 1):
        return Reading(list(codes), also=also)
    note = note or Text(_LIST_IN_TEXT, formats=[Text(FORMATS[code].en) for code in codes])
    return Reading(list(codes) or None, "formats_read" if codes or forms else None, note, refused, also)


def _format_words(cell: str) -> list[str]:
    text = cell.strip()
    if text.startswith("[") and text.endswith("]"):
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError):
            found = _SEPARATORS.split(text.strip("[]").replace("'", "").replace('"', ""))
        return [str(word) for word in found] if isinstance(found, list) else [text]
    if re.fullmatch(r"\d{2},\d{4}", text):
        return [text]
    return [word for word in _SEPARATORS.split(text) if word]


def _format(word: str) -> tuple[str | None, str | None, Text | None]:
    """(format code, data form, remark) of one word."""
    if word.lower() in ("file", "data", "table", "文件", "数据", "库表"):
        form = "file" if word.lower() in ("file", "文件") else "table"
        return None, form, Text(_FORM_READ, word=word)
    family, _, kind = re.sub(r"[:：/,]", "-", word.strip(), count=1).partition("-")
    term = FORMATS.find(word) or (FORMATS.find(kind) if kind and kind != "其他" else None)
    if term is None and kind:
        term = FORMATS.find(family)
        if term is not None and kind not in ("其他", "其它"):
            return term.code, _FAMILY_FORMS.get(term.family or "", "file"), Text(_FAMILY_ONLY, word=word)
    if term is None:
        return None, None, unknown(word, FORMATS).refused
    if term.code == "other":
        return term.code, None, None
    return term.code, _FAMILY_FORMS.get(term.family or "", "file"), None


def _form_of(forms: dict[str, None]) -> str | None:
    return next((form for form in ("table", "file", "api", "stream") if form in forms), None)


def read_form(value: Any) -> Reading:
    """The data form: tables, files, an interface, a stream."""
    if is_empty(value):
        return NOTHING
    term = DATA_FORMS.find(str(value))
    if term is None:
        return unknown(str(value), DATA_FORMS)
    plain = str(value) in (term.code, term.zh)
    return Reading(
        term.code, None if plain else "spelling", None if plain else Text(_FORM_READ, word=str(value))
    )


def read_contact(value: Any) -> Reading:
    """A contact column: telephone numbers as value; an e-mail address and a remaining name beside them."""
    return NOTHING if is_empty(value) else _contact(str(value))


@lru_cache(maxsize=16384)
def _contact(written: str) -> Reading:
    word = clean(written).replace("\n", " ")
    if re.fullmatch(r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}", word):
        return Reading(word) if word == written else _phones([word], (), word)
    emails = _EMAIL.findall(word)
    rest = _EMAIL.sub(" ", word)
    phones = [re.sub(r"[—–－]", "-", phone.strip()) for phone in _PHONE.findall(rest)]
    also = (("contact_email", emails[0]),) if emails else ()
    if phones:
        return _phones(phones, also, word)
    if _MASKED.search(rest):
        return Reading(refused=Text(_MASKED_PHONE), also=also)
    if emails:
        return Reading(None, "contact_read", Text(_PHONE_READ, word=word), also=also)
    return Reading(refused=Text(_NO_PHONE, word=word[:60]))


def _phones(phones: list[str], also: tuple[tuple[str, Any], ...], word: str) -> Reading:
    shown = " / ".join(dict.fromkeys(phones))
    if shown == word and not also:
        return Reading(shown)
    return Reading(shown, "contact_read", Text(_PHONE_READ, word=word), also=also)


def read_email(value: Any) -> Reading:
    """An e-mail address."""
    if is_empty(value):
        return NOTHING
    word = str(value).strip()
    return Reading(word) if _EMAIL.fullmatch(word) else Reading(refused=Text(_BAD_EMAIL, word=word[:60]))


def read_address(value: Any) -> Reading:
    """A web address that may be shown as a link: http or https, no user name in it, at most 2,000 characters."""
    if is_empty(value):
        return NOTHING
    written = str(value).strip()
    word = written.replace(" ", "%20")
    if not word.lower().startswith(("http://", "https://")):
        return Reading(refused=Text(_BAD_ADDRESS))
    host = _host(word[:2001].split("/", 3)[2] if word.count("/") >= 2 else "")
    if len(word) > 2000 or not host or re.search(r"[\s<>\"\\^`{}\x00-\x20]", word):
        return Reading(refused=Text(_BAD_ADDRESS_USER))
    return Reading(word) if word == written else Reading(word, "address_form", Text(_BLANKS_WRITTEN))


@lru_cache(maxsize=4096)
def _host(authority: str) -> str:
    try:
        parts = urlsplit(f"https://{authority}/")
        return (parts.hostname or "") if parts.username is None and parts.port != 0 else ""
    except ValueError:
        return ""


def read_body(value: Any) -> Reading:
    """The name of a department or body; a region in 【】 before it is taken off, an account's name is refused."""
    line = read_line(value)
    if not line.value:
        return line
    if _ACCOUNT.search(line.value):
        return Reading(refused=Text(_NO_BODY, word=line.value))
    bare = _REGION_PREFIX.sub("", line.value)
    if bare != line.value:
        return Reading(bare, "region_taken_off", Text(_REGION_LEFT))
    return line
