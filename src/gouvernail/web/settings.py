"""Django's settings, from the environment (`environment.VARIABLES`) and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from gouvernail.base.settings import setting
from gouvernail.web import environment

HERE = Path(__file__).parent
ENTRY_FORMS = (
    ("login", "Login"),
    ("signup", "Signup"),
    ("add_email", "AddEmail"),
    ("reset_password", "ResetPassword"),
    ("reset_password_from_key", "ResetPasswordKey"),
    ("change_password", "ChangePassword"),
    ("set_password", "SetPassword"),
)
HOME = environment.home()
HTTPS = environment.flag("GOUVERNAIL_HTTPS")

SECRET_KEY = environment.secret_key()
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in environment.value("GOUVERNAIL_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith("[")] if HTTPS else []
)

INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "gouvernail.web.accounts",
    "gouvernail.web.workspaces",
    "gouvernail.web.plans",
    "gouvernail.web.data",
    "gouvernail.web.bearings",
    "gouvernail.web.rhythm",
    "gouvernail.web.reports",
    "gouvernail.web.api",
    "gouvernail.web.cockpit",
    "gouvernail.web.measure",
    "gouvernail.web.look",
    "gouvernail.web.kept",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gouvernail.web.accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # The last one: the page that it answers with knows who reads it.
    "gouvernail.web.serving.addresses.PlainAddresses",
]
ROOT_URLCONF = "gouvernail.web.urls"
WSGI_APPLICATION = "gouvernail.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gouvernail.web.look.context.page",
            ],
            "builtins": [
                "gouvernail.web.look.templatetags.look",
                "gouvernail.web.look.templatetags.signs",
                "gouvernail.web.look.templatetags.fields",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

FORM_RENDERER = "gouvernail.web.look.forms.Renderer"

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # What allauth counts (tries to sign in) holds for all processes together; `serving.prepare` makes the table.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
}
KEPT_BYTES = int(environment.value("GOUVERNAIL_KEPT_MB")) * 1024 * 1024
KEPT_PROOF = False
"""Whether each page that is kept is made anew too, and must be the same: in tests."""
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "gouvernail.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "gouvernail.web.accounts.naming.NameForm"
ACCOUNT_FORMS = {name: f"gouvernail.web.accounts.entry.{form}" for name, form in ENTRY_FORMS}
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if environment.value("GOUVERNAIL_MAIL_URL") else "none"
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.flag("GOUVERNAIL_PROXY"))
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "30/m/ip"}
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Without a mail server nobody can confirm an address; that must not keep them from a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = not environment.value("GOUVERNAIL_MAIL_URL")
MFA_TOTP_ISSUER = "Gouvernail"
SOCIALACCOUNT_ADAPTER = "gouvernail.web.accounts.adapter.SocialAccountAdapter"
# Whoever runs the site chose the provider: an address that it confirms is its owner's, who may have an account already.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if environment.value("GOUVERNAIL_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": "Single sign-on",
                "client_id": environment.value("GOUVERNAIL_OIDC_CLIENT"),
                "secret": environment.value("GOUVERNAIL_OIDC_SECRET"),
                "settings": {"server_url": environment.value("GOUVERNAIL_OIDC_SERVER")},
            }
        ]
    }

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "gouvernail_session", "gouvernail_csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = ["^health$"]
X_FRAME_OPTIONS = "DENY"
if environment.flag("GOUVERNAIL_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = setting("GOUVERNAIL_LANG") or "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS: list[Path] = []
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "uploads"},
    },
    "staticfiles": {"BACKEND": "gouvernail.web.serving.storage.SiteStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps of the vendors' files: large, and asked for by nobody but a debugger.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
UPLOAD_LIMIT = int(environment.value("GOUVERNAIL_UPLOAD_MB")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["gouvernail.web.data.spool.BoundedUploads"]
FILE_UPLOAD_TEMP_DIR = HOME / "spool"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o600

DEFAULT_FROM_EMAIL = environment.value("GOUVERNAIL_MAIL_FROM")
for _name, _value in environment.mail().items():
    globals()[_name] = _value

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
