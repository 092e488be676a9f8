"""The link builder: from an action, the tracked address by which its visits will be recognised, and its QR code."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from gouvernail.base.channels import Channel
from gouvernail.base.errors import UsageError
from gouvernail.base.ids import slugify
from gouvernail.base.text import T
from gouvernail.plan.model import Action, KeyField, Match

MEDIA = {
    "search_paid": "cpc",
    "shopping": "cpc",
    "display": "display",
    "email": "email",
    "automation": "email",
    "affiliates": "affiliate",
    "sms": "sms",
    "podcast": "audio",
    "events": "event",
    "print": "print",
    "direct_mail": "print",
    "out_of_home": "print",
    "webinar": "webinar",
    "pr": "referral",
    "partners": "referral",
    "referral": "referral",
}
"""Channel → the medium that web analytics know it by; networks follow from their name."""


@dataclass(frozen=True)
class TrackedLink:
    """A tracked address and what it is made of."""

    address: str
    source: str
    medium: str
    campaign: str

    @property
    def qr(self) -> QrCode:
        """The address as a QR code."""
        return qr_code(self.address)


@dataclass(frozen=True)
class QrCode:
    """A QR code as one SVG path over `size` × `size` modules, its quiet border included."""

    size: int
    path: str


def campaign_of(action: Action) -> str:
    """Return the campaign name of the action's tracking keys, or one made of its id where there is none to copy."""
    for key in action.tracking:
        exact = key.match is Match.exact or not any(sign in key.value for sign in "*?")
        if key.field in (KeyField.utm_campaign, KeyField.campaign) and exact:
            return key.value
    return slugify(action.id)


def medium_of(channel: Channel | None) -> tuple[str, str]:
    """Return the usual (source, medium) of a channel."""
    if channel is None:
        return "", ""
    if channel.network:
        return channel.network, "paid_social" if channel.id.endswith("_paid") else "social"
    source = {"search_paid": "google", "email": "newsletter"}.get(channel.id, channel.id)
    return source, MEDIA.get(channel.id, "referral")


def tracked(address: str, source: str, medium: str, campaign: str) -> TrackedLink:
    """Return the address with its tracking parameters; those it already had give way.

    Raises:
        UsageError: the address is not one of the web, or a part is missing.
    """
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise UsageError(T("“{address}” is not a web address: write it with https://", address=address))
    marks = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign}
    for name, value in marks.items():
        if not value.strip():
            raise UsageError(T("{name} is missing: without it the visits cannot be told apart.", name=name))
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in marks
    ]
    query = urlencode([*kept, *((name, value.strip()) for name, value in marks.items())])
    made = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, parts.fragment))
    return TrackedLink(made, source.strip(), medium.strip(), campaign.strip())


def qr_code(words: str) -> QrCode:
    """Return `words` as a QR code with medium correction and the border that readers ask for."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(words)
    code.make(fit=True)
    matrix = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return QrCode(len(matrix), "".join(squares))
