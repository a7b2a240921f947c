"""Rows to be written: made as a SQLModel table's would be, from the frozen shape of the table.

`schema.Strength(person_id=…, words=…)` is one of these. It holds values until `WriteTx.add` writes
them, and no more: what is read comes back as the frozen dataclasses of `caseload/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from linkworker.schema.describing import shape_of


class Row:
    """A row of one table; each table has a class of its own, named as the SQLModel one."""

    __tablename__: ClassVar[str]
    _blank: ClassVar[Mapping[str, Any]]
    _lists: ClassVar[tuple[str, ...]]

    def __init__(self, **values: Any) -> None:
        """Take the columns' values; the rest get their defaults.

        A name that no column has is refused: a slip of the keyboard would lose what somebody said.
        """
        held = self.__dict__
        held.update(self._blank)
        for name in self._lists:
            held[name] = []
        held.update(values)
        if len(held) != len(self._blank):
            unknown = ", ".join(sorted(values.keys() - self._blank.keys()))
            raise TypeError(f"{type(self).__name__} has no column {unknown}")


@cache
def row_class(model: str) -> type[Row]:
    """Return the class for rows of a table, by the name of its class in `schema`."""
    shape = shape_of(model)
    return type(
        model,
        (Row,),
        {
            "__doc__": f"A row of the table {shape.name}.",
            "__tablename__": shape.name,
            "_blank": {column.name: column.default for column in shape.columns},
            "_lists": tuple(column.name for column in shape.columns if column.kind == "list"),
        },
    )
