from django.apps import AppConfig


class RhythmConfig(AppConfig):
    name = "gouvernail.web.rhythm"
    label = "rhythm"
