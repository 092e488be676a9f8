from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "gouvernail.web.cockpit"
    label = "cockpit"
