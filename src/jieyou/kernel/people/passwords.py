"""What a password must be, in words a clerk understands (等保 2.0: length and kinds of characters)."""

import secrets

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self) -> str:
        return f"密码太短，至少 {self.min_length} 个字符"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字符。"


class Mixed:
    """At least ``kinds`` of: lower case, upper case, digits, others."""

    def __init__(self, kinds: int = 3) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: object = None) -> None:
        tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
        if sum(any(test(c) for c in password) for test in tests) < self.kinds:
            raise ValidationError(f"密码要有大写字母、小写字母、数字、符号中的至少 {self.kinds} 种")

    def get_help_text(self) -> str:
        return f"大写字母、小写字母、数字、符号中至少 {self.kinds} 种。"


#: Letters and digits that nobody mistakes for one another on paper.
_UPPER, _LOWER, _DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"


def one_time() -> str:
    """A password to be read out or printed once: four groups of four, every kind in it (some 75 random bits)."""
    letters = _UPPER + _LOWER + _DIGITS
    groups = ["".join(secrets.choice(letters) for _ in range(4)) for _ in range(3)]
    sure = [secrets.choice(kind) for kind in (_UPPER, _LOWER, _DIGITS, letters)]
    return "-".join([*groups, "".join(sure)])
