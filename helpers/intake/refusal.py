"""The one exception that people meet: what is wrong, where, and what to do."""


class Refusal(ValueError):
    """Input that can't be used, said in words.

    what: what is wrong; where: file, row, column, parameter or option; remedy: what to do about it.
    In a notebook it shows as these words, without a traceback (IPython's `_render_traceback_` hook).
    """

    def __init__(self, what: str, where: str = "", remedy: str = ""):
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(self.words())

    def words(self) -> str:
        """The refusal as one paragraph: where, what, remedy."""
        parts = [f"{self.where}: {self.what}" if self.where else self.what, self.remedy]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."

    def _render_traceback_(self) -> list[str]:
        return [f"Refused: {self.words()}"]
