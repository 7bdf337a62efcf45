"""The WSGI door for granian or any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieyou.settings")
application = get_wsgi_application()
# What is loaded now stays for the worker's life: the collector need not walk through it again, which took 200 ms and more
# of some unlucky request (docs/benchmarks.md).
len(get_resolver().url_patterns)
gc.collect()
gc.freeze()
