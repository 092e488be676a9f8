from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "gouvernail.web.workspaces"
    label = "workspaces"
