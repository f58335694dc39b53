# SPDX-License-Identifier: Apache-2.0
"""Numbers of people and places: worked examples, each fault in words, and what the generators promise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.rules.identifiers import nhs_number, postcode, settings, uln, upn

REST = st.from_regex(r"(888|201|001|909)[0-9]{8}[0-9A-HJ-NP-RT-Z]", fullmatch=True)
ANY_UPN = st.from_regex(r"[A-Za-z]?(888|201|999|000)[0-9]{7,9}[0-9A-Za-z-]", fullmatch=True)
ANY_POSTCODE = st.from_regex(r" ?[A-Za-z]{1,3}[0-9]{0,2}[A-Z]? ?[0-9][A-Z]{1,3} ?", fullmatch=True)
NINE = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True)


@pytest.mark.parametrize("good", ["H801200001001", "W888299922417"])
def test_upns_that_are_right(good: str) -> None:
    assert upn.check_upn(good) is None


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("H80120000100", "13 characters"),
        ("H8012000010011", "13 characters"),
        ("8801200001001", "one letter"),
        ("H80120000A001", "one letter"),
        ("A801200001001", "does not fit"),
        ("H801200001010", "does not fit"),
        ("A99920000100I", "last character"),
        ("h801200001001", "does not fit"),
        ("T120200001001", "local authority"),
    ],
)
def test_upns_that_are_wrong(bad: str, words: str) -> None:
    fault = upn.check_upn(bad)
    assert fault is not None
    assert words in fault
    assert bad not in fault


@given(REST)
def test_the_check_letter_by_threes_is_the_one_counted_out(rest: str) -> None:
    whole = sum(weight * upn.VALUES[one] for weight, one in zip(range(2, 14), rest, strict=True))
    assert upn.upn_check_letter(rest) == upn.LETTERS[whole % 23]


@given(ANY_UPN)
def test_the_faults_of_a_upn_are_those_of_its_parts(text: str) -> None:
    form = upn.check_form(text)
    parts = {"last": upn.check_last, "area": upn.check_area} if not form else {}
    slowly = {"form": form} | {part: test(text) for part, test in parts.items()}
    if not form and not slowly["last"]:
        slowly["letter"] = upn.check_letter(text)
    assert upn.faults(text) == {part: fault for part, fault in slowly.items() if fault}


@given(ANY_POSTCODE)
def test_a_postcode_in_two_halves_is_a_postcode_in_one(text: str) -> None:
    whole = re.compile(rf"{postcode.OUTWARD} ?[0-9][ABD-HJLNP-UW-Z]{{2}}")
    capital = text.strip().upper()
    right = whole.fullmatch(capital) is not None or postcode.is_pseudo(capital)
    assert (postcode.check_postcode(text) is None) == right


@given(REST)
def test_the_check_letter_makes_a_right_upn(rest: str) -> None:
    number = upn.upn_check_letter(rest) + rest
    assert upn.check_upn(number) is None
    assert upn.is_temporary(number) == rest[-1].isalpha()


@given(REST, st.integers(0, 10))
def test_two_different_neighbours_swapped_are_noticed(rest: str, place: int) -> None:
    swapped = rest[:place] + rest[place + 1] + rest[place] + rest[place + 2 :]
    number = upn.upn_check_letter(rest) + swapped
    assert (upn.check_upn(number) is None) == (swapped == rest)


@given(NINE)
def test_the_check_digit_makes_a_right_uln_or_none(nine: str) -> None:
    digit = uln.uln_check_digit(nine)
    wrong = {str(n) for n in range(10)} - {digit}
    assert digit is None or uln.check_uln(nine + digit) is None
    assert all(uln.check_uln(nine + other) for other in wrong)


@pytest.mark.parametrize("bad", ["123456789", "0123456789", "12345678901", "123456789A", "99900000"])
def test_ulns_of_the_wrong_form(bad: str) -> None:
    assert uln.check_uln(bad)


def test_nhs_numbers() -> None:
    assert nhs_number.check_nhs_number("943 476 5919") is None
    assert nhs_number.check_nhs_number("9434765919") is None
    assert "last digit" in (nhs_number.check_nhs_number("9434765918") or "")
    assert "ten digits" in (nhs_number.check_nhs_number("943476591") or "")


@given(NINE)
def test_nhs_check_digit(nine: str) -> None:
    digit = nhs_number.nhs_check_digit(nine)
    assert digit is None or nhs_number.check_nhs_number(nine + digit) is None


@pytest.mark.parametrize(
    "good", ["PR1 8XJ", "pr18xj", "LA1 1PJ", "W1A 1AA", "EC1A 1BB", "M1 1AE", "GIR 0AA", "ZZ99 3VZ"]
)
def test_postcodes_of_the_right_form(good: str) -> None:
    assert postcode.check_postcode(good) is None


@pytest.mark.parametrize(
    "bad", ["", "PR1", "PR1 8X", "PR1 8CI", "8XJ PR1", "PR1  8XJ9", "ZZ99", "N/A", "PRESTON"]
)
def test_postcodes_of_the_wrong_form(bad: str) -> None:
    assert postcode.check_postcode(bad)


def test_pseudo_postcodes() -> None:
    assert postcode.is_pseudo("ZZ99 3VZ")
    assert not postcode.is_pseudo("PR1 8XJ")
    assert postcode.squeezed(" pr1 8xj ") == "PR18XJ"


@pytest.mark.parametrize(("good", "bad"), [("100000", "099999"), ("999417", "99941"), ("123456", "12345X")])
def test_urns(good: str, bad: str) -> None:
    assert settings.check_urn(good) is None
    assert settings.check_urn(bad)


@pytest.mark.parametrize(
    ("good", "bad"), [("10000000", "20000000"), ("10001234", "1000123"), ("19999999", "1999999O")]
)
def test_ukprns(good: str, bad: str) -> None:
    assert settings.check_ukprn(good) is None
    assert settings.check_ukprn(bad)
