# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of the web application. Everything that differs between machines comes from the environment."""

import os
from datetime import date
from pathlib import Path

from fingerpost.config import databases, keys

HOME = Path(os.environ.get("FINGERPOST_HOME", ".fingerpost")).absolute()
ROOT = Path(__file__).resolve().parent.parent

# Demo mode: one-click sign-in, made-up children and a frozen day. Off unless asked for by name.
DEMO = os.environ.get("FINGERPOST_DEMO") == "1"
DEMO_ON = date.fromisoformat(os.environ.get("FINGERPOST_DEMO_ON", "2025-02-03"))

# Whose partnership this is: the words on the pages. The demo's are those of the worked example.
COUNCIL = os.environ.get("FINGERPOST_COUNCIL", "Lancashire County Council" if DEMO else "")
PARTNERSHIP = os.environ.get(
    "FINGERPOST_PARTNERSHIP", "Lancashire SEND partnership" if DEMO else "SEND partnership"
)

SECRET_KEY = keys.web_key(HOME)
ACTOR_KEY = keys.actor_key(HOME)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("FINGERPOST_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
HTTPS = os.environ.get("FINGERPOST_HTTPS") == "1"

# web: the pages. owner: migrations. loader: bulk verbs of the command line. The web login is none of the others.
DATABASE_ROLE = os.environ.get("FINGERPOST_DATABASE_ROLE", "web")
DATABASES = {"default": databases.chosen(HOME, DATABASE_ROLE)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "fingerpost.records.foundation",
    "fingerpost.records.accounts",
    "fingerpost.records.people",
    "fingerpost.records.cases",
    "fingerpost.records.plans",
    "fingerpost.records.placements",
    "fingerpost.records.returns",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fingerpost.config.middleware.one_transaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fingerpost.config.middleware.signed_actor",
    "fingerpost.config.middleware.no_store",
]

ROOT_URLCONF = "fingerpost.config.urls"
WSGI_APPLICATION = "fingerpost.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "kit" / "templates", *sorted((ROOT / "desks").glob("*/templates"))],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "fingerpost.kit.jinja.environment",
            "context_processors": ["fingerpost.config.context.page"],
        },
    },
    # Never asked for a page of ours: it is here because allauth looks for its own e-mail texts in it.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator; nobody signs up
ACCOUNT_ADAPTER = "fingerpost.config.accounts.ClosedDoor"
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Fingerpost"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # letters come with the correspondence room

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# Jobs lie in the database. The pages only put them there; `fingerpost worker` does them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = ["fingerpost.desks.jobs.tasks"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_DIRS = [("", ROOT / "kit" / "static")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A log line never holds a name, a path with a child's id, or anything of a record.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "fingerpost.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # "Not found" and "may not" are answers, not faults of ours.
    "loggers": {"django.request": {"level": "ERROR"}},
}
