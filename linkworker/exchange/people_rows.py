"""From one row of a table to somebody who could be added, or the reasons why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from linkworker.caseload.matching import facts_of
from linkworker.codes import code_for
from linkworker.exchange.written_dates import read_date
from linkworker.rules.numbers import gb_phone, is_mobile, nhs_number, postcode, says_not_known
from linkworker.rules.same_person import Facts
from linkworker.text import folded, one_line

_AS_WRITTEN = ("title", "family", "called", "pronouns", "religion", "marital_status", "employment")
_ALSO_AS_WRITTEN = ("language", "interpreter", "gp_practice", "gp_practice_code")
_PHONES = {
    "mobile": "mobile",
    "home_phone": "home phone",
    "work_phone": "work phone",
    "phone": "",
}
_NAMES = ("name", "given", "middle", "family", "called", "other_names")
FORMULA_SIGNS = ("=", "+", "@", "＝", "＋", "＠")
"""How a cell begins that a spreadsheet calculates, with their full-width twins (OWASP, "CSV
Injection"). A minus sign or a bar stands in such lists for "not known"."""
_TRUE = frozenset({"true", "1", "yes", "y", "t", "deleted", "x"})
_SURNAME_FIRST = re.compile(r"([^,]+),\s*(.+)")
_GENDERS = {"m": "Male", "male": "Male", "1": "Male", "f": "Female", "female": "Female"} | {
    "2": "Female",
    "9": "Indeterminate",
    "x": "Not known",
    "0": "Not known",
}


@dataclass(frozen=True, slots=True)
class DraftTie:
    """Somebody around the person, as a row tells of them."""

    name: str
    relationship: str
    phone: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody as a row tells of them: ready to be added once nothing stands against it.

    `person` and `address` hold values by the names of their table's columns; `reaches` are
    (kind, value). `unclear` and `refused` are sentences that name columns and never
    repeat a cell.
    """

    row: int
    person: Mapping[str, str | date | None]
    address: Mapping[str, str]
    reaches: tuple[tuple[str, str], ...]
    ties: tuple[DraftTie, ...]
    facts: Facts
    unclear: tuple[str, ...] = ()
    refused: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    """What becomes a first note: (column's heading, words), as they stand in the file."""


@dataclass(slots=True)
class _Reader:
    """The cells of one row by field, and what was found wrong on the way."""

    cells: Mapping[str, list[tuple[str, str]]]
    """Field to its (column's heading, cell) pairs."""
    today: date
    unclear: list[str] = field(default_factory=list)

    def one(self, name: str) -> str:
        """Return the cell of a field, "" where it is blank or says that it is not known."""
        for _, cell in self.cells.get(name, ()):
            if not says_not_known(cell):
                self._doubt_others(name, cell)
                return cell
        return ""

    def _doubt_others(self, name: str, taken: str) -> None:
        """Ask where another column of the same field says otherwise: one of them would be lost."""
        others = {
            shown_heading(heading)
            for heading, cell in self.cells[name]
            if not says_not_known(cell) and folded(cell) != folded(taken)
        }
        why = f"Another column says otherwise: “{min(others)}”." if others else ""
        if why and not any(why in doubt for doubt in self.unclear):
            self.doubt(name, why)

    def all(self, name: str) -> list[str]:
        return [cell for _, cell in self.cells.get(name, ()) if not says_not_known(cell)]

    def column(self, name: str) -> str:
        """Return how to name the field's column in a sentence."""
        headings = [heading for heading, _ in self.cells.get(name, ())]
        return f'The column "{shown_heading(headings[0])}"' if headings else "A column"

    def doubt(self, name: str, why: str) -> None:
        self.unclear.append(f"{self.column(name)}: {why}")


def shown_heading(heading: str) -> str:
    """Return a heading as it may stand in a sentence: one line, cleaned, not too long."""
    plain = one_line(heading).replace('"', "'")
    return plain if len(plain) <= 40 else plain[:39] + "…"


def draft_of(
    row: int,
    cells: Sequence[str],
    columns: Sequence[tuple[str, str | None]],
    today: date,
) -> Draft:
    """Read one row by its columns, (heading, field) each. Never raises on what a cell holds."""
    by_field: dict[str, list[tuple[str, str]]] = {}
    notes: list[tuple[str, str]] = []
    for (heading, target), cell in zip(columns, cells, strict=False):
        if target == "note" and cell.strip():
            notes.append((shown_heading(heading) or "a column", cell))
        elif target:
            lined = cell.replace("\n", ", ") if target == "address" else cell
            by_field.setdefault(target, []).append((heading, one_line(lined)))
    reader = _Reader(by_field, today)
    person = _person(reader)
    _doubt_formulas(reader)
    nhs = nhs_number(reader.one("nhs_number"))
    if nhs.standing == "wrong":
        reader.doubt("nhs_number", nhs.why)
    person["nhs_number"] = nhs.value
    reaches = _reaches(reader)
    address = _address(reader)
    if any(_says_yes(cell) for cell in reader.all("confidential")):
        reader.doubt("confidential", "The row is marked as confidential.")
    return Draft(
        row=row,
        person=person,
        address=address,
        reaches=reaches,
        ties=_ties(reader),
        facts=_facts(person, address, reaches),
        unclear=tuple(reader.unclear),
        refused=_refused(reader, cells, columns, person),
        notes=tuple(notes),
    )


def not_read(row: int, why: str) -> Draft:
    """Return the draft of a row that could not be read at all."""
    return Draft(row, {}, {}, (), (), Facts(), refused=why)


def _refused(
    reader: _Reader,
    cells: Sequence[str],
    columns: Sequence[tuple[str, str | None]],
    person: Mapping[str, str | date | None],
) -> str:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return "The row has more cells than there are columns, so they cannot be told apart."
    if any(_says_yes(cell) for cell in reader.all("deleted")):
        return f"{reader.column('deleted')} says that this row was deleted."
    if not (person["given"] or person["family"] or person["called"]):
        return "There is no name in this row."
    return ""


def _doubt_formulas(reader: _Reader) -> None:
    """Ask about a name that a spreadsheet would calculate: it is a slip, or meant to harm.

    What begins so is no name. It is kept as the words that it is only where somebody says so.
    """
    for name in _NAMES:
        cell = next(iter(reader.all(name)), "")
        if cell.startswith(FORMULA_SIGNS):
            reader.doubt(
                name, f"It begins with “{cell[0]}”, as a formula does and a name does not."
            )


def _says_yes(cell: str) -> bool:
    return cell.casefold() in _TRUE


def _person(reader: _Reader) -> dict[str, str | date | None]:
    person: dict[str, str | date | None] = {
        name: reader.one(name) for name in (*_AS_WRITTEN, *_ALSO_AS_WRITTEN)
    }
    given, family = reader.one("given"), reader.one("family")
    if not given and not family:
        given, family = _split_name(reader.one("name"))
    middle = reader.one("middle")
    person["given"] = " ".join(part for part in (given, middle) if part)
    person["family"] = family
    called = reader.one("called")
    person["called"] = "" if called.casefold() == given.casefold() else called
    person["place"] = _place(reader)
    person["other_names"] = "; ".join(dict.fromkeys(reader.all("other_names")))
    for name in ("gender", "sex"):
        said = reader.one(name)
        person[name] = _GENDERS.get(said.casefold(), said)
    ethnic = reader.one("ethnic_category")
    person["ethnic_category"] = code_for("ethnic_category", ethnic) or ethnic
    for name in ("born", "died"):
        written = read_date(reader.one(name), reader.today)
        person[name] = written.day
        if written.why:
            reader.doubt(name, written.why)
        if name == "born":
            person["born_precision"] = written.precision
    born, died = person["born"], person["died"]
    if isinstance(born, date) and isinstance(died, date) and died < born:
        reader.doubt("died", "It lies before the birth date.")
        person["died"] = None
    return person


def _place(reader: _Reader) -> str:
    """Return where they live, as it is said: it stands beside their name.

    The village is in the address too; an area or a ward is no line of one, and stands here alone.
    """
    said = [reader.one("locality"), *reader.all("area")]
    places: dict[str, str] = {}
    for place in filter(None, said):
        places.setdefault(folded(place), place)
    return ", ".join(places.values()) or reader.one("town")


def _split_name(name: str) -> tuple[str, str]:
    """Return (given, family) of a whole name: "Pratt, Joan" and "Joan Pratt" alike."""
    if match := _SURNAME_FIRST.fullmatch(name):
        return match[2].strip(), match[1].strip()
    given, _, family = name.rpartition(" ")
    return (given, family) if given else (name, "")


def _reaches(reader: _Reader) -> tuple[tuple[str, str], ...]:
    """Return (kind, value) of every way to reach the person; odd numbers are kept as written."""
    found: dict[tuple[str, str], None] = {}
    numbers: set[str] = set()
    for target, kind in _PHONES.items():
        for cell in reader.all(target):
            reading = gb_phone(cell)
            if reading.value and reading.value in numbers:
                continue
            numbers.add(reading.value)
            shown = f"{reading.shown} ({reading.beside})" if reading.beside else reading.shown
            found[kind or ("mobile" if is_mobile(reading.value) else "home phone"), shown] = None
    for cell in reader.all("email"):
        found["e-mail", cell] = None
    return tuple(found)


def _address(reader: _Reader) -> dict[str, str]:
    """Return the address in the columns of its table; nothing of it is dropped."""
    road = " ".join(filter(None, (reader.one("house_number"), reader.one("street"))))
    parts = [reader.one("building"), road]
    parts += [reader.one(name) for name in ("line1", "line2", "line3", "locality")]
    code = reader.one("postcode")
    if whole := reader.one("address"):
        pieces = [piece.strip() for piece in re.split(r"[,;]", whole) if piece.strip()]
        if not code and pieces and postcode(pieces[-1]).good:
            code = pieces.pop()
        parts += pieces
    lines = [part for part in parts if part]
    found = {f"line{place + 1}": line for place, line in enumerate(lines[:2])}
    if len(lines) > 2:
        found["line3"] = ", ".join(lines[2:])
    reading = postcode(code)
    found |= {"town": reader.one("town"), "county": reader.one("county"), "postcode": reading.shown}
    return {name: value for name, value in found.items() if value}


def _ties(reader: _Reader) -> tuple[DraftTie, ...]:
    ties: list[DraftTie] = []
    for prefix in ("tie1", "tie2", "carer"):
        name, relationship, phone = (
            reader.one(f"{prefix}_{part}") for part in ("name", "relationship", "phone")
        )
        if not (name or phone):
            continue
        ties.append(
            DraftTie(
                name=name or relationship or "somebody close",
                relationship=relationship,
                phone=gb_phone(phone).shown,
                roles=("carer",) if prefix == "carer" else (),
            )
        )
    return tuple(ties)


def _facts(
    person: Mapping[str, str | date | None],
    address: Mapping[str, str],
    reaches: Sequence[tuple[str, str]],
) -> Facts:
    born = person["born"]
    exact = born if isinstance(born, date) and person["born_precision"] == "day" else None
    phones = (gb_phone(value).value for kind, value in reaches if kind != "e-mail")
    code = postcode(address.get("postcode", ""))
    return facts_of(
        str(person["given"]),
        str(person["family"]),
        str(person["called"]),
        str(person["other_names"]),
        exact,
        str(person["nhs_number"]),
        frozenset(filter(None, phones)),
        frozenset({code.value} if code.good else ()),
    )
