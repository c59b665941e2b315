import hashlib
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from netjob.accounts import setup_link

MEMORY = Path("/dev/shm")  # noqa: S108


class Command(BaseCommand):
    help = "Brings the database and the static files up to date, then serves until it is stopped."
    # What they find is said by `make check`; here they would cost a start twice.
    requires_system_checks = ()
    door = "run"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--set-up-only", action="store_true", help="Stop when everything is ready.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            listener = None if options["set_up_only"] else reserve(settings.ENV.listen, settings.ENV.port)
            self.bring_database_up_to_date()
            self.collect_static_files()
            call_command("tidy")
            if listener is None:
                self.stdout.write(f"Everything is set up. To start: make {self.door}")
                return
            self.say_where()
        except KeyboardInterrupt:
            sys.exit(130)
        connections.close_all()
        serve(listener)

    def bring_database_up_to_date(self) -> None:
        executor = MigrationExecutor(connection)
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if steps:
            self.stdout.write(f"Bringing the database up to date ({steps} steps) ...")
            self.stdout.flush()
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static_files(self) -> None:
        """Only when they changed: compressing them takes longer than all the rest of a start."""
        if settings.DEBUG:
            return  # served from where they lie
        stamp = settings.ENV.data / "static-files"
        fingerprint = fingerprint_of_static_files()
        if Path(settings.STATIC_ROOT).is_dir() and stamp.exists() and stamp.read_text() == fingerprint:
            return
        self.stdout.write("Preparing the static files ...")
        self.stdout.flush()
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint)

    def say_where(self) -> None:
        """Printed when the port already takes connections: who asks at once waits for the first worker."""
        self.stdout.write(f"netjob is at {settings.ENV.url} (stop it with Ctrl-C)")
        link = setup_link()
        if link and settings.ENV.is_public:
            self.stdout.write(f"Nobody has an account yet. By this link, once, you become the owner: {link}")
        elif link:
            self.stdout.write("Nobody has an account yet: the first visitor becomes the owner.")
        self.stdout.flush()


def reserve(host: str, port: int) -> socket.socket:
    """A socket that listens at the address, before anything is done that another netjob may be using."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        raise SystemExit(
            f"netjob cannot listen on {host}, port {port} ({error.strerror}): "
            f"stop what runs there, or choose another port, such as NETJOB_PORT={other_than(port)} make run."
        ) from None
    return listener


def other_than(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def fingerprint_of_static_files() -> str:
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(path.encode())
            with storage.open(path) as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def serve(listener: socket.socket) -> None:
    """Become gunicorn: two processes, because one would share a single interpreter lock."""
    listener.set_inheritable(True)
    command = [
        *(sys.executable, "-m", "gunicorn", "netjob.wsgi"),
        *("--bind", f"fd://{listener.fileno()}"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
        *("--keep-alive", "15", "--graceful-timeout", "20"),
        *("--chdir", str(settings.BASE_DIR)),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 1_000_000:
        # A worker that cannot touch its heartbeat file in time is killed: keep it off a busy disk.
        command += ["--worker-tmp-dir", str(MEMORY)]
    os.execv(sys.executable, command)  # noqa: S606
