"""Numbers and addresses that belong to nobody.

- NHS numbers begin with 999, which is kept for tests, and have a check digit that fits.
- Phone numbers are Ofcom's for drama: 0116 496 0xxx in Leicester, 0151 496 0xxx in Liverpool,
  07700 900xxx for mobiles. They will never be given to anybody.
- Postcodes begin as the real ones of the place do, so that they read right and sort right, and end
  in letters that Royal Mail never uses there (C I K M O V): no house can have one.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from linkworker.rules.numbers import make_nhs_number

_NEVER_USED = "KMOVCI"


def nhs_number(number: int) -> str:
    """Return the `number`-th NHS number of ours: ten digits, beginning 999."""
    tried = number * 37
    while True:
        made = make_nhs_number(f"999{tried % 1_000_000:06d}")
        if made is not None:
            return made
        tried += 1


def mobile(number: int) -> str:
    """Return the `number`-th mobile number that nobody has, of a thousand."""
    return f"07700 900{number * 7 % 1000:03d}"


def home_phone(area: str, number: int) -> str:
    """Return the `number`-th number that nobody has in an area ("0116 496"), of a thousand."""
    return f"{area} 0{number * 11 % 1000:03d}"


def postcode(start: str, number: int) -> str:
    """Return a postcode that nobody has: `start` is "LE9 8", or "L8" where any sector will do."""
    sector = start if " " in start else f"{start} {number % 9 + 1}"
    letters = _NEVER_USED
    return f"{sector}{letters[number % 6]}{letters[number // 6 % 6]}"


def born(age: int, today: date, chance: Random) -> date:
    """Return a birthday of somebody who is `age` today."""
    turned = date(today.year - age, today.month, min(today.day, 28))
    return turned - timedelta(days=1 + int(chance.random() * 363))
