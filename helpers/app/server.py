"""The app's server: Voilà with our own pages, and nothing of it that a reader doesn't need."""

import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import nbformat
from jupyter_core.utils import run_sync
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from traitlets.config import Config
from voila.app import Voila
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import get_page_config

from helpers.app.kernels import NOTEBOOKS, WarmKernels
from helpers.app.progress import Progress
from helpers.app.reading import Reading
from helpers.app.recognise import Readers, Recognise
from helpers.app.screens import screens
from helpers.lesson.shelf import CASES

SHARE = Path(__file__).parent / "share"
TEMPLATE = "casebook"
WIDGETS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager")
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
IDLE = 4 * 3600  # seconds after which a kernel that nobody talks to is ended
HEADERS = {
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",  # a private link never travels
    "X-Content-Type-Options": "nosniff",
}


class Page(JupyterHandler):
    """A page of ours, for readers alone."""

    def initialize(self, app: "Casebook") -> None:
        """app: whose page it is."""
        self.app = app

    def set_default_headers(self) -> None:
        """What every page says of itself."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare_page(self) -> None:
        """Turn away who isn't known."""
        if self.current_user is None:
            raise HTTPError(403)

    def show(self, name: str, **content) -> None:
        """Render one of our templates."""
        template = self.settings["voila_jinja2_env"].get_template(name)
        self.set_header("Cache-Control", "no-store")
        self.finish(template.render(base=self.base_url, static=url_path_join(self.base_url, f"voila/templates/{TEMPLATE}/static"), **content))

    def write_error(self, status_code: int, **_) -> None:
        """What went wrong, in words."""
        self.show("error.html", status=status_code)


class Shelf(Page):
    """The cases to choose from, and how far the reader is in each."""

    @allow_unauthenticated  # turned away by ourselves, in words
    def get(self) -> None:
        """The page."""
        self.prepare_page()
        reader = self.current_user.username
        cases = [{"stem": stem, "case": case, "at": self.app.progress.at(reader).get(stem, 0), "count": len(self.app.screens[stem])} for stem, case in CASES.items()]
        self.show("shelf.html", cases=cases, code=reader if self.app.shows_code else "")


class Case(Page):
    """A case, all its screens in one page; what cells give comes later, by Reading."""

    @allow_unauthenticated
    def get(self, stem: str) -> None:
        """The page."""
        self.prepare_page()
        if stem not in CASES:
            raise HTTPError(404)
        config = get_page_config(self.base_url, self.settings, self.log, self.app.voila_configuration)
        config["federated_extensions"] = [one for one in config["federated_extensions"] if one["name"] in WIDGETS]
        at = self.app.progress.at(self.current_user.username).get(stem, 1)
        self.show("case.html", stem=stem, title=CASES[stem].title, screens=self.app.screens[stem], at=at, page_config=config | {"jupyterLabTheme": "light"})


class Farewell(Page):
    """A page says that it is left; its reading has noticed by itself."""

    def check_xsrf_cookie(self) -> None:
        """Nothing is done, so nobody can be tricked into it."""

    @allow_unauthenticated
    def post(self, kernel_id: str) -> None:
        """Nothing to do."""
        self.set_status(204)


class Missing(Page):
    """All else."""

    @allow_unauthenticated  # turned away by ourselves, in words
    def get(self) -> None:
        """There is no such page."""
        self.prepare_page()
        raise HTTPError(404)


class OwnKernels(Page):
    """What the widgets' script asks of kernels: of the reader's own, and of no other's."""

    @allow_unauthenticated
    def get(self, kernel_id: str = "") -> None:
        """The reader's kernels, or one of them."""
        self.prepare_page()
        kernels, reader = self.kernel_manager, self.current_user.username
        if not kernel_id:
            return self.finish(json.dumps([kernels.kernel_model(one) for one in kernels.owned_by(reader)], default=str))
        if kernels.owner(kernel_id) != reader:
            raise HTTPError(404)
        self.finish(json.dumps(kernels.kernel_model(kernel_id), default=str))


class OwnKernel(VoilaKernelWebsocketHandler):
    """The line to a kernel: to the reader's own, and to no other's."""

    async def prepare(self, *arguments, **options):
        """Refuse before anything is opened."""
        await super().prepare(*arguments, **options)
        if self.current_user is None or self.kernel_manager.owner(self.path_kwargs["kernel_id"]) != self.current_user.username:
            raise HTTPError(404)

    def write_error(self, status_code: int, **_) -> None:
        """Nobody reads it."""
        self.finish()


class Casebook(Voila):
    """Voilà with our pages. recognise: who asks; progress: where readers are; announce: called with the address once it is served."""

    recognise: Recognise
    progress: Progress
    announce: Callable[[str], None] = staticmethod(lambda address: None)
    shows_code = False

    @cached_property
    def screens(self) -> dict[str, list]:
        """The screens of each case; notebooks are read once."""
        return {stem: screens(nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4)) for stem in CASES}

    def init_settings(self) -> dict:
        """Voilà's own settings, with our rule of who may come in."""
        settings = super().init_settings()
        self.identity_provider.recognise = self.recognise
        return settings | {"compress_response": True, "websocket_max_message_size": 2_000_000}

    def init_handlers(self) -> list:
        """Our pages, the line to one's own kernel, and static files. No folders, no files, no other notebooks."""
        app, root = {"app": self}, self.server_url
        return [
            (url_path_join(root, "/"), Shelf, app),
            (url_path_join(root, r"/case/(\w+)"), Case, app),
            (url_path_join(root, r"/run/(\w+)"), Reading, {"progress": self.progress}),
            (url_path_join(root, rf"/api/kernels/{KERNEL}/channels"), OwnKernel),
            (url_path_join(root, rf"/api/kernels/{KERNEL}"), OwnKernels, app),
            (url_path_join(root, r"/api/kernels"), OwnKernels, app),
            (url_path_join(root, rf"/voila/api/shutdown/{KERNEL}"), Farewell, app),
            (url_path_join(root, rf"/voila/templates/({TEMPLATE}/static/[a-z]+\.(?:css|js))"), TemplateStaticFileHandler),
            (url_path_join(root, r"/voila/static/(.*)"), MultiStaticFileHandler, {"paths": self.static_paths}),
            (url_path_join(root, rf"/voila/labextensions/((?:{'|'.join(WIDGETS)})/static/.*)"), MultiStaticFileHandler, {"paths": self.labextensions_path}),
            (url_path_join(root, r"/voila/api/themes/(.*)"), MultiStaticFileHandler, {"paths": [self.themes_dir]}),
            (r".*", Missing, app),
        ]  # fmt: skip

    def listen(self) -> None:
        """Serve until stopped."""
        IOLoop.current().add_callback(self.kernel_manager.warm_up)
        IOLoop.current().add_callback(lambda: self.announce(f"http://{self.ip}:{self.port}{self.base_url}"))
        super().listen()

    def stop(self) -> None:
        """End, and all kernels with it, at once: what was committed is in the store. One that is just beginning can't be told; it ends by itself, once it finds its parent gone."""
        try:
            run_sync(self.kernel_manager.shutdown_all)(now=True)  # before the files go by which they are reached: else each is waited for in vain
            super().stop()
        except Exception as fault:
            self.log.info("not every kernel could be told to end: %r", fault)

    def random_ports(self, port: int, n: int):
        """Where to listen: the port asked for, or one near it that is free; 0: any that is free."""
        return iter([_free_port(self.ip)]) if port == 0 else super().random_ports(port, n)


def serve(recognise: Callable[[Casebook], Recognise], store: str, announce: Callable[[str], None], *, port: int, ip: str = "127.0.0.1", ready: int = 1, secret: bytes = b"", shows_code: bool = False) -> None:
    """Serve the cases until stopped.

    recognise: from the app to its rule of who asks; store: where answers are kept (a file or a database address); announce: called with the address;
    ready: kernels that wait for readers; secret: signs cookies.
    """
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(SHARE), os.environ.get("JUPYTER_PATH", "")]))
    logging.getLogger("tornado.general").setLevel(logging.ERROR)  # it takes the lines' milliseconds for seconds, and says so each time
    app = Casebook(config=_settings(port, ip, ready, secret))
    app.progress, app.announce, app.shows_code = Progress(store), announce, shows_code
    app.recognise = recognise(app)
    app.initialize([])
    app.start()


def _free_port(ip: str) -> int:
    with socket.socket() as probe:
        probe.bind((ip, 0))
        return probe.getsockname()[1]


def _settings(port: int, ip: str, ready: int, secret: bytes) -> Config:
    return Config(
        {
            "Voila": {"ip": ip, "port": port, "open_browser": False, "root_dir": str(NOTEBOOKS), "identity_provider_class": Readers, "config_file_paths": [], "log_level": "ERROR"}
            | ({"cookie_secret": secret} if secret else {}),
            "VoilaConfiguration": {"template": TEMPLATE, "multi_kernel_manager_class": WarmKernels, "extension_config": {}},
            "WarmKernels": {"ready": ready, "cull_idle_timeout": IDLE, "cull_interval": 300},
            "KernelManager": {"transport": "ipc" if sys.platform != "win32" else "tcp", "autorestart": False},  # a kernel begun anew would know nothing
        }
    )
