from django.apps import AppConfig


class MeasureConfig(AppConfig):
    name = "gouvernail.web.measure"
    label = "measure"
