"""From a service as a feed writes it to an entry: Open Referral UK 3.0 and 1.0, whichever it is.

Keys are looked up without their case, hyphens and underscores; the two versions call some things
by other names, and real feeds mix them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from linkworker.exchange.directory import cleaning
from linkworker.exchange.directory.entry import Entry, Place, Report
from linkworker.text import folded

MOST_PARTS = 200
"""Places, times, prices of one service that are looked at."""

ENDED = ("inactive", "defunct", "temporarily closed", "closed", "deleted", "archived")

OF_A_SERVICE = (
    *("status", "organization", "organisation", "organizationid", "serviceatlocations"),
    *("schedules", "regularschedules", "costoptions", "contacts", "eligibilitys", "fees"),
    *("attributes", "servicetaxonomys", "serviceareas", "lastmodified", "assureddate"),
)
OF_SOMETHING_ELSE = (
    *("uri", "termuri", "taxonomyterms", "version", "parentid"),
    *("parentorganizationid", "organizationidentifiers"),
)
"""Fields that organisations and terms of a taxonomy have, which have names too."""

_PLAIN = re.compile(r"[^a-z0-9]")


def plain_key(key: str) -> str:
    """Return the name of a field without its case and signs."""
    return _PLAIN.sub("", key.casefold())


class Raw:
    """One object of a feed, whose keys may be spelled in any way."""

    def __init__(self, held: Any) -> None:
        """`held` is whatever stood there; what is no object holds nothing."""
        self._held: dict[str, Any] = {}
        self.misspelled = False
        if isinstance(held, Mapping):
            for key, value in held.items():
                plain = plain_key(str(key))
                if plain not in self._held or self._held[plain] in (None, "", []):
                    self._held[plain] = value
                self.misspelled |= str(key) != str(key).casefold()

    def __bool__(self) -> bool:
        return bool(self._held)

    def get(self, *names: str) -> Any:
        """Return the first of these that says something, None where none does."""
        for name in names:
            value = self._held.get(_PLAIN.sub("", name))
            if value not in (None, "", [], {}):
                return value
        return None

    def all(self, *names: str) -> Iterator[Raw]:
        """Give the objects of a list, or the one object that stands in its place."""
        value = self.get(*names)
        several = value if isinstance(value, list) else [value]
        for one in several[:MOST_PARTS]:
            if isinstance(one, Mapping):
                yield Raw(one)

    def one(self, *names: str) -> Raw:
        """Return an object, an empty one where there is none."""
        return next(self.all(*names), Raw(None))


class Reader:
    """Reads services one by one, and tells the report what it mended."""

    def __init__(self, report: Report, today: date) -> None:
        self._report = report
        self._today = today
        self._row = 0

    def read(self, row: int, held: Any) -> Entry | None:
        """Return a service as an entry; None where it is left out, which the report says."""
        self._row = row
        raw = Raw(held)
        if not raw:
            self._report.leave_out(row, "it is no service: not an object with fields")
            return None
        inside = raw.one("service")
        here: list[Raw] = []
        if inside and not raw.get("name"):  # a service at a location
            here, raw = [raw], inside
        if raw.misspelled:
            self._mend("")("names of fields had capital letters")
        name = self._line(raw, "name")
        if not name:
            self._report.leave_out(row, "it has no name")
            return None
        if raw.get(*OF_SOMETHING_ELSE) and not raw.get(*OF_A_SERVICE):
            self._report.leave_out(row, "it is an organisation or a term, and no service")
            return None
        status = self._line(raw, "status").casefold()
        if status in ENDED:
            self._report.leave_out(row, "its feed says that it is not active")
            return None
        organisation = raw.one("organization", "organisation")
        places = tuple(self._places(raw, here))
        times, days = self._times(raw)
        youngest, oldest = self._ages(raw)
        return Entry(
            source_id=self._id(raw, name, organisation),
            name=name,
            organisation=self._line(organisation, "name"),
            about=self._text(raw, "description"),
            phone=self._phone(raw),
            email=self._first(cleaning.email, "email", raw, raw.one("contacts"), organisation),
            web=self._first(cleaning.web, "url", raw, organisation, also="website"),
            cost=self._cost(raw),
            times=times,
            days=days,
            youngest=youngest,
            oldest=oldest,
            for_whom=self._for_whom(raw),
            languages=self._languages(raw),
            kinds=self._kinds(raw),
            area=self._area(raw),
            alert=self._text(raw, "alert"),
            checked_on=cleaning.day(
                raw.get("assured_date", "last_modified"), self._mend("assured date")
            ),
            places=places,
        )

    # -- single fields

    def _mend(self, name: str) -> Callable[[str], None]:
        return lambda what: self._report.repair(self._row, name, what)

    def _text(self, raw: Raw, *names: str) -> str:
        return cleaning.text(raw.get(*names), self._mend(names[0]))

    def _line(self, raw: Raw, *names: str) -> str:
        return cleaning.line(raw.get(*names), self._mend(names[0]))

    def _first(
        self,
        read: Callable[[Any, Callable[[str], None]], str],
        name: str,
        *held: Raw,
        also: str = "",
    ) -> str:
        """Return what the first of these objects says well."""
        for raw in held:
            value = read(raw.get(name, also or name), self._mend(name))
            if value:
                return value
        return ""

    def _id(self, raw: Raw, name: str, organisation: Raw) -> str:
        value = raw.get("id")
        if isinstance(value, str | int) and not isinstance(value, bool):
            found = cleaning.line(str(value), self._mend("id"))
            if found:
                return found
        self._mend("id")("it has no id: its name stands for one")
        said = f"{folded(name)}\n{folded(cleaning.line(organisation.get('name'), _quiet))}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def _phone(self, raw: Raw) -> str:
        found = [phone for contact in raw.all("contacts") for phone in contact.all("phones")]
        found += [*raw.all("phones")]
        for one in found:
            if value := cleaning.phone(one.get("number", "phone"), self._mend("phone")):
                return value
        return cleaning.phone(raw.get("phone", "telephone"), self._mend("phone"))

    def _cost(self, raw: Raw) -> str:
        said = []
        for one in raw.all("cost_options"):
            amount = cleaning.degrees(one.get("amount"), self._mend("amount"))
            words = (
                self._line(one, "option"),
                "" if amount is None else "free" if amount == 0 else f"£{amount:g}",
                self._line(one, "amount_description"),
            )
            said.append(" ".join(filter(None, words)))
        fees = self._text(raw, "fees_description", "fees")
        return "; ".join(dict.fromkeys(filter(None, (*said, fees))))

    def _times(self, raw: Raw) -> tuple[str, tuple[str, ...]]:
        """Return when it is, in words and as days; what ended already is left out."""
        said: list[str] = []
        days: set[str] = set()
        for one in raw.all("schedules", "regular_schedules", "schedule"):
            ends = cleaning.day(one.get("valid_to", "until"), self._mend("valid_to"))
            if ends is not None and ends < self._today:
                self._mend("schedules")("times that ended already were left out")
                continue
            on = cleaning.days(one.get("byday", "weekday"))
            days.update(on)
            opens, closes = (
                cleaning.clock(one.get("opens_at")),
                cleaning.clock(one.get("closes_at")),
            )
            hours = f"{opens} to {closes}" if opens and closes else opens or closes
            first = " ".join(filter(None, (", ".join(day.capitalize() for day in on), hours)))
            words = (first, self._text(one, "description"))
            said.append(": ".join(filter(None, words)))
        lines = dict.fromkeys(filter(None, said))
        return "\n".join(lines), tuple(one for one in cleaning.DAYS if one in days)

    def _ages(self, raw: Raw) -> tuple[int | None, int | None]:
        """Return the ages that it is for; of several the widest."""
        found = [
            [
                cleaning.number(one.get(name), 0, 130, self._mend(name))
                for name in ("minimum_age", "maximum_age")
            ]
            for one in (raw, *raw.all("eligibilitys", "eligibility", "eligibilities"))
        ]
        youngest = min((low for low, _ in found if low is not None), default=None)
        oldest = max((high for _, high in found if high is not None), default=None)
        if youngest is not None and oldest is not None and oldest < youngest:
            self._mend("maximum_age")("the ages were changed round")
            youngest, oldest = oldest, youngest
        return youngest or None, None if oldest is not None and oldest >= 100 else oldest

    def _for_whom(self, raw: Raw) -> str:
        said = [self._text(raw, "eligibility_description")]
        said += [self._text(one, "eligibility") for one in raw.all("eligibilitys", "eligibilities")]
        return "; ".join(dict.fromkeys(filter(None, said)))

    def _languages(self, raw: Raw) -> tuple[str, ...]:
        return _several(self._line(one, "name", "language", "code") for one in raw.all("languages"))

    def _kinds(self, raw: Raw) -> tuple[str, ...]:
        terms = [one.one("taxonomy_term") for one in raw.all("attributes")]
        terms += [one.one("taxonomy") for one in raw.all("service_taxonomys", "service_taxonomies")]
        return _several(self._line(one, "name", "term") for one in terms)

    def _area(self, raw: Raw) -> str:
        areas = raw.all("service_areas")
        return "; ".join(_several(self._line(one, "name", "service_area") for one in areas))

    def _places(self, raw: Raw, here: list[Raw]) -> Iterator[Place]:
        seen: set[Place] = set()
        at = [*here, *raw.all("service_at_locations", "service_at_location")]
        found = [(one.one("location", "venue"), one) for one in at]
        found += [(one, Raw(None)) for one in raw.all("locations", "location", "venue")]
        for location, beside in found:
            if not location:
                continue
            place = self._place(location, beside)
            if place != Place() and place not in seen:
                seen.add(place)
                yield place

    def _place(self, location: Raw, here: Raw) -> Place:
        address = location.one("addresses", "physical_addresses", "address")
        lines = [
            self._line(address, name)
            for name in ("address_1", "address_2", "city", "region", "state_province")
        ]
        times, days = self._times(here)
        latitude, longitude = cleaning.point(
            location.get("latitude"), location.get("longitude"), self._mend("latitude")
        )
        access = [
            self._text(one, "accessibility", "description")
            for one in location.all("accessibility", "accessibility_for_disabilities")
        ]
        return Place(
            name=self._line(location, "name"),
            address=", ".join(dict.fromkeys(filter(None, lines))),
            postcode=cleaning.postcode(
                address.get("postal_code", "postcode"), self._mend("postcode")
            ),
            latitude=latitude,
            longitude=longitude,
            access="\n".join(dict.fromkeys(filter(None, access))),
            times=times,
            days=days,
        )


def _several(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, found)))


def _quiet(_: str) -> None:
    """Hear nothing: it was told already."""
