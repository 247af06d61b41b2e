"""The command line: `casebook …`, the same as `python -m helpers …`."""

import sys
from pathlib import Path

import click

from helpers.intake.refusal import Refusal

ROOT = Path(__file__).resolve().parents[1]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Two product requests, settled with data."""


@cli.command()
@click.argument("notebooks", nargs=-1)
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter of the notebook (repeatable).")
@click.option("-f", "--scenario", type=click.Path(path_type=Path), help="A scenario file (YAML: notebook, parameters); see data/scenarios.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=ROOT / "runs", help="Where the results go.  [default: runs]")
@click.option("--progress/--no-progress", default=sys.stderr.isatty(), help="Show a progress bar.")
def run(notebooks: tuple[str, ...], given: tuple[tuple[str, str], ...], scenario: Path | None, folder: Path, progress: bool) -> None:
    """Run case NOTEBOOKS headlessly (all cases where none is named): executed notebook, page, findings and memo."""
    from helpers.batch.order import orders
    from helpers.batch.run import run as run_one

    for order in orders(notebooks, dict(given), scenario):
        done = run_one(order.notebook, order.parameters, folder / order.name, progress)
        click.echo(f"{order.title}:")
        for path in done.paths:
            click.echo(f"  {_shown(path)}")


@cli.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), default=ROOT / "data", help="Where the data goes.  [default: data]")
def data(folder: Path) -> None:
    """Write the shipped data again from its seed, byte for byte."""
    from helpers.batch.shipped import write_all

    for path in write_all(folder):
        click.echo(f"  {_shown(path)}")


@cli.command()
@click.argument("names", nargs=-1)
def notebooks(names: tuple[str, ...]) -> None:
    """Execute the committed notebooks (all, or those NAMES) and write them back."""
    from helpers.batch.committed import execute
    from helpers.batch.order import find_notebook

    paths = [find_notebook(name) for name in names] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in paths:
        execute(path)
        click.echo(f"  {_shown(path)}")


@cli.command()
def warm() -> None:
    """Compile what is compiled on first use, so that no learner waits for it."""
    from helpers.paperwork.office.engine.warm import warm as compile_engine

    compile_engine()


def _shown(path: Path) -> str:
    """The path as short as it can be said from where the user stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def main() -> None:
    """Run the command line; what can't be done is said in words on standard error, with exit code 1."""
    try:
        cli(standalone_mode=True)
    except Refusal as refusal:
        click.echo(f"Refused: {refusal.words()}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
