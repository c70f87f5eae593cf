"""Legal duties: each is one named function that knows its article and its id in the list of duties."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from kernel.errors import RuleBroken
from kernel.words import Text

DUTIES: dict[str, "Duty"] = {}
checked: ContextVar[list[str] | None] = ContextVar("checked", default=None)
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Duty:
    """A duty: `name` is package.function, `ids` its rows in the list of duties, `basis` its articles."""

    name: str
    ids: tuple[str, ...]
    basis: str
    text: str
    function: Callable[..., Any]


class Refused(Exception):
    """Raised inside a duty; turned into RuleBroken with the duty's name."""

    def __init__(self, msgid: str, **params: Any) -> None:
        self.text = Text(msgid, **params)
        super().__init__(self.text)


def duty(*ids: str, basis: str) -> Callable[[F], F]:
    """Register the pure function below as a duty. Each call is noted in the event of the running command."""

    def register(function: F) -> F:
        name = f"{function.__module__.split('.')[0]}.{function.__name__}"
        if name in DUTIES and DUTIES[name].function.__module__ != function.__module__:
            raise ValueError(f"two duties are called {name}")
        DUTIES[name] = Duty(name, ids, basis, (function.__doc__ or "").strip(), function)

        @wraps(function)
        def check(*args: Any, **kwargs: Any) -> Any:
            noted = checked.get()
            if noted is not None and name not in noted:
                noted.append(name)
            try:
                return function(*args, **kwargs)
            except Refused as refusal:
                raise RuleBroken(name, refusal.text, ids=ids, basis=basis) from refusal

        return cast(F, check)

    return register
