from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "gouvernail.web.look"
    label = "look"
