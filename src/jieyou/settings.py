"""Settings, read from the environment only (``JIEYOU_*``; see ``docs/it.md``)."""

import os
import secrets
from pathlib import Path

import dj_database_url

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("JIEYOU_HOME", Path.home() / ".local/share/jieyou")).expanduser()
HOME.mkdir(parents=True, exist_ok=True)


def _kept_secret(name: str) -> str:
    """A secret made on first use and kept in ``HOME`` (mode 0600)."""
    path = HOME / name
    if not path.exists():
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(48))
        except FileExistsError:  # another process was quicker: its secret is the one
            return path.read_text()
    return path.read_text()


DEBUG = os.environ.get("JIEYOU_DEBUG") == "1"
SECRET_KEY = os.environ.get("JIEYOU_SECRET_KEY") or _kept_secret("secret.key")
SEALING_KEY = os.environ.get("JIEYOU_SEALING_KEY") or _kept_secret("sealing.key")
ALLOWED_HOSTS = os.environ.get("JIEYOU_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("JIEYOU_TRUSTED_ORIGINS", "").split(",") if o]
ZONE = os.environ.get("JIEYOU_ZONE", "both")
DEMO = os.environ.get("JIEYOU_DEMO") == "1" or (HOME / "demo.json").exists()

# One line a mechanism: nothing else outside its package names it.
MECHANISMS = [
    "jieyou.mechanisms.concerns",
    "jieyou.mechanisms.petitions",
    "jieyou.mechanisms.mediation",
    "jieyou.mechanisms.proposals",
    "jieyou.mechanisms.new_employment",
]
#: The loop in which a resident's report begins.
INTAKE_LOOP = "jieyou"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "jieyou.kernel.calendar",
    "jieyou.kernel.ledger",
    "jieyou.kernel.places",
    "jieyou.kernel.people",
    "jieyou.kernel.privacy",
    "jieyou.kernel.evidence",
    "jieyou.kernel.loop",
    "jieyou.kernel.register",
    "jieyou.kernel.indicator",
    "jieyou.kernel.notify",
    "jieyou.commons.reports",
    "jieyou.commons.feedback",
    "jieyou.commons.publication",
    "jieyou.commons.assignments",
    "jieyou.commons.meetings",
    "jieyou.commons.approvals",
    "jieyou.commons.triage",
    "jieyou.commons.handovers",
    "jieyou.commons.papers",
    "jieyou.commons.lists",
    "jieyou.commons.supervision",
    "jieyou.commons.backfill",
    "jieyou.commons.changes",
    "jieyou.commons.directory",
    "jieyou.commons.sheets",
    *MECHANISMS,
    "jieyou.interfaces.web",
    "jieyou.interfaces.citizen",
    "jieyou.interfaces.api",
    "jieyou.interfaces.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "jieyou.interfaces.squeeze.Squeeze",
    "jieyou.interfaces.api.direct.Direct",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "jieyou.urls"
WSGI_APPLICATION = "jieyou.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("JIEYOU_DATABASE_URL", f"sqlite:///{HOME / 'jieyou.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"].get("ENGINE", "").endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "jieyou.kernel.sqlite3"  # Django's own, with a line for writers
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "cached_statements": 1024,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
        " PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=4000;"
        f" PRAGMA synchronous={os.environ.get('JIEYOU_SQLITE_SYNCHRONOUS', 'FULL')};",
    }
else:  # a page asks for few rows: starting helpers, or compiling, costs more than it brings (docs/benchmarks.md)
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c max_parallel_workers_per_gather=0 -c jit=off"
    )

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "jieyou.kernel.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "jieyou.kernel.people.passwords.Mixed"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "jieyou.interfaces.citizen.views.token_failed"
LOGIN_URL = "/desk/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/desk/login/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = os.environ.get("JIEYOU_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "web/locked.html"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "interfaces/static"]
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
EVIDENCE_ROOT = HOME / "evidence"
#: A folder with the office's own fonts (仿宋、小标宋、黑体、楷体) for PDF papers; Noto CJK of the machine otherwise.
FONT_DIR = os.environ.get("JIEYOU_FONT_DIR", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
#: channel → (kind, address): kinds are console, sms, wecom, webhook. In-app is always there.
NOTIFY_DRIVERS = {
    name: (name, os.environ[f"JIEYOU_{name.upper()}_URL"])
    for name in ("sms", "wecom", "webhook")
    if os.environ.get(f"JIEYOU_{name.upper()}_URL")
} | ({"console": ("console", "")} if os.environ.get("JIEYOU_NOTIFY_CONSOLE") == "1" else {})
#: A language model of the office's own (OpenAI's protocol), asked for summaries when a clerk presses the button. No address: off.
LANGUAGE_MODEL = {
    "url": os.environ.get("JIEYOU_LANGUAGE_MODEL_URL", ""),
    "name": os.environ.get("JIEYOU_LANGUAGE_MODEL", ""),
    "key": os.environ.get("JIEYOU_LANGUAGE_MODEL_KEY", ""),
    "seconds": float(os.environ.get("JIEYOU_LANGUAGE_MODEL_SECONDS", "15")),
}
NOTIFY_SECRET = os.environ.get("JIEYOU_NOTIFY_SECRET", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("JIEYOU_LOG", "WARNING")},
}
