"""What a clause template has to be before it is saved, published and used."""

from collections.abc import Collection, Sequence

from contracts.rules.clauses.grammar import LANGUAGES, PLACES, Clause, known, lines, named, stray
from contracts.vocabulary import CLAUSE_WORDS
from kernel.duty import Refused, duty
from kernel.words import N_, Text


@duty("U02", basis="27号; YN L120; DG28–29")
def clauses_take_placeholders_only(kind: str, clauses: Sequence[Clause]) -> None:
    """A template names facts of its kind and nothing else, in both languages, each clause once."""
    keys = [clause.key for clause in clauses]
    if double := sorted({key for key in keys if keys.count(key) > 1}):
        raise Refused(
            N_("These clauses are there twice: {keys}. Give each a short name of its own."), keys=double
        )
    for clause in clauses:
        _is_readable(kind, clause)


def _is_readable(kind: str, clause: Clause) -> None:
    facts, tables = known(kind, "placeholders"), known(kind, "tables")
    if clause.place not in PLACES or bool(clause.heading_zh) != bool(clause.heading_en):
        said = N_("Clause “{clause}”: give the heading in both languages, or in none.")
        raise Refused(said, clause=clause.key)
    for language in LANGUAGES:
        for line in lines(clause.body(language)):
            unknown = [
                name
                for name in [*named(line), *([line.only_if] if line.only_if else [])]
                if name not in facts
            ]
            if line.table and line.table not in tables:
                unknown.append(f"table {line.table}")
            if unknown or stray(line):
                said = N_(
                    "Clause “{clause}”: this is no fact of the document: {names}. Choose from the list beside."
                )
                raise Refused(said, clause=clause.heading_zh or clause.key, names=unknown or [line.text])


@duty("U02", basis="DG28–29; YN L120")
def clauses_say_the_same_facts(clauses: Sequence[Clause]) -> None:
    """The translation names the same facts and tables as the Chinese text, so that the two cannot contradict."""
    for clause in clauses:
        chinese, english = (_facts_of(clause.body(language)) for language in LANGUAGES)
        if odd := sorted(chinese ^ english):
            said = N_("Clause “{clause}”: only one of the two languages names {names}. Name it in both.")
            raise Refused(said, clause=clause.heading_zh or clause.key, names=odd)


def _facts_of(body: str) -> set[str]:
    return {name for line in lines(body) for name in (*named(line), line.only_if, line.table) if name}


@duty("U02", basis="27号; YN L120")
def clauses_are_complete(clauses: Collection[str], mandatory: Sequence[str]) -> None:
    """An agreement has every mandatory clause of the rules: when its template is published, when it is drawn up."""
    if missing := [Text(CLAUSE_WORDS.get(name, name)) for name in mandatory if name not in clauses]:
        raise Refused(N_("The agreement lacks mandatory clauses: {missing}."), missing=missing)
