from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "gouvernail.web.api"
    label = "api"
