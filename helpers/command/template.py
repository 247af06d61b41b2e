"""An empty log to fill in."""

from pathlib import Path

import click

from helpers.command.places import shown


@click.command()
@click.argument("case", type=click.Choice(["marketing", "paperwork"]))
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, help="The file to write, .xlsx or .csv.")
def template(case: str, file: Path) -> None:
    """Write an empty log for CASE to fill in: its columns, an example, and what each column means."""
    from helpers.intake.columns.template import write_template

    click.echo(f"  {shown(write_template(case, file))}")
