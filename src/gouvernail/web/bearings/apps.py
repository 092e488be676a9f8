from django.apps import AppConfig


class BearingsConfig(AppConfig):
    name = "gouvernail.web.bearings"
    label = "bearings"
