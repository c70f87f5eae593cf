"""Personal information in the description of a data set: what is found, by kind; and duty A08 on biometrics."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kernel.duty import Refused, duty
from kernel.words import N_, Text

_TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "personal.toml").read_text("utf-8")
)
_WEAK = _TABLE.pop("weak")
_MASKED = r"(?![^、，,;；]{0,6}(?:脱敏|掩码|已隐藏|加密))"
_FIND = [
    (kind, certain, re.compile("|".join(f"(?:{pattern}){_MASKED}" for pattern in row[words])))
    for kind, row in _TABLE.items()
    for words, certain in (("find", True), ("with_name", False))
    if words in row
]
_NAMES = re.compile("|".join(_WEAK["names"]))
_BESIDE = re.compile("|".join(_WEAK["beside"]))
_QUICK = re.compile(
    "身份|证号|证件号|护照|卡号|手机|移动电话|家庭|本人|住宅|个人|户籍|户口|住址|居住|出生|生日|银行|工资卡|一卡通|人脸|指纹|虹膜|声纹|掌纹|基因"
    "|面部|病|诊断|体检|残疾|就诊|患者|用药|检验结果|信仰|政治面貌|未成年|学生|儿童|监护|学籍|孤儿|行踪|轨迹|通话|住宿|开房|婚姻|配偶|姓名"
)

KINDS = {
    "identity": N_("identity document"),
    "contact": N_("private contact"),
    "address": N_("home address"),
    "birth": N_("date of birth"),
    "account": N_("bank account"),
    "biometrics": N_("biometrics"),
    "health": N_("health"),
    "belief": N_("belief or political affiliation"),
    "minors": N_("minors"),
    "whereabouts": N_("whereabouts"),
    "family": N_("family"),
    "name": N_("a person's name with further particulars"),
    "marked": N_("marked as personal information"),
}


@dataclass(frozen=True, slots=True)
class PersonalItem:
    """A word that shows personal information. `kind`: key of KINDS; `sensitive`: by article 28 of the law;
    `certain`: it identifies or exposes a person by itself – only then it bars opening, else it is a warning."""

    term: str
    kind: str
    sensitive: bool
    certain: bool = True

    @property
    def text(self) -> Text:
        """The finding in words."""
        return Text(N_("{term} ({kind})"), term=self.term, kind=Text(KINDS[self.kind]))


def personal_items(texts: Iterable[str]) -> tuple[PersonalItem, ...]:
    """The personal information that names of data items, a title or an abstract show; each word once.

    Words marked as masked in the text itself ('身份证号(脱敏)') are passed over.
    """
    read = [text for text in texts if text and (_QUICK.search(text) or _BESIDE.search(text))]
    found: dict[str, PersonalItem] = {}
    for kind, certain, pattern in _FIND:
        for text in read:
            for match in pattern.finditer(text):
                term = match[0].strip("、，,;；:：(（ ").removeprefix("包含").removeprefix("包括")
                found.setdefault(term, PersonalItem(term, kind, bool(_TABLE[kind]["sensitive"]), certain))
    name = next((named[0] for text in read if (named := _NAMES.search(text))), None)
    if name is None:
        return tuple(found.values())
    if found or any(_BESIDE.search(text) for text in read):
        found.setdefault(name, PersonalItem(name, "name", sensitive=False, certain=False))
    return tuple(item if item.kind == "name" else replace(item, certain=True) for item in found.values())


def opening_warnings(attribute: str | None, personal: Iterable[PersonalItem]) -> tuple[Text, ...]:
    """What an agency should look at again before it opens data: uncertain findings, which bar nothing."""
    if attribute not in ("open", "conditional"):
        return ()
    return tuple(Text(_LOOK_AGAIN, item=item.text) for item in personal if not item.certain)


_LOOK_AGAIN = N_("The description names {item}. Check whether persons can be recognised before it is opened.")


@duty("A08", basis="WZ19; YN L65")
def biometrics_are_grounded(items: Iterable[str], citation: str | None) -> None:
    """Fingerprints, irises or faces are collected only where a law is cited that provides otherwise."""
    found = [item.term for item in personal_items(items) if item.kind == "biometrics"]
    if found and not (citation or "").strip():
        raise Refused(
            N_("The data items {terms} are biometrics. Cite the law that provides for collecting them."),
            terms="、".join(found),
        )
