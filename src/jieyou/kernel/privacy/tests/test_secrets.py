"""Query secrets can be read out, typed badly, and never guessed from what is stored."""

import re

import pytest

from jieyou.kernel.privacy.secrets import derived, new_secret, secret_key


def test_a_secret_is_three_groups_of_four_without_look_alikes() -> None:
    made = {new_secret() for _ in range(500)}
    assert len(made) == 500
    assert all(re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", one) for one in made)


@pytest.mark.parametrize(
    "typed",
    ["7k2m-q90w-41fa", "7K2MQ90W41FA", " 7K2M Q9OW 4IFA ", "７Ｋ２Ｍ—Ｑ９ＯＷ—４ｌＦＡ", "7k2m.q9ow.4lfa"],
)
def test_typed_as_people_type_it_is_found(typed: str) -> None:
    assert secret_key(typed) == secret_key("7K2M-Q90W-41FA")


def test_what_is_stored_tells_nothing() -> None:
    assert re.fullmatch("[0-9a-f]{64}", secret_key("7K2M-Q90W-41FA"))
    assert secret_key("7K2M-Q90W-41FB") != secret_key("7K2M-Q90W-41FA")
    assert secret_key("乱写") != secret_key("")


def test_a_report_sent_twice_from_one_page_has_one_secret() -> None:
    assert derived("page key") == derived("page key") != derived("another page key")
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", derived("page key"))
