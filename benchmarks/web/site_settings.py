"""The site's own settings, with a bare page beside it and the number of queries on every answer."""

from gouvernail.web.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.web.site_urls"
MIDDLEWARE = ["benchmarks.web.site_urls.count_queries", *MIDDLEWARE]  # noqa: F405
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]  # noqa: F405
