"""The command line: `casebook …`, the same as `python -m helpers …`."""

import sys
from pathlib import Path

import click

from helpers.intake.refusal import Refusal
from helpers.kernel.warm.thin import handed_over

ROOT = Path(__file__).resolve().parents[1]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Two product requests, settled with data."""


@cli.command()
@click.argument("notebooks", nargs=-1)
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter of the notebook (repeatable).")
@click.option("-f", "--scenario", type=click.Path(path_type=Path), help="A scenario file (YAML: notebook, parameters); see data/scenarios.")
@click.option("--again", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Make a run of a batch again from its provenance.json.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=ROOT / "runs", help="Where the results go.  [default: runs]")
@click.option("--office/--no-office", default=True, help="Leave the memo as Word and its tables as Excel too.")
@click.option("--progress/--no-progress", default=sys.stderr.isatty(), help="Show a progress bar.")
def run(notebooks: tuple[str, ...], given: tuple[tuple[str, str], ...], scenario: Path | None, again: Path | None, folder: Path, office: bool, progress: bool) -> None:
    """Run case NOTEBOOKS headlessly (both cases where none is named): executed notebook, page, findings and memo."""
    if again:
        from helpers.batch.again import again as run_again

        sys.exit(run_again(again, folder, click.echo, progress))
    from helpers.batch.order import orders
    from helpers.batch.run import run as run_one

    for order in orders(notebooks, dict(given), scenario):
        done = run_one(order.notebook, order.parameters, folder / order.name, progress, office)
        click.echo(f"{order.title}:")
        for path in done.paths:
            click.echo(f"  {_shown(path)}")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where the runs go.  [default: runs/<name of FILE>]")
@click.option("--notebook", help="Which notebook, where FILE doesn't say: a name of ours, or a path.")
@click.option("--base", type=click.Path(path_type=Path), help="A scenario file whose parameters lie beneath those of FILE.")
@click.option("--dry-run", is_flag=True, help="Show the scenarios and how long they take; make nothing.")
@click.option("--processes", type=click.IntRange(0, 512), default=0, help="Runs at the same time.  [default: one a core]")
@click.option("--cell-timeout", type=click.FloatRange(0.1), default=600.0, show_default=True, help="Seconds that a cell may take.")
@click.option("--run-timeout", type=click.FloatRange(0.1), default=3600.0, show_default=True, help="Seconds that a run may take.")
@click.option("--yes", "many", is_flag=True, help="More than 10,000 runs are meant.")
@click.option("--wait", is_flag=True, help="Wait while another batch works in the folder.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster to make the runs on, as tcp://host:8786 (needs the extra [cluster]).")
@click.option("--compare", is_flag=True, help="At the end, run the notebook that compares the runs.")
@click.option("--copy-to", metavar="STORE", help="At the end, copy notebooks, findings and table there: s3://…, gs://…, abs://…, or a folder.")
@click.option("--progress/--no-progress", default=sys.stderr.isatty(), help="Show a progress bar.")
def batch(file: Path, folder: Path | None, dry_run: bool, **wish: object) -> None:
    """Run a notebook over the scenarios of FILE (YAML or CSV). Interrupted, the same command goes on where it was."""
    from helpers.batch.command import Wish, make, show

    sys.exit((show if dry_run else make)(file, Wish(folder or ROOT / "runs" / file.stem, **wish), click.echo))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where the results go.  [default: runs/<name of FILE>]")
@click.option("--notebook", help="Which case, where FILE doesn't say.")
@click.option("--base", type=click.Path(path_type=Path), help="A scenario file whose parameters lie beneath those of FILE.")
@click.option("--notebooks-for", "names", multiple=True, metavar="SCENARIO", help="Run the notebook as well, for this scenario (repeatable).")
@click.option("--processes", type=click.IntRange(0, 512), default=0, help="Scenarios at the same time.  [default: one a core]")
@click.option("--yes", "many", is_flag=True, help="More than 10,000 scenarios are meant.")
@click.option("--wait", is_flag=True, help="Wait while another batch works in the folder.")
@click.option("--progress/--no-progress", default=sys.stderr.isatty(), help="Show a progress bar.")
def sweep(file: Path, folder: Path | None, names: tuple[str, ...], **wish: object) -> None:
    """Work out the findings of all scenarios of FILE without notebooks: the same numbers, sooner."""
    from helpers.batch.command import Wish
    from helpers.batch.command import sweep as sweep_all

    sys.exit(sweep_all(file, Wish(folder or ROOT / "runs" / file.stem, **wish), names, click.echo))


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
    from helpers.batch.order import committed, find_notebook

    paths = [find_notebook(name) for name in names] or committed()
    for path in paths:
        execute(path)
        click.echo(f"  {_shown(path)}")


@cli.command()
@click.argument("case", type=click.Choice(["marketing", "paperwork"]))
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, help="The file to write, .xlsx or .csv.")
def template(case: str, file: Path) -> None:
    """Write an empty log for CASE to fill in: its columns, an example, and what each column means."""
    from helpers.intake.columns.template import write_template

    click.echo(f"  {_shown(write_template(case, file))}")


@cli.command()
def warm() -> None:
    """Compile what is compiled on first use, so that no learner waits for it."""
    from helpers.paperwork.office.engine.warm import warm as compile_engine

    compile_engine()


@cli.command()
@click.option("--teams", default=6, show_default=True, help="How many teams take part.")
@click.option("--lan", is_flag=True, help="Let other machines of the local network in, not this one alone.")
@click.option("--port", default=8600, show_default=True, help="Where the room is served.")
@click.option("--store", help="Where answers are kept: a file, or postgresql://…  [default: a file of your own]")
@click.option("--votes", "ballot", type=click.Path(path_type=Path), help="A file with questions to vote on.  [default: data/room/votes.yaml]")
@click.option("--new", "anew", is_flag=True, help="Begin another room, where one hasn't been ended.")
def room(ballot: Path | None, **wanted) -> None:
    """Open a room: the cases for every team, votes, and a console for the facilitator."""
    from helpers.room.serve import Wanted, open_room

    open_room(Wanted(**wanted, **({"ballot": ballot} if ballot else {}), pages=[sys.executable, "-m", "helpers.app.behind"]))


@cli.command()
@click.option("--port", default=8866, show_default=True, help="Where it is served, on this computer alone.")
@click.option("--code", help="Your private code, where it isn't the first one on this computer.")
@click.option("--browser/--no-browser", default=True, help="Open the page at once.")
def app(port: int, code: str | None, browser: bool) -> None:
    """Read the cases as pages without code."""
    from helpers.app.alone import serve_alone

    serve_alone(port, code, browser)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def own(folder: Path) -> None:
    """Make FOLDER for a request of your own: the shipped example's files, to be written over."""
    from helpers.decision.own.keeping import start

    files = start(folder)
    for path in (files.request, files.claims, files.options):
        click.echo(f"  {_shown(path)}")
    click.echo(f"Write over them, then: casebook run 3_your_own_request -p folder {_shown(folder)}")


@cli.command()
@click.argument("notebooks", nargs=-1)
@click.option("--to", "folder", type=click.Path(path_type=Path), default=ROOT / "runs" / "workshop", help="Where they go.  [default: runs/workshop]")
def slides(notebooks: tuple[str, ...], folder: Path) -> None:
    """Make slides of executed NOTEBOOKS (both cases where none is named): pages for a projector that open without internet."""
    from helpers.app.printed import printed
    from helpers.app.slides import slides as make

    for path in printed(notebooks, "slides", make, folder):
        click.echo(f"  {_shown(path)}")


@cli.command()
@click.argument("notebooks", nargs=-1)
@click.option("--to", "folder", type=click.Path(path_type=Path), default=ROOT / "runs" / "workshop", help="Where they go.  [default: runs/workshop]")
def exhibits(notebooks: tuple[str, ...], folder: Path) -> None:
    """Make printed exhibits of executed NOTEBOOKS (both cases where none is named), for rooms without laptops: answers on the last pages."""
    from helpers.app.exhibits import exhibits as make
    from helpers.app.printed import printed

    for path in printed(notebooks, "exhibits", make, folder):
        click.echo(f"  {_shown(path)}")


def _shown(path: Path) -> str:
    """The path as short as it can be said from where the user stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def main() -> None:
    """Run the command line: a run in a process that has imported everything already, where there is one; all else here."""
    code = handed_over("helpers.__main__", "here") if sys.argv[1:2] == ["run"] else None
    sys.exit(here() if code is None else code)


def here() -> None:
    """Run the command line in this process; what can't be done is said in words on standard error, with exit code 1."""
    try:
        cli(standalone_mode=True)
    except Refusal as refusal:
        click.echo(f"Refused: {refusal.words()}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
