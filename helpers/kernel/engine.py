"""The engine that papermill finds under the name `casebook`; papermill imports every engine at its start, so this one's parts come at first use."""

from typing import Any


class Engine:
    """Runs a notebook as papermill's own engine does (nbclient, a real kernel), without its waits, with time limits, and with a true record."""

    @classmethod
    def execute_notebook(cls, nb, kernel_name: str, output_path: str | None = None, progress_bar: Any = True, log_output: bool = False, autosave_cell_every: int = 30, watch: Any = None, **options: Any):
        """The notebook, executed. Options: those of papermill's engine; cell_limit, run_limit (s); watch, who is told how it goes."""
        from helpers.kernel.record import Record

        record = Record(nb, output_path=output_path, progress_bar=progress_bar, log_output=log_output, autosave_cell_every=autosave_cell_every)
        record.notebook_start()
        if watch:
            watch.notebook = record.nb
        try:
            _client(record, kernel_name, log_output=log_output, watch=watch, **options).execute()
        except BaseException:
            record.broken_off()
            raise
        finally:
            record.notebook_complete()
        return record.nb

    @classmethod
    def nb_kernel_name(cls, nb, name: str | None = None) -> str:
        """The kernel that the notebook asks for, or `name`."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb, language: str | None = None) -> str:
        """The language that the notebook asks for, or `language`."""
        from papermill.utils import nb_language

        return nb_language(nb, language)


def _client(record, kernel_name: str, start_timeout: int = 60, execution_timeout: float | None = None, input_path: Any = None, timeout: Any = None, **options: Any):
    """The client for one run; papermill's name for a cell's time limit is execution_timeout."""
    from papermill.log import logger

    from helpers.kernel.client import Client

    limit = execution_timeout or timeout
    limits = {"cell_limit": float(limit)} if limit and limit > 0 else {}
    return Client(record, kernel_name=kernel_name, startup_timeout=start_timeout, log=logger, **limits, **options)
