from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "gouvernail.web.reports"
    label = "reports"
