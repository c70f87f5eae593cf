"""What is inside the file of a product: its rows and fields, the sample, the answer to a question."""

from collections.abc import Collection, Mapping
from typing import Any

from contracts.gateway import Table, misfits, read_table
from contracts.rules import file_has_the_fields
from kernel.config import settings
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.storage import accept_upload, store
from kernel.words import N_, Text
from marketplace.models import DataProduct
from marketplace.vocabulary import HAS_TABLE, SAMPLE_CELL, SAMPLE_ROWS, TABLES, ProductKind


def fields_of(product: DataProduct) -> list[str]:
    """The names of the fields a product says it has."""
    return [one["name"] for one in product.fields]


def rows_of(product: DataProduct, kind: str, content: bytes) -> int | None:
    """How many rows a file holds; None for reports and models. Refuses what does not fit the product's fields."""
    if ProductKind(product.kind) not in HAS_TABLE:
        return None
    table = read_table(kind, content)
    file_has_the_fields(table.columns, fields_of(product), len(table.rows))
    if wrong := misfits(table, {one["name"]: one["type"] for one in product.fields}):
        raise InvalidInput({"file": wrong})
    return len(table.rows)


def read_sample(sample: File, names: Collection[str]) -> dict[str, Any]:
    """The columns and rows of a sample: at most SAMPLE_ROWS, of fields the product has, long cells cut."""
    limit = settings().max_upload_bytes
    facts = accept_upload(sample.name, sample.content, kinds=TABLES, max_bytes=limit, field="sample")
    try:
        table = read_table(facts.kind, sample.content)
    except InvalidInput as error:
        raise InvalidInput({"sample": error.messages["file"]}) from error
    if len(table.rows) > SAMPLE_ROWS:
        said = N_("A sample has at most {most} rows; this one has {found}.")
        raise InvalidInput({"sample": [Text(said, most=SAMPLE_ROWS, found=len(table.rows))]})
    if names and (strange := [column for column in table.columns if column not in names]):
        said = N_("The product has no field {names}.")
        raise InvalidInput({"sample": [Text(said, names=strange)]})
    return {"columns": table.columns, "rows": [[cell[:SAMPLE_CELL] for cell in row] for row in table.rows]}


def table_of(product: DataProduct) -> Table:
    """The rows of the product's file."""
    if product.storage_key is None or product.format is None:
        raise InvalidInput({"file": [N_("Attach the file of the product first.")]})
    return read_table(product.format, store().get(product.storage_key))


def answer_to(product: DataProduct, question: Mapping[str, str]) -> bool:
    """Whether a row with exactly these values is there. Raises InvalidInput for a field that is not."""
    table = table_of(product)
    if strange := [name for name in question if name not in table.columns]:
        said = N_("The product has no field {names}.")
        raise InvalidInput({"question": [Text(said, names=strange)]})
    asked = [(table.columns.index(name), value.strip()) for name, value in question.items()]
    return any(all(row[column] == value for column, value in asked) for row in table.rows)
