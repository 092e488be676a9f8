"""Skills: what the channel catalogue calls them, how a sentence names them, how plans write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from gouvernail.base.text import T, Text, verbatim
from gouvernail.plan.model import Plan

_ALIASES: dict[str, tuple[str, ...]] = {
    "seo": ("référencement naturel", "référencement", "search engine optimisation", "organic search"),
    "sea": ("google ads", "adwords", "paid search", "ppc", "sem", "référencement payant", "search ads"),
    "media_buying": ("media", "achat média", "achat d’espace", "media planning", "programmatic"),
    "paid_social": ("social ads", "meta ads", "linkedin ads", "facebook ads", "publicité sociale"),
    "community": ("community management", "social media", "réseaux sociaux", "animation de communauté"),
    "video": ("film", "motion design", "video production", "montage vidéo"),
    "crm": ("email", "emailing", "newsletter", "hubspot", "salesforce", "mailchimp"),
    "automation": ("marketing automation", "automatisation", "automatisation du marketing"),
    "writing": ("rédaction", "content", "contenu", "copywriting", "editorial", "storytelling"),
    "audio": ("podcast", "podcasting", "son"),
    "events": ("event", "événements", "événementiel", "trade fairs", "salons", "foires"),
    "press": ("pr", "public relations", "relations presse", "relations publiques", "presse"),
    "partnerships": ("partnership", "partenariats", "partenariat", "affiliation"),
    "e_commerce": ("commerce en ligne", "shopify", "marketplaces"),
    "sales": ("vente", "ventes", "commercial", "prospection", "abm"),
    "retail": ("commerce de détail", "boutique", "magasin", "merchandising"),
}
"""Skill of the channel catalogue → how else people write it; accents, hyphens and letter case aside."""


def named(skill: str) -> Text:
    """Return how a sentence names the skill; one's own skills as they are written."""
    known = {
        "seo": T("search engine optimisation"),
        "sea": T("search advertising"),
        "media_buying": T("media buying"),
        "paid_social": T("advertising on social networks"),
        "community": T("community management"),
        "video": T("video production"),
        "crm": T("CRM and e-mailing"),
        "automation": T("marketing automation"),
        "writing": T("content writing"),
        "audio": T("audio production"),
        "events": T("organising events"),
        "press": T("press relations"),
        "partnerships": T("running partnerships"),
        "e_commerce": T("e-commerce"),
        "sales": T("selling"),
        "retail": T("retail"),
    }
    return known.get(skill) or verbatim(skill.replace("_", " "))


def held(plan: Plan) -> frozenset[str]:
    """Return the skills that people have, and those of roles that somebody holds, in the catalogue's words."""
    written = [skill for person in plan.people for skill in person.skills]
    written += [skill for role in plan.roles if role.holder for skill in role.skills]
    return frozenset(_canonical().get(_folded(skill), skill) for skill in written)


@cache
def _canonical() -> dict[str, str]:
    return {_folded(word): skill for skill, words in _ALIASES.items() for word in (skill, *words)}


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"[\W_]+", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))
