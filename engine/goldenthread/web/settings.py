"""Django's settings for the clinician's page: loopback only, nothing from another host, nothing kept in the browser."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from goldenthread.store.settings import (
    DATA,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    TIME_ZONE,
    USE_TZ,
)

__all__ = ["DATA", "DATABASES", "DEFAULT_AUTO_FIELD", "TIME_ZONE", "USE_TZ"]

HERE = Path(__file__).parent

DEBUG = False
# Sessions live as long as the process, and so does what signs them.
SECRET_KEY = secrets.token_urlsafe(64)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [
    "goldenthread.store",
    "goldenthread.web",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
]
ROOT_URLCONF = "goldenthread.web.urls"
WSGI_APPLICATION = "goldenthread.web.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "goldenthread.web.middleware.private",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goldenthread.web.middleware.in_turn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "goldenthread.web.middleware.gate",
    "goldenthread.web.middleware.led_back",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["goldenthread.web.context.page"]},
    }
]

# Sessions stay in memory: they end with the process, and leave nothing on the disk.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_NAME = "goldenthread"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "goldenthread.web.trouble.csrf"
X_FRAME_OPTIONS = "DENY"
# Not `no-referrer`: under that a browser sends a form without scripts as from nowhere, and it is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# The page is served on the loopback without TLS: nothing leaves the machine.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "en-gb"
USE_I18N = False
IDLE_MINUTES = int(os.environ.get("GOLDENTHREAD_IDLE_MINUTES") or 15)

# A request's path holds ids alone; nothing that was typed is ever logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"null": {"class": "logging.NullHandler"}},
    "loggers": {"django": {"handlers": ["null"], "propagate": False, "level": "CRITICAL"}},
}
