"""Whether a recipient is an E.164 number: a country code and a whole national number, 15 digits at most."""

from __future__ import annotations

import re

from smswire.errors import PayloadError

_DIGITS = re.compile(r"\+?[0-9]+")
# as in ITU-T E.164; the library allows more, where a country has such numbers of its own
_MOST = 15
# short numbers for SMS mostly have 3 to 6 digits; some would be possible numbers of Austria, Germany or Iran
_SHORT = 6

_IS_SHORT = "a short number is no E.164 number, which is a country code and a whole national number"


def e164_digits(to: str) -> str:
    """The digits of an E.164 number that was given with or without a leading +, without it.

    Raises `PayloadError` where it is none: no country code in use, too few or too many digits for its country, a
    national prefix left in it, a short number. Whether anybody has the number is not known here. Source: ITU-T E.164,
    and the number plans of the library phonenumbers, which the first call imports.
    """
    problem = _problem(to)
    if problem is not None:
        del to  # it would show in the traceback
        raise PayloadError("to", problem)
    return to.removeprefix("+")


def _problem(to: object) -> str | None:
    if not isinstance(to, str) or _DIGITS.fullmatch(to) is None:
        return "digits as a string are required, a + allowed before them"
    digits = to.removeprefix("+")
    if len(digits) > _MOST:
        return f"too long: an E.164 number has {_MOST} digits at most"
    # slow to import, and not everybody checks
    import phonenumbers

    short = len(digits) <= _SHORT
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        # nothing but digits, and not too many: what else it may find wrong with them is the country code
        return _IS_SHORT if short else "begins with no country code that is in use"
    if short and not phonenumbers.is_valid_number(number):
        return _IS_SHORT
    if phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) != f"+{digits}":
        # it was read without what is dialled before a number only within the country, like the 0 of 44 0 20...
        return "a national prefix stands after the country code, where E.164 has none"
    # "Possible", not "valid": by the number of digits, not by the ranges that are given out. Number plans change
    # faster than an installed library, and to refuse a customer's new number would be to lose a message.
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE or phonenumbers.is_valid_number(number):
        return None
    return {
        phonenumbers.ValidationResult.TOO_SHORT: "too short for its country code",
        phonenumbers.ValidationResult.TOO_LONG: "too long for its country code",
        phonenumbers.ValidationResult.INVALID_LENGTH: "no number of its country code has as many digits",
        phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too short for its country code, as without an area code",
    }[reason]
