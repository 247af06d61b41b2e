"""The parameters of the notebook for one's own request: what people would change, declared once."""

from helpers.decision.beliefs import guess
from helpers.decision.log_parameters import log_parameters
from helpers.decision.money_parameters import CHANCE, money_parameters
from helpers.intake.parameters import Parameter

PREDICTIONS = [
    *guess("share", "%", "rows of the log that hold what is asked for (here: repairs about which the customer rang)", 100),
    *guess("lead_time", "days", "within which half of the cases end", 1e5),
    Parameter("guess_best", "", "name", "your guess: the option that will be worth most; blank: no guess"),
]
REQUEST = [
    Parameter("folder", "", "path", "your request: a folder with request.md, claims.yaml and options.yaml (casebook own makes one); blank: the shipped example"),
    Parameter("request", "", "text", "the request as received, in place of that folder's request.md"),
]
LOG = [
    Parameter("with_log", True, "yes or no", "whether a log is looked at; where log_file is blank, the one that options.yaml names, if it names one"),
    *log_parameters(
        "start: Begun, end: Done, case: Order No, cluster: Branch, amount: Pages",
        "months",
        Parameter("share_of", "", "column: values", "a column and which of its values count, as in 'rang: yes' or 'state: returned | lost'; blank: as options.yaml says"),
    ),
]
BELIEFS = [
    Parameter("other_ranges", "", "ranges", "beliefs in place of the file's (or the log's) as 'price_per_call: 10 20, app_adoption: 0.3 0.6'; the notebook lists their names"),
]
PARAMETERS: list[Parameter] = [*PREDICTIONS, *REQUEST, *LOG, *BELIEFS, *money_parameters(24, 1, 240), *CHANCE]
