from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "gouvernail.web.data"
    label = "data"
