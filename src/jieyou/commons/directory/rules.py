"""Numbers of organisations and people: what is certainly wrong is refused, what is merely unusual is not. Pure.

GB 32100-2015 (统一社会信用代码) and GB 11643 (公民身份号码). The authority, the kind of body and the address code are never looked
at: real codes carry values that stand in nobody's table (N1–N3 for 农村集体经济组织, 54/55 for 村、居委会, old county codes), and
`python-stdnum` refuses those.
"""

from __future__ import annotations

import unicodedata

from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.privacy.numbers import is_idcard, is_old_idcard

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18
SHORTEST, LONGEST = 6, 20


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def credit_code(text: str) -> str:
    """The code as it is kept: narrow, capital, without blanks. :class:`Refused` where it cannot be one."""
    code = _narrow(text)
    if len(code) != LENGTH:
        raise Refused(f"统一社会信用代码应为 {LENGTH} 位，现在 {len(code)} 位，请照营业执照或登记证书填写")
    strange = sorted({sign for sign in code if sign not in ALPHABET})
    if strange:
        raise Refused(
            f"统一社会信用代码里没有“{'、'.join(strange)}”这样的字符（不用字母 I、O、S、V、Z），请核对"
        )
    if check_sign(code[:-1]) != code[-1]:
        raise Refused("统一社会信用代码的校验位对不上，有一位写错了，请照证书核对")
    return code


def check_sign(body: str) -> str:
    """The last sign of a code whose first seventeen are these."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def identity_number(text: str) -> str:
    """A number of an identity paper as it is kept. What has the length of a 身份证 must be one; other papers may be anything."""
    number = _narrow(text)
    if len(number) in (15, 18) and number[:15].isdecimal():
        if not (is_idcard(number) or is_old_idcard(number)):
            raise Refused("身份证号的出生日期或校验位对不上，请照证件核对")
    elif not SHORTEST <= len(number) <= LONGEST or not number.isascii() or not number.isalnum():
        raise Refused(f"证件号码应为 {SHORTEST} 到 {LONGEST} 位数字和字母；没有证件的，不填")
    return number
