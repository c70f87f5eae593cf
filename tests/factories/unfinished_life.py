"""A begun application and rights in the middle of their life, in states that show their own pages."""

from dataclasses import replace

from contracts import commands
from contracts.commands import filling
from kernel.command import execute
from tests.factories import contracts, life
from tests.factories.registry import colleague


def leave_life(who: contracts.Parties) -> None:
    """A draft by sections; an amendment to be decided, an item with its proof, a right to be given up, an exit.

    Colleagues sign: they have the password of these factories."""
    who = replace(who, operator=colleague(who.operator), deputy=colleague(who.deputy))
    source = contracts.a_source(who)
    begun = {"level": "first_level", "title": "潮位要素开发", "sources": [str(source.id)]}
    draft = execute(filling.begin, actor=who.operator, data=begun)
    life.run(filling.fill, who.operator, draft, section="plan", plan="按月更新。")
    held = contracts.a_right(who)
    life.an_amendment(who.operator, held)
    item = life.an_item(who.authority, held)
    life.run(commands.rectification.report, who.operator, item, report="已整改。", file=life.PROOF)
    leaving = contracts.a_right(who)
    life.run(commands.right_life.ask_surrender, who.operator, leaving, reason=life.REASON)
    life.handed_in(life.an_exit(who), who.operator)
