"""All commands by name, each read when it is called or listed."""

import sys
from importlib import import_module

import click

from helpers.intake.refusal import Refusal

# Command -> its module, in the order in which they are listed.
MODULES = {
    "run": "run", "batch": "batch", "sweep": "sweep", "data": "data", "notebooks": "notebooks", "template": "template", "warm": "warm", "room": "room", "app": "app",
    "own": "own", "slides": "workshop", "exhibits": "workshop",
}  # fmt: skip


class Commands(click.Group):
    """The commands of MODULES."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        return getattr(import_module(f"helpers.command.{MODULES[name]}"), name) if name in MODULES else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Two product requests, settled with data."""


def here() -> None:
    """Run the command line in this process; what can't be done is said in words on standard error, with exit code 1."""
    try:
        cli(standalone_mode=True)
    except Refusal as refusal:
        click.echo(f"Refused: {refusal.words()}", err=True)
        sys.exit(1)
