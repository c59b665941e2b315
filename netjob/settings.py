"""Settings of netjob: one file; what differs between installations is read by `netjob.env`."""

from django.utils.csp import CSP

from netjob import env

ENV = env.read()
BASE_DIR = env.BASE_DIR

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.hosts
CSRF_TRUSTED_ORIGINS = [ENV.url]
DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "netjob.urls"
WSGI_APPLICATION = "netjob.wsgi.application"

INSTALLED_APPS = [
    "netjob.apps.BulkEditsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "import_export",
    "allauth",
    "allauth.account",
    "netjob.apps.NetjobConfig",
    "companies.apps.CompaniesConfig",
    "contacts.apps.ContactsConfig",
    "outreach.apps.OutreachConfig",
]

MIDDLEWARE = [
    # The headers of every answer, those of static files and of the leading over to https included
    "netjob.headers.HeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "netjob.htmx.LogInMiddleware",
    "netjob.clock.ClockMiddleware",
    "netjob.submissions.SubmissionMiddleware",
    "netjob.htmx.RefusalMiddleware",
    "netjob.written_to.WrittenToMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "netjob.templatetags.netjob",
            ],
        },
    },
]

# Who comes in
AUTH_USER_MODEL = "netjob.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "outreach:today"
ACCOUNT_ADAPTER = "netjob.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "netjob.forms.SignupForm",
    "login": "netjob.account_forms.LoginForm",
    "add_email": "netjob.account_forms.AddEmailForm",
    "reset_password": "netjob.account_forms.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True

# What a browser may do with our pages: nothing from elsewhere, nothing inline
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = ENV.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_https else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if ENV.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.is_https
SECURE_HSTS_PRELOAD = ENV.is_https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_NAME = "__Host-session" if ENV.is_https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENV.is_https else "csrf"
CSRF_FAILURE_VIEW = "netjob.views.errors.stale_token"
SESSION_COOKIE_AGE = 60 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Words, times
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "netjob.formats"
TIME_ZONE = "UTC"

# Files that never change under their name
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = ENV.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Mail, the only thing that ever leaves this machine
vars().update(ENV.email)
DEFAULT_FROM_EMAIL = ENV.mail_from

# Forms
FORM_RENDERER = "netjob.rendering.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("netjob",)
CRISPY_TEMPLATE_PACK = "netjob"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"netjob": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
