"""What the frame needs by itself: the manifest for phones' home screens."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control


@cache_control(max_age=86400, public=True)
def manifest(_request: HttpRequest) -> JsonResponse:
    """Name, colours and icon, for whoever puts the site on their home screen."""
    icon = {"src": static("look/favicon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    return JsonResponse(
        {
            "name": "Gouvernail",
            "short_name": "Gouvernail",
            "start_url": reverse("home"),
            "display": "standalone",
            "background_color": "#f6f5f1",
            "theme_color": "#0c2f3a",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )
