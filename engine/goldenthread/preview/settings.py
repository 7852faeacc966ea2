"""Django's settings for the page of authors: loopback only, nothing from another host, no database, no session."""

from __future__ import annotations

import secrets
from pathlib import Path

WEB = Path(__file__).parents[1] / "web"

DEBUG = False
SECRET_KEY = secrets.token_urlsafe(64)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = ["goldenthread.preview", "django.contrib.staticfiles", "django_htmx"]
ROOT_URLCONF = "goldenthread.preview.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "goldenthread.web.middleware.private",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goldenthread.preview.gate.gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

STATIC_URL = "static/"
# It looks as the page for clinicians does, and its diagrams are moved in the same way.
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"null": {"class": "logging.NullHandler"}},
    "loggers": {"django": {"handlers": ["null"], "propagate": False, "level": "CRITICAL"}},
}
