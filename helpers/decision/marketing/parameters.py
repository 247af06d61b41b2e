"""The parameters of the marketing notebook: what people would change, declared once."""

from helpers.decision.beliefs import SHARE, belief, guess
from helpers.decision.log_parameters import log_parameters
from helpers.decision.marketing.options import ASSUMPTIONS
from helpers.decision.money_parameters import CHANCE, money_parameters
from helpers.intake.parameters import Parameter

PREDICTIONS = [
    *guess("new_share", "%", "forwarded reads whose reader is new", 100),
    *guess("leads", "leads a month", "the most that the module could bring at today's traffic", 1e6),
]
LOG = log_parameters(
    "time: event_time, person: user_id, event: type, salesperson: sharer",
    "days and months",
    Parameter("event_map", "", "pairs", "our event: yours, as in 'read: opened | viewed, forward: shared, register: signed_up'; blank: as the mapping file says, or by names that are known"),
    Parameter("customers_file", "", "path", "a table of person and customer_since; blank: none, or the shipped one with the shipped log"),
)
NEW = [
    Parameter("known_by", "first_event", "name", "who is known: after a first event in the log, or once a customer", choices=("first_event", "customer_date")),
    Parameter("burn_in_days", 90.0, "days", "at the log's start that only tell who is known already", 0, 1000),
    Parameter("count_self_reads", True, "yes or no", "whether salespeople's reads of their own articles count"),
    Parameter("second_device", 0.15, SHARE, "of the people who look new: known ones on another device, as you assume", 0, 1),
]
TEST = [
    Parameter("minimum_effect", 0.003, SHARE, "smallest rise of the registration rate worth knowing", 0.0001, 0.5),
    Parameter("alpha", 0.05, SHARE, "error allowed: a difference found where there is none", 0.001, 0.2),
    Parameter("power", 0.8, SHARE, "chance to find the smallest rise if it is there", 0.5, 0.99),
    Parameter("convention", "pooled", "name", "by which size is reckoned", choices=("evan_miller", "pooled", "arcsine", "unpooled")),
    Parameter("months_allowed", 6.0, "months", "within which the test must answer", 0.5, 60),
    Parameter("looks", 3, "looks", "at the test, the last one included", 1, 10),
    Parameter("two_way", 0.6, SHARE, "of forwards that carry along what the sender saw", 0, 1),
    Parameter("crossing", 0.08, SHARE, "of those that land with another salesperson", 0, 1),
    Parameter("trial_file", "", "path", "a test that was run (arm, cluster, outcome); blank: the shipped one with the shipped log"),
]
WORLDS = [
    Parameter("confounding", "strong", "name", "in the simulated tool: how much the module stands where articles are good anyway", choices=("none", "some", "strong")),
    Parameter("module_works", False, "yes or no", "in the simulated tool: whether the module has an effect at all"),
]
UPKEEP = [
    Parameter("slots_at_start", 2.0, "slots", "of marketing when the section opens", 0, 100),
    Parameter("slot_cap", 12.0, "slots", "that the section can hold", 1, 200),
    Parameter("slot_growth", 0.06, SHARE, "by which slots grow per month once one is let in", 0, 1),
    Parameter("editorial_pieces", 30.0, "pieces", "of editorial content that stand beside the slots", 1, 10_000),
    Parameter("largest_loss", 0.05, SHARE, "of reading that would be borne (the guardrail)", 0.001, 0.9),
    Parameter("settled", "", "names", "questions of governance that are answered already, commas between; the notebook lists their names"),
]
BELIEFS = [
    *belief(ASSUMPTIONS, "module_lift", -1, 1),
    *belief(ASSUMPTIONS, "value_per_lead", 0.01, 1e7),
    *belief(ASSUMPTIONS, "value_per_read", 0.0001, 1e5),
    *belief(ASSUMPTIONS, "build_cost", 1, 1e9),
    *belief(ASSUMPTIONS, "pilot_cost", 1, 1e9),
    *belief(ASSUMPTIONS, "content_reading", -1, 5),
    *belief(ASSUMPTIONS, "content_monthly", 1, 1e8),
    Parameter("other_ranges", "", "ranges", "further beliefs as 'fatigue_factor: 0.3 1.7, content_setup: 8000 25000'; the notebook lists their names"),
]
MONEY = [
    *money_parameters(24),
    Parameter("other_options", "", "options", "to be compared too, as 'both: content 0, module 6; late: module 12', each part with the month in which it begins"),
    Parameter("pilot_months", 4, "months", "that the pilot would run", 1, 36),
]
PARAMETERS: list[Parameter] = [*PREDICTIONS, *LOG, *NEW, *TEST, *WORLDS, *UPKEEP, *BELIEFS, *MONEY, *CHANCE]
