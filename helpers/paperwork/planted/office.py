"""What is planted in the shipped paperwork log: the office, its documents, and how much time each step takes."""

from dataclasses import dataclass

# Activity -> (kind of work, party). The four kinds of COMMUNICATION are what the request calls explaining to the client.
ACTIVITIES = {
    "open case": ("open", "clerk"),
    "explain standard": ("explain", "clerk"),
    "send list": ("send", "clerk"),
    "prepare": ("prepare", "client"),
    "register": ("manage", "clerk"),
    "review": ("review", "clerk"),
    "give feedback": ("feedback", "clerk"),
    "correct": ("correct", "client"),
    "review again": ("review", "clerk"),
    "clear exception": ("exception", "clerk"),
    "file": ("file", "clerk"),
    "close case": ("close", "clerk"),
    "withdraw": ("withdraw", "client"),
}


@dataclass(frozen=True)
class Document:
    """One kind of document.

    needed: share of clients who need it; explain: mean minutes a clerk explains its standard; size: factor on the other clerk steps;
    cv: coefficient of variation of clerk times; right_first_time: share passing the first review; exceptions: share needing a special
    decision; client_minutes: mean minutes the client prepares; delay: mean office hours until the client begins; held: filed on Fridays only.
    """

    name: str
    needed: float
    explain: float
    size: float
    cv: float
    right_first_time: float
    exceptions: float
    client_minutes: float
    delay: float
    held: bool = False


DOCUMENTS = (
    Document("business licence", 0.98, 14, 0.7, 0.35, 0.88, 0.01, 15, 6),
    Document("identity proof", 0.95, 16, 0.7, 0.35, 0.82, 0.01, 15, 6),
    Document("financial statements", 0.70, 70, 1.4, 0.80, 0.40, 0.05, 150, 20),
    Document("tax certificate", 0.60, 34, 0.9, 0.50, 0.66, 0.02, 50, 12),
    Document("bank statements", 0.60, 38, 1.0, 0.50, 0.52, 0.02, 60, 10),
    Document("lease contract", 0.45, 48, 1.2, 0.90, 0.50, 0.08, 70, 14, held=True),
    Document("shareholder list", 0.40, 40, 1.0, 0.60, 0.55, 0.02, 60, 12),
    Document("power of attorney", 0.35, 34, 0.8, 0.45, 0.60, 0.02, 30, 8, held=True),
    Document("board resolution", 0.30, 60, 1.2, 0.70, 0.42, 0.04, 90, 16),
    Document("qualification certificates", 0.30, 54, 1.3, 1.10, 0.56, 0.12, 100, 20),
)


@dataclass(frozen=True)
class Office:
    """The office as planted. Minutes are means at size 1 (explain comes from the document); delays are office hours."""

    documents: tuple[Document, ...] = DOCUMENTS
    clerks: int = 8
    opens_books: str = "2025-11-03"
    last_day: str = "2026-10-30"
    arrivals_per_day: float = 6.8
    weekday_factors: tuple[float, ...] = (1.15, 1.05, 1.0, 0.95, 0.85)
    season: float = 0.05  # amplitude of the yearly wave in arrivals
    send: float = 7
    register: float = 9
    review: float = 11
    feedback: float = 16
    file: float = 5
    exception: float = 30
    open_case: float = 10
    close_case: float = 6
    correct_share: float = 0.5  # of the client's minutes for preparing
    correct_delay: float = 9
    right_again: float = 0.75  # share passing a second or later review
    passes: int = 5  # at most so many reviews of one document; the last one always passes
    client_cv: float = 0.35  # of the factor by which one client needs more explaining than another
    client_correlation: float = 0.15  # of right-first-time between documents of one client (normal scale)
    clerk_speeds: tuple[float, ...] = (0.90, 0.94, 0.97, 1.00, 1.00, 1.03, 1.06, 1.10)  # factors on minutes
    evening: float = 0.15  # share of client work done after office hours
    abandoned: float = 0.035
    says_so: float = 0.6  # share of those who abandon that withdraw in words
    renamed: float = 0.7  # share of second reviews logged as "review again"
    batch_weekday: int = 4
    batch_hour: float = 14
    blank_resource: float = 0.004
    missing_end: float = 0.003
