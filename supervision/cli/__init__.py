"""The shell of supervision: the tick, the check of the log, the demonstration."""

from supervision.cli.checking import documents_cli
from supervision.cli.demonstration import demo_cli
from supervision.cli.shell import audit_cli, cli

__all__ = ["audit_cli", "cli", "demo_cli", "documents_cli"]
