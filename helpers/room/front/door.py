"""All of the front door as one application."""

from http import HTTPStatus

from tornado.log import access_log
from tornado.web import Application, RequestHandler

from helpers.room.front import console, entrance, pages, team
from helpers.room.front.house import House
from helpers.room.front.visit import ANYBODY, Visit


class Nothing(Visit):
    """Any other address."""

    opens_to = ANYBODY

    async def prepare(self) -> None:
        """There is nothing."""
        self.send_error(404)


def front_door(house: House) -> Application:
    """The application that serves a room."""
    routes = [*entrance.ROUTES, *console.ROUTES, *team.ROUTES, *pages.ROUTES]
    lines = {"websocket_ping_interval": 20, "websocket_max_message_size": 2_000_000}
    return Application(routes, default_handler_class=Nothing, house=house, compress_response=True, log_function=_log_faults, **lines)


def _log_faults(handler: RequestHandler) -> None:
    """Faults of ours only: a facilitator's screen isn't filled with who asked for what."""
    if handler.get_status() >= HTTPStatus.INTERNAL_SERVER_ERROR:
        access_log.error("%s %s", handler.get_status(), handler.request.path)
