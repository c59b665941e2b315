from django.apps import AppConfig


class NetjobConfig(AppConfig):
    name = "netjob"
