"""The parameters by which any case is pointed at somebody's own log, declared once, and what they come to."""

from collections.abc import Mapping
from pathlib import Path

from helpers.intake.cells.conventions import DATE_ORDERS, DECIMAL_MARKS
from helpers.intake.columns.log_source import LogSource
from helpers.intake.parameters import Parameter
from helpers.intake.places import located
from helpers.intake.privacy.keys import own_key
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.reading.databases.address import is_address
from helpers.intake.reading.table import Options


def log_parameters(columns: str, zone_of: str, *of_case: Parameter) -> list[Parameter]:
    """The declarations. columns: an example of a column mapping; zone_of: what else the time zone is of; of_case: what the case adds after the mapping."""
    return [
        Parameter("log_file", "", "path", "the log: a text file, spreadsheet, Parquet or database file, a database's address without password, or env:NAME; blank: the shipped one"),
        Parameter("log_table", "", "name", "the spreadsheet's sheet or the database's table; blank: the only one that fits"),
        Parameter("column_map", "", "pairs", f"our column: yours, as in '{columns}'; blank: as the mapping file says, or by names that are known"),
        *of_case,
        Parameter("mapping_file", "", "path", "where the mapping is kept; blank: beside the log, my_log.mapping.yaml for my_log.csv"),
        Parameter("time_zone", "Asia/Shanghai", "IANA name", f"of times written without an offset, and of {zone_of}"),
        Parameter("date_order", "auto", "order", "what stands first in dates as 04/05/2026; auto: as the column shows", choices=DATE_ORDERS),
        Parameter("decimal_mark", "auto", "mark", "what stands before the decimals; auto: as the column shows", choices=DECIMAL_MARKS),
        Parameter("encoding", "auto", "name", "of a text file, as in gb18030; auto: told by its content"),
        Parameter("delimiter", "auto", "sign", "between a text file's columns, one sign or tab; auto: told by its content"),
        Parameter("header_row", "auto", "row", "that names the columns, as in 3, or none; auto: told by its content"),
        Parameter("nobody", "", "names", "in the log that stand for nobody, commas between, as in 'unknown, -, 0'"),
        Parameter("keep_ids", False, "yes or no", "whether people's ids are shown as they are; no: as pseudonyms (the shipped log's people are made up and keep theirs)"),
    ]


def log_path(values: Mapping[str, object]) -> Path | str | None:
    """Where the log is; None is the shipped one."""
    file = values["log_file"]
    return (file if is_address(file) else located(file)) if file else None


def source_of(values: Mapping[str, object]) -> LogSource:
    """How the log is to be read."""
    options = Options(values["encoding"], values["delimiter"], values["header_row"], sheet=values["log_table"], table=values["log_table"])
    kept = str(located(values["mapping_file"])) if values["mapping_file"] else ""
    return LogSource(values["column_map"], kept, values["time_zone"], options, values["date_order"], values["decimal_mark"], values["nobody"])


def pseudonyms_of(values: Mapping[str, object]) -> Pseudonyms | None:
    """What stands for people's ids; None where they are shown: as asked, or since nobody is behind them."""
    return None if values["keep_ids"] or not values["log_file"] else Pseudonyms(own_key())
