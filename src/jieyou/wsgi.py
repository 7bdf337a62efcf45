"""The WSGI door for granian or any other server."""

import os

from django.core.wsgi import get_wsgi_application

from jieyou.collector import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieyou.settings")
application = get_wsgi_application()
settle()
