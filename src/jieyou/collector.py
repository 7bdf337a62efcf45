"""What a process has loaded stays for its life: Python's collector need not walk through it again."""

import gc

from django.urls import get_resolver


def settle() -> None:
    """Call once, when the apps are loaded and before the first request.

    A full collection walks through some 300 000 objects of Django, its routes and the declarations: 200 ms and more of one
    unlucky request (docs/benchmarks.md); of what comes afterwards, 4 to 13 ms.
    """
    len(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
