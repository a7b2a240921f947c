"""Reading the numbers that people are given: NHS number, phone number, postcode.

Nothing here refuses. A `Reading` says what was understood, how far it can be trusted and why not,
and the caller decides. The one number that can be plainly wrong is an NHS number, because it
carries a check digit; a phone number that somebody gave is kept whatever it looks like.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Standing = Literal["good", "doubtful", "wrong", "not known"]
"""How far a number can be trusted. `not known` is a blank, or words that say there is none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed number was understood to be.

    `value` is the one spelling to store beside what was typed and to compare by ("" where nothing
    could be made of it); `shown` is how to write it for a reader; `why` is a plain sentence for
    every standing but `good`, and never repeats what was typed; `beside` holds words that stood
    with a phone number ("daughter").
    """

    value: str
    shown: str
    standing: Standing
    why: str = ""
    beside: str = ""

    @property
    def good(self) -> bool:
        """Say whether nothing speaks against it."""
        return self.standing == "good"


_NOT_KNOWN_WORDS = frozenset(
    {"", "-", "--", "?", "n/a", "na", "n/k", "nk", "none", "nil", "null", "not known", "unknown"}
    | {"not given", "not recorded", "not available", "no phone", "tbc", "xxx", "."}
)
_SEPARATORS = re.compile(r"[\s.\-\u00ad\u2010-\u2015\u2212\u200b\u2060\ufeff/]+")


def says_not_known(text: str) -> bool:
    """Say whether a cell holds nothing, or words that mean it is not known ("N/K")."""
    return " ".join(text.split()).casefold() in _NOT_KNOWN_WORDS


def nhs_number(text: str) -> Reading:
    """Read an NHS number: ten digits of which the last is a check digit.

    NHS Data Dictionary, NHS NUMBER: weights 10 to 2, sum modulo 11, taken from 11; 11 becomes 0
    and 10 is never issued. Only ASCII digits count. Spaces, hyphens and dashes may stand between;
    what a spreadsheet adds (a leading apostrophe, `.0`, an exponent that kept all ten digits) is
    taken away. Numbers that begin with 999 are for tests (`is_test_nhs_number`).
    """
    if says_not_known(text):
        return Reading("", "", "not known", "No NHS number is given.")
    typed = text.strip().lstrip("'").strip()
    digits = _whole_number(typed)
    if not digits:
        return _not_an_nhs_number("An NHS number has ten digits and nothing else.")
    if len(digits) != 10:
        return _not_an_nhs_number(f"An NHS number has ten digits; this has {len(digits)}.")
    if len(set(digits)) == 1:
        return _not_an_nhs_number("One digit ten times over only fills a gap.")
    if _nhs_check_digit(digits[:9]) != int(digits[9]):
        return _not_an_nhs_number("The check digit does not fit, so a digit is wrong or swapped.")
    shown = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if digits[0] in "0123":
        why = "It may be a Scottish or Northern Irish number, not one from England or Wales."
        return Reading(digits, shown, "doubtful", why)
    return Reading(digits, shown, "good")


def is_test_nhs_number(value: str) -> bool:
    """Say whether a number from `nhs_number` is one of those kept for tests."""
    return value.startswith("999")


def make_nhs_number(first_nine: str) -> str | None:
    """Return nine digits with their check digit, or None where no such number can be issued."""
    check = _nhs_check_digit(first_nine)
    return None if check == 10 else f"{first_nine}{check}"


def _nhs_check_digit(first_nine: str) -> int:
    total = sum(
        int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)
    )
    return (11 - total % 11) % 11


def _not_an_nhs_number(why: str) -> Reading:
    return Reading("", "", "wrong", why)


def _whole_number(typed: str) -> str:
    """Return the digits of a number that a person or a spreadsheet wrote, or ""."""
    if float_form := re.fullmatch(r"([0-9]{10})\.0+", typed):
        return float_form[1]
    if exponent := re.fullmatch(r"([0-9])\.([0-9]{9})[Ee]\+?0?9", typed):
        return exponent[1] + exponent[2]
    digits = _SEPARATORS.sub("", typed)
    return digits if re.fullmatch(r"[0-9]+", digits) else ""


# --- phone numbers -------------------------------------------------------------------------------

_SERVICE_NUMBERS = frozenset(
    {"999", "112", "101", "105", "111", "119", "18000", "116123", "116000", "116111", "116117"}
)
_RELAY_PREFIXES = ("18001", "18002")  # Relay UK: text to voice and back
_EXTENSION = re.compile(r"\s*(?:ext(?:ension)?\.?|x|#)\s*([0-9]{1,6})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\+|\(\s*\+?)?[0-9][0-9()\s.\-\u00ad\u2010-\u2015\u2212\u200b\u2060\ufeff/]*"
)


def gb_phone(text: str) -> Reading:
    """Read a phone number as people in Great Britain write it.

    `value` is E.164 ("+441164960123"), or the digits of a short number ("999"). Numbers that no
    rule knows stay `doubtful` and are kept as typed: a number that somebody was given is never
    refused. Ofcom's numbers for drama (07700 900xxx and the like) are good numbers here. Shapes
    follow Ofcom's National Telephone Numbering Plan.
    """
    if says_not_known(text):
        return Reading("", "", "not known", "No phone number is given.")
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'").strip()
    rest, extension = plain, ""
    if found := _EXTENSION.search(plain):
        extension = found[1]
        rest = f"{plain[: found.start()]} {plain[found.end() :]}"
    runs = [run for run in _NUMBER.finditer(rest) if _digits(run[0])]
    if not runs:
        return Reading("", plain, "doubtful", "There is no number in it.")
    longest = max(runs, key=lambda run: len(_digits(run[0])))
    beside = " ".join((rest[: longest.start()] + " " + rest[longest.end() :]).split())
    beside = re.sub(r"^[()\[\],;:\s-]+|[()\[\],;:\s-]+$", "", beside)
    value, shown, why = _understood(longest[0])
    if not value:
        return Reading("", plain, "doubtful", why, beside)
    if sum(len(_digits(run[0])) >= 7 for run in runs) > 1:
        why = why or "There is more than one number in it."
    if extension:
        shown = f"{shown} ext {extension}"
    return Reading(value, shown, "doubtful" if why else "good", why, beside)


def is_mobile(value: str) -> bool:
    """Say whether an E.164 value is a mobile number in Great Britain, pagers and the like too."""
    return value.startswith(("+447", "+4487"))


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _understood(run: str) -> tuple[str, str, str]:
    """Return (value, shown, why not certain) of one run of digits and signs."""
    digits = _digits(run)
    if digits in _SERVICE_NUMBERS:
        return digits, "116 123" if digits == "116123" else digits, ""
    for prefix in _RELAY_PREFIXES:
        if digits.startswith(prefix + "0") and len(digits) > 12:
            value, shown, why = _understood(digits[len(prefix) :])
            return value, f"{prefix} {shown}" if value else "", why
    abroad = run.lstrip(" (").startswith("+") or digits.startswith("00")
    if abroad:
        number = digits[2:] if digits.startswith("00") else digits
        if not number.startswith("44"):
            why = "" if 7 <= len(number) <= 15 else "It is not as long as a number abroad would be."
            return f"+{number}", f"+{number}", why
        return _national(number[2:].removeprefix("0"))
    if digits.startswith("0"):
        return _national(digits[1:])
    if digits.startswith("44") and len(digits) in (11, 12):
        return _national(digits[2:].removeprefix("0"))
    if len(digits) == 10 and digits[0] in "12378":
        value, shown, why = _national(digits)
        return (
            value,
            shown,
            why or "The 0 at the front is missing; a spreadsheet may have eaten it.",
        )
    if 4 <= len(digits) <= 8:
        return digits, digits, "The area code is missing."
    return digits, digits, "It does not look like a British phone number."


def _national(number: str) -> tuple[str, str, str]:
    """Return (E.164, shown, why not certain) of a British number without its leading 0."""
    value, shown = f"+44{number}", _spaced(number)
    wanted = _lengths(number)
    if not wanted:
        return value, shown, "No British number begins like this."
    if len(number) < min(wanted):
        return value, shown, "It is too short; a digit may be missing."
    if len(number) > max(wanted):
        return value, shown, "It is too long; a digit may be there twice."
    return value, shown, "" if len(number) in wanted else "It has not the usual number of digits."


def _lengths(number: str) -> tuple[int, ...]:
    """Return how many digits may follow the 0, by how the number begins."""
    if number.startswith(("8001111", "845464")):
        return (7, 9, 10)  # Childline 0800 1111; NHS Direct's old 0845 46 47
    if number.startswith(("800", "500")):
        return (9, 10)
    if number[:1] == "1":
        return (9, 10)
    return (10,) if number[:1] in ("2", "3", "5", "7", "8", "9") else ()


def _spaced(number: str) -> str:
    """Write a national number with the spaces that British readers expect."""
    if len(number) == 7:
        parts = (number[:3], number[3:], "")
    elif number[:1] == "2":
        parts = (number[:2], number[2:6], number[6:])
    elif number[:2] == "11" or re.match(r"1[0-9]1", number) or number[:1] in ("3", "5", "8", "9"):
        parts = (number[:3], number[3:6], number[6:])
    else:
        parts = (number[:4], number[4:], "")
    return "0" + " ".join(part for part in parts if part)


# --- postcodes -----------------------------------------------------------------------------------

_OUTWARD = (
    r"(?:[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?"
    r"|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?"
    r"|GIR|XM4)"  # Girobank, and Father Christmas: each outside the rule and each in use
)
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(rf"({_OUTWARD})({_INWARD})")
_OUTWARD_ALONE = re.compile(_OUTWARD)


def postcode(text: str) -> Reading:
    """Read a postcode: its shape only, after Royal Mail's rules; nobody looks it up here.

    ZZ99 and its kind (NHS pseudo postcodes: no fixed abode, abroad, not known) are `not known`
    with the code kept, since "no fixed abode" is worth knowing and never an error. Whatever does
    not fit is `doubtful` and kept as typed.
    """
    if says_not_known(text):
        return Reading("", "", "not known", "No postcode is given.")
    typed = " ".join(unicodedata.normalize("NFKC", text).split()).upper()
    joined = re.sub(r"[\s\-\u200b\u2060\ufeff]+", "", typed)
    if joined.startswith("ZZ99"):
        shown = f"{joined[:4]} {joined[4:]}".strip()
        why = (
            "no fixed abode" if joined == "ZZ993VZ" else "the place is not known or not in England"
        )
        return Reading(shown, shown, "not known", f"The NHS uses this code for: {why}.")
    if match := _POSTCODE.fullmatch(joined):
        shown = f"{match[1]} {match[2]}"
        return Reading(shown, shown, "good")
    mended = re.sub(r"O(?=[A-Z]{2}$)", "0", joined)
    if match := _POSTCODE.fullmatch(mended):
        shown = f"{match[1]} {match[2]}"
        return Reading(shown, shown, "doubtful", "The letter O was read as a zero.")
    if _OUTWARD_ALONE.fullmatch(joined):
        return Reading(joined, joined, "doubtful", "Only the first half of a postcode is given.")
    return Reading("", typed, "doubtful", "It does not have the shape of a British postcode.")
