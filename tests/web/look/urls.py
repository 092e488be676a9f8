"""The site's addresses, and one page with every component of the look."""

from django.urls import path

from gouvernail.web.urls import handler403, handler404, handler500
from gouvernail.web.urls import urlpatterns as site
from tests.web.look.page import parts

urlpatterns = [path("look/", parts, name="look"), path("look/<slug:slug>/", parts, name="look-in"), *site]
__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
