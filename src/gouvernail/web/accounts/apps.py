from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gouvernail.web.accounts"
    label = "accounts"
