"""What is an E.164 number, against the number plans of the library and the forms that people write by mistake."""

from __future__ import annotations

import traceback

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from smswire.errors import PayloadError
from smswire.numbers import e164_digits

TYPES = sorted(kind for kind in PhoneNumberType.values() if kind != PhoneNumberType.UNKNOWN)


SHORT = "a short number is no E.164 number, which is a country code and a whole national number"
NO_COUNTRY = "begins with no country code that is in use"
PREFIX = "a national prefix stands after the country code, where E.164 has none"
TOO_SHORT = "too short for its country code"
NO_AREA = "too short for its country code, as without an area code"
TOO_LONG = "too long for its country code"
NO_SUCH_LENGTH = "no number of its country code has as many digits"
REASONS = {SHORT, NO_COUNTRY, PREFIX, TOO_SHORT, NO_AREA, TOO_LONG, NO_SUCH_LENGTH}

TOO_MANY = "too long: an E.164 number has 15 digits at most"
FORM = "digits as a string are required, a + allowed before them"


def digits_of(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164).removeprefix("+")


def examples() -> dict[str, str]:
    """The library's own example numbers: of every region for every type, and of what belongs to no region."""
    found: dict[str, str] = {}
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in TYPES:
            number = phonenumbers.example_number_for_type(region, kind)
            if number is not None:
                found[f"{region} {PhoneNumberType.to_string(kind)}"] = digits_of(number)
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        number = phonenumbers.example_number_for_non_geo_entity(code)
        assert number is not None
        found[str(code)] = digits_of(number)
    return found


EXAMPLES = examples()


def valid(digits: str) -> bool:
    """Whether these very digits are a number that is given out, by the library."""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and digits_of(number) == digits


def problem(to: str) -> str:
    with pytest.raises(PayloadError) as caught:
        e164_digits(to)
    assert caught.value.path == "to"
    return caught.value.problem


def test_every_example_number_passes() -> None:
    assert len(EXAMPLES) > 1000
    assert len({each.partition(" ")[0] for each in EXAMPLES}) > 240
    for digits in EXAMPLES.values():
        assert valid(digits)
        assert e164_digits(digits) == e164_digits(f"+{digits}") == digits


@given(st.sampled_from(sorted(EXAMPLES.values())), st.text("0123456789", min_size=1, max_size=5))
def test_every_valid_number_passes(example: str, ending: str) -> None:
    digits = example[: -len(ending)] + ending
    assume(valid(digits))
    assert e164_digits(f"+{digits}") == digits


@given(st.from_regex(r"\+?[0-9]{1,15}", fullmatch=True))
def test_digits_come_back_as_they_are_or_are_refused_with_a_reason(to: str) -> None:
    given_digits = to.removeprefix("+")
    try:
        digits = e164_digits(to)
    except PayloadError as error:
        refusal = (error.path, error.problem)
    else:
        assert digits == given_digits
        assert len(digits) >= 7 or valid(digits)
        assert phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits}")) or valid(digits)
        return
    assert refusal in {("to", reason) for reason in REASONS}
    assert not valid(given_digits)


@pytest.mark.parametrize("to", ["+77001234567", "77001234567", "+79001234567", "447911123456", "+14155552671"])
def test_numbers_of_mobile_phones(to: str) -> None:
    assert e164_digits(to) == to.removeprefix("+")


@pytest.mark.parametrize(("begin", "length"), [("7", 11), ("1", 11), ("49", 7), ("43", 7)])
def test_a_range_that_is_not_known_to_be_given_out_passes(begin: str, length: int) -> None:
    beginnings = (f"{begin}{each}".ljust(length, "0") for each in range(200, 1000))
    unknown = next(
        each
        for each in beginnings
        if phonenumbers.is_possible_number(phonenumbers.parse(f"+{each}")) and not valid(each)
    )
    assert e164_digits(unknown) == unknown


def test_italian_numbers_keep_the_zero_that_belongs_to_them() -> None:
    assert e164_digits("390612345678") == "390612345678"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        *((each, SHORT) for each in ("1", "7", "00", "911", "+112", "3434", "+3434", "12345", "447911", "000000")),
        # possible numbers by their length alone, in Austria, Germany and Iran
        *((each, SHORT) for each in ("434343", "494949", "985555")),
        # what is dialled within the country instead of the country code
        ("89001234567", NO_COUNTRY),
        ("0077001234567", NO_COUNTRY),
        ("07911123456", NO_COUNTRY),
        ("999123456789", NO_COUNTRY),
        # what is dialled within the country, after the country code: not a guess at what was meant
        ("4407911123456", PREFIX),
        ("+49015112345678", PREFIX),
        # 8 800 5553535 of Russia, read as a number of Bangladesh, 880
        ("88005553535", PREFIX),
        # 8 700 1234567 of Kazakhstan, read as a number of Inmarsat, 870
        ("87001234567", TOO_SHORT),
        ("7700123456", TOO_SHORT),
        ("15552671", NO_AREA),
        ("4479111234", NO_AREA),
        ("141555526711", TOO_LONG),
        # the 1 that numbers of mobile phones in Mexico had until 2019
        ("5215512345678", TOO_LONG),
        ("770012345678", NO_SUCH_LENGTH),
        # 17 digits that the library takes for a number of Germany
        ("49891234567890123", TOO_MANY),
        ("7" * 16, TOO_MANY),
        ("7" * 25, TOO_MANY),
        *(
            (each, FORM)
            for each in (
                "",
                "+",
                "+-77001234567",
                "+7 700 123 45 67",
                "7-700-1234567",
                "77001234567\n",
                " 77001234567",
                "77001234567;ext=1",
                "tel:+77001234567",
                "+1800FLOWERS",
                "７７００１２３４５６７",  # the full-width digits
                "٧٧٠٠١٢٣٤٥٦٧",
            )
        ),
    ],
)
def test_refusals(to: str, reason: str) -> None:
    assert problem(to) == problem(f"+{to.removeprefix('+')}") == reason


@pytest.mark.parametrize("value", [None, 77001234567, b"77001234567", ["77001234567"]])
def test_what_is_no_string_is_refused(value: str) -> None:
    assert problem(value) == FORM


@pytest.mark.parametrize("to", ["87001234567", "0077001234567", "4407911123456", "770012345678", "434343", "7" * 17])
def test_a_refused_number_is_in_no_frame_of_the_traceback(to: str) -> None:
    with pytest.raises(PayloadError) as caught:
        e164_digits(to)
    error = caught.value
    assert error.__context__ is None
    [_, own] = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    assert own.name == "e164_digits"
    assert to not in f"{own.locals} {error} {error!r}"
