"""The parameters of the paperwork notebook: what people would change, declared once."""

from helpers.intake.parameters import Parameter

SECOND_PASS = "review again: review"
SHARE = "share of 1"


def _range(name: str, low: float, high: float, unit: str, meaning: str, least: float, most: float) -> list[Parameter]:
    """The two ends of an assumed range, believed with 80 %."""
    return [
        Parameter(f"{name}_low", low, unit, f"{meaning}; low end of the range believed with 80 %", least, most),
        Parameter(f"{name}_high", high, unit, f"{meaning}; high end", least, most),
    ]


def _guess(name: str, unit: str, meaning: str, most: float) -> list[Parameter]:
    return [Parameter(f"guess_{name}_{end}", -1.0, unit, f"your guess: {meaning}; {end} end, -1 leaves it blank", -1, most) for end in ("low", "high")]


PREDICTIONS = [
    *_guess("communication", "%", "share of a clerk's time per client that is communication", 100),
    *_guess("right_first", "%", "documents that are right at their first review", 100),
    Parameter("guess_longest_step", "", "name", "your guess: the step on which clerks spend most time in all; blank: no guess"),
]
LOG = [
    Parameter("log_file", "", "path", "the log, a CSV file; blank: the shipped one"),
    Parameter("column_map", "", "pairs", "our column: yours, as in 'case: Client No, activity: Step, start: Begun, end: Done'"),
    Parameter("time_zone", "Asia/Shanghai", "IANA name", "of times written without an offset, and of the office"),
    Parameter("same_steps", SECOND_PASS, "pairs", "renamed second pass: first name (this default is for the shipped log only)"),
    Parameter("kinds", "", "pairs", "activity: kind of work (open, explain, send, manage, review, feedback, exception, file, close), for logs without that column"),
    Parameter("client_activities", "", "names", "activities that take the client's time, commas between, for logs without a party column"),
    Parameter("closing", "", "names", "activities that end a case well; blank: those of kind close"),
    Parameter("withdrawing", "", "names", "activities by which a client gives up; blank: those of kind withdraw"),
    Parameter("office_hours", "9-12, 13-18", "hours", "when the office is open on a working day; 0-24: always"),
    Parameter("weekdays", "Mon Tue Wed Thu Fri", "days", "working days"),
    Parameter("holidays", "shipped", "text", "days on which the office is closed: shipped (China 2025-26), none, or a CSV file with a column 'date'"),
]
OFFICE = [
    Parameter("clerks", 0, "clerks", "how many work there; 0: as many as the log shows", 0, 2000),
    Parameter("volume", 1.0, "times today's", "clients who come, against those in the log", 0.05, 20),
]
READINESS = [
    Parameter("weights", "volume 2, explaining 3, rework 3, steadiness 1, exceptions 1", "numbers", "how much each criterion counts for standardising a document"),
    Parameter("budget_days", 45.0, "person-days", "there are to prepare documents for standardising", 0, 5000),
]
BELIEFS = [
    *_range("standard_explain_cut", 0.40, 0.75, SHARE, "explaining and sending that a standardised document saves", -1, 1),
    *_range("standard_rework_cut", 0.30, 0.65, SHARE, "rework that a standardised document saves", -1, 1),
    *_range("standard_adoption", 0.50, 0.85, SHARE, "clients who use the standards once they have settled", 0, 1),
    *_range("standard_days", 70.0, 160.0, "person-days", "developing templates, checks and upload", 0.1, 20000),
    *_range("excel_explain_cut", -0.02, 0.08, SHARE, "explaining and sending that the sheets put online save", -1, 1),
    *_range("excel_rework_cut", -0.08, 0.08, SHARE, "rework that the sheets put online save", -1, 1),
    *_range("growth_per_year", 0.0, 0.20, SHARE, "growth of clients per year", -0.5, 3),
    *_range("margin_per_client", 300.0, 1000.0, "CNY", "margin of one more client served", 0.01, 1e6),
    *_range("clerk_cost", 9_000.0, 12_000.0, "CNY per month", "one clerk, all told", 1, 1e6),
    Parameter("other_ranges", "", "ranges", "further beliefs as 'name: low high', as in 'day_rate: 1100 1700'; the notebook lists the names"),
]
MONEY = [
    Parameter("horizon_months", 36, "months", "over which money is counted", 6, 120),
    Parameter("annual_rate", 0.08, SHARE, "at which later money is discounted, per year", 0, 1),
    Parameter("npv_convention", "period 0", "name", "period 0: today's money is not discounted; spreadsheet: the first flow is", choices=("period 0", "spreadsheet")),
    Parameter("may_release", 3, "clerks", "the most who may leave or move to another paid post without being replaced", 0, 2000),
]
CHANCE = [
    Parameter("replications", 12, "years", "simulated per option", 3, 100),
    Parameter("draws", 2048, "draws", "of what is believed", 256, 65536),
    Parameter("seed", 20261122, "whole number", "of all randomness: same seed, same numbers", 0, 2**31),
]
PARAMETERS: list[Parameter] = [*PREDICTIONS, *LOG, *OFFICE, *READINESS, *BELIEFS, *MONEY, *CHANCE]
