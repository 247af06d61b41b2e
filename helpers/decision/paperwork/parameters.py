"""The parameters of the paperwork notebook: what people would change, declared once."""

from helpers.decision.beliefs import belief, guess
from helpers.decision.log_parameters import log_parameters
from helpers.decision.money_parameters import CHANCE, money_parameters
from helpers.decision.paperwork.plan import ASSUMPTIONS
from helpers.intake.parameters import Parameter

SECOND_PASS = "review again: review"
WEIGHTS = "volume: 0.25, variability: 0.2, exceptions: 0.2, rework: 0.2, explaining: 0.15"

PREDICTIONS = [
    *guess("communication", "%", "share of a clerk's time per client that is communication", 100),
    *guess("right_first", "%", "documents that are right at their first review", 100),
    Parameter("guess_longest_step", "", "name", "your guess: the step on which clerks spend most time in all; blank: no guess"),
]
LOG = [
    *log_parameters(
        "case: Client No, activity: Step, start: Begun, end: Done",
        "the office",
        Parameter("kinds", "", "pairs", "activity: kind of work (open, explain, send, prepare, manage, review, feedback, correct, exception, file, close, withdraw), for logs without that column"),
        Parameter("client_activities", "", "names", "activities that take the client's time, commas between, for logs without a party column"),
    ),
    Parameter("same_steps", SECOND_PASS, "pairs", "renamed second pass: first name (this default is for the shipped log only)"),
    Parameter("closing", "", "names", "activities that end a case well; blank: those of kind close"),
    Parameter("withdrawing", "", "names", "activities by which a client gives up; blank: those of kind withdraw"),
    Parameter("repeats", "any", "who", "what counts as rework: any repeat of a step, or only one by the same person", choices=("any", "same person")),
    Parameter("office_hours", "Mon-Fri 9-12 13-18", "days and hours", "when the office is open; Mon-Sun 0-24: always"),
    Parameter("holidays", "shipped", "text", "days on which the office is closed: shipped (China 2025-26), none, or a CSV file with a column 'date'"),
]
OFFICE = [
    Parameter("clerks", 0, "clerks", "how many work there; 0: as many as the log shows", 0, 2000),
    Parameter("volume", 1.0, "times today's", "clients who come, against those in the log", 0.05, 20),
]
READINESS = [
    Parameter("weights", WEIGHTS, "pairs", "how much each measure counts for a document's readiness"),
    Parameter("waterline", 0.5, "readiness", "below which a document isn't standardised yet", 0, 1),
    Parameter("budget_days", 60.0, "person-days", "there are to prepare documents for their standards", 0, 5000),
    Parameter("prerequisites_file", "", "path", "what each document needs first, a CSV file as data/paperwork/prerequisites.csv; blank: that one"),
]
BELIEFS = [
    *belief(ASSUMPTIONS, "standard_explain_cut", -1, 1),
    *belief(ASSUMPTIONS, "standard_rework_cut", -1, 1),
    *belief(ASSUMPTIONS, "standard_adoption", 0, 1),
    *belief(ASSUMPTIONS, "standard_days", 0.1, 20_000),
    *belief(ASSUMPTIONS, "excel_explain_cut", -1, 1),
    *belief(ASSUMPTIONS, "growth_per_year", -0.5, 3),
    *belief(ASSUMPTIONS, "margin_per_client", 0.01, 1e6),
    *belief(ASSUMPTIONS, "clerk_cost", 1, 1e6),
    Parameter("other_ranges", "", "ranges", "further beliefs as 'day_rate: 1100 1700, excel_days: 5 10'; the notebook lists their names"),
]
MONEY = [
    *money_parameters(36),
    Parameter("may_release", 3, "clerks", "the most who may leave or move to another paid post without being replaced", 0, 2000),
]
DRAWN = [
    Parameter("replications", 8, "years", "simulated per option", 3, 100),
    *CHANCE,
]
PARAMETERS: list[Parameter] = [*PREDICTIONS, *LOG, *OFFICE, *READINESS, *BELIEFS, *MONEY, *DRAWN]
