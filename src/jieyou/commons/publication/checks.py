"""Does a public text say who or which door? Pure. A sentence that says what to take out, or nothing.

Telephones, identity numbers, plates: :mod:`jieyou.kernel.privacy.masking`. Names are known by what stands beside them
(王女士, 李某, 张书记); the reporters' own names are looked for by their blind index (:mod:`.rules`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jieyou.kernel.privacy.masking import Kind, mask

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚惠拓折"
)
_AFTER_A_NAME = "先生|女士|小姐"
_AFTER_A_SURNAME = (
    "同志|师傅|大爷|大妈|大娘|大叔|阿姨|老师|书记|主任|局长|处长|科长|镇长|乡长|村长|所长|校长|院长|经理|医生"
)
_FAMILY = rf"(?:欧阳|上官|司马|诸葛|尉迟|皇甫|呼延|慕容|[{_SURNAMES}])"
_NAMES = re.compile(
    rf"{_FAMILY}某{{1,2}}|{_FAMILY}[一-鿿]{{0,2}}?(?:{_AFTER_A_NAME})|{_FAMILY}(?:{_AFTER_A_SURNAME})"
)
_NUMBER = r"(?:\d+|[一二三四五六七八九十百]+)"
_DOORS = re.compile(
    rf"{_NUMBER}\s*号\s*(?:楼|院|门|房|铺)|{_NUMBER}\s*(?:栋|幢)(?!楼)|{_NUMBER}\s*单元|\d{{3,4}}\s*室"
    r"|(?<=[街路巷道弄里坊村院区])\s*\d+\s*号(?!线)|(?<!\d)\d{1,2}\s*[-—]\s*\d{1,2}\s*[-—]\s*\d{3,4}(?!\d)"
)
_RUN = re.compile(r"[一-鿿·]{2,}")
SHORTEST, LONGEST = 2, 5
#: Kinds that are judged here by stricter rules, each with its own sentence.
_OWN: frozenset[Kind] = frozenset({"name", "door"})


def fault(text: str) -> str:
    """What must not stand in a public text, as a sentence; "" when nothing was found."""
    plain = unicodedata.normalize("NFKC", text)
    if mask(plain, _OWN) != plain:
        return "里有电话、证件号、车牌或别的个人号码，请删去"
    if found := _DOORS.search(plain):
        return f"里有具体楼栋、门牌（{found[0]}），只能写到社区（村）"
    if found := _NAMES.search(plain):
        return f"里像是有人名（{found[0]}），请改成“有居民反映”这样的说法"
    return ""


def without_doors(text: str) -> str:
    """A title with its door numbers taken out: what a form begins with."""
    return _DOORS.sub("", unicodedata.normalize("NFKC", text)).strip()


def pieces(text: str) -> Iterator[str]:
    """Every stretch of Chinese that might be somebody's name."""
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        for size in range(SHORTEST, min(LONGEST, len(run)) + 1):
            yield from {run[start : start + size] for start in range(len(run) - size + 1)}
