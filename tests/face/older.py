"""A browser of 2021 (Chromium 90, which offices still use), imitated: what came later is taken out of styles and scripts.

Every declaration and rule that such a browser does not know is dropped before the page is drawn, as it would drop it; the
functions that its scripts do not have are deleted. It is no real old browser, but what carries meaning shows.
"""

from __future__ import annotations

import re

#: The Chromium that we promise.
OLD_ENOUGH = 90
#: Feature of a style → the Chromium that brought it.
NEW_STYLE = {
    r":has\(": 105, r"@container|container-(type|name)\s*:|\bcq[wh]\b": 105, r"color-mix\(": 111, r"oklch\(|\boklab\(|\blab\(|\blch\(|\bhwb\(": 101,
    r"@layer": 99, r"light-dark\(": 123, r"subgrid": 117, r"@scope": 118, r"@property": 85, r"@starting-style|transition-behavior": 117,
    r"\d(dvh|svh|lvh|dvw|svw|lvw)\b": 108, r"text-wrap\s*:|white-space-collapse\s*:": 114, r"aspect-ratio\s*:": 88,
    r"(?<![-\w])(rotate|scale|translate)\s*:": 104, r"&(:|\.|\s|\[)": 112, r":is\(|:where\(": 88, r"@media[^{]*[<>]=?": 104,
    r"-trim\s*:|field-sizing": 123, r":modal\b": 105, r":popover-open": 114, r":user-(in)?valid": 119, r":dir\(": 120,
    r":nth-(last-)?child\([^)]* of ": 111, r"scrollbar-gutter": 94, r"scrollbar-(color|width)\s*:": 121, r"\d(r?lh|r?ic|rex|rch|r?cap)\b": 106,
    r"(?<![-\w])image-set\(": 113, r"anchor-name|position-anchor|\banchor\(": 125,
    r"animation-timeline|view-timeline": 115, r"view-transition": 111, r"interpolate-size|calc-size\(": 129,
    r"(?<![-\w])(sin|cos|tan|pow|sqrt|round|mod)\(": 111,
    r"(rgb|hsl)a?\(\s*from ": 119, r"hyphenate-character": 106, r"text-box(-\w+)?\s*:": 133, r"word-break\s*:\s*auto-phrase": 119,
    r"inset-area|position-try": 125, r"(?<![-\w])text-emphasis": 99, r"@font-palette|font-palette": 101,
}  # fmt: skip
#: Newer too, but nobody misses anything without it: the colour of a tick; a colour on paper and a mask, said with their old names as well.
DECORATION = {
    r"accent-color\s*:": 93,
    r"(?<![-\w])print-color-adjust\s*:": 136,
    r"(?<![-\w])mask(-\w+)?\s*:": 120,
}
#: What a script may call → the Chromium that brought it.
NEW_SCRIPT = {
    r"\.at\(": 92, r"structuredClone": 98, r"Object\.hasOwn": 93, r"\.findLast": 97, r"\.toSorted|\.toReversed|\.with\(": 110,
    r"Object\.groupBy": 117, r"\.showPopover|popover": 114, r"\bstatic \{": 94, r"#[a-z]\w* in ": 91, r"Promise\.withResolvers": 119,
    r"querySelector(All)?\([^)]*:has\(": 105, r"import\(|^import ": 0, r"AbortSignal\.(timeout|any)": 103, r"crypto\.randomUUID": 92,
    r"\.checkVisibility": 105, r"\.requestClose|closedBy": 134, r"scheduler\.": 94, r"\.toSpliced": 110, r"Array\.fromAsync": 121,
}  # fmt: skip
#: Run before any script of the page: these functions are gone.
WITHOUT = """() => {
  const gone = [[Array.prototype, "at findLast findLastIndex toSorted toReversed toSpliced with"], [String.prototype, "at"],
    [Object, "hasOwn groupBy"], [Promise, "withResolvers"], [window, "structuredClone scheduler"], [AbortSignal, "timeout any"],
    [Element.prototype, "checkVisibility showPopover hidePopover togglePopover"], [Array, "fromAsync"], [Map, "groupBy"]];
  for (const [where, names] of gone) for (const name of names.split(" ")) delete where[name];
}"""


def bare(text: str) -> str:
    """A style without comments and addresses."""
    return re.sub(r"/\*.*?\*/|url\([^)]*\)", "", text, flags=re.S)


def newer(text: str, features: dict[str, int]) -> list[str]:
    """Features in it that came after Chromium 90."""
    return [name for name, since in features.items() if since > OLD_ENOUGH and re.search(name, text, re.M)]


def as_old(text: str) -> str:
    """The style as an old browser reads it: a declaration that it does not know is gone, and so is a rule it cannot select."""
    unknown = re.compile(
        "|".join(n for n, since in {**NEW_STYLE, **DECORATION}.items() if since > OLD_ENOUGH)
    )
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"(?<=[{;])[^{};]*(?=[;}])", lambda one: "" if unknown.search(one[0]) else one[0], text)
    return re.sub(
        r"([^{};]*)\{([^{}]*)\}", lambda one: "" if unknown.search(one[1].split("}")[-1]) else one[0], text
    )
