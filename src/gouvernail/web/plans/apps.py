from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "gouvernail.web.plans"
    label = "plans"
