"""How long one move of a slider takes in the money models: draws, net values, comparison, value of information. Run by name."""

from time import perf_counter

import pytest

from helpers.decision.marketing import options as marketing_options
from helpers.decision.paperwork import options as paperwork_options
from helpers.decision.information import evppi
from helpers.decision.options import compare
from helpers.decision.paperwork.plan import ASSUMPTIONS as PAPERWORK
from helpers.decision.paperwork.plan import OPTIONS, measured_unknowns
from helpers.decision.sensitivity import sobol
from helpers.decision.uncertainty import draw
from helpers.evidence.estimate import Estimate

DRAWS, TURNS, LIMIT_MS, SOBOL_MS = 4096, 15, 60, 150
CASES = {
    "marketing": (marketing_options.measured_unknowns(Estimate(3509, 3300, 3700), Estimate(344, 320, 370), Estimate(0.38, 0.36, 0.40), Estimate(0.0165, 0.013, 0.02))
                  + marketing_options.ASSUMPTIONS, marketing_options.net_values, marketing_options.OPTIONS[1]),
    "paperwork": (measured_unknowns(Estimate(141, 135, 147), Estimate(8.06, 7.8, 8.3), Estimate(4.05, 3.9, 4.2), Estimate(1.3, 1.2, 1.4)) + PAPERWORK,
                  paperwork_options.net_values, OPTIONS[4]),
}  # fmt: skip


def fastest(work) -> float:
    """The best of TURNS runs in milliseconds: what the code takes when nobody else is on the machine."""
    times = []
    for _ in range(TURNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return 1000 * min(times)


@pytest.mark.parametrize("case", CASES)
def test_a_slider_is_answered_in_time(case):
    assumptions, net_values, _ = CASES[case]
    taken = fastest(lambda: compare(net_values(draw(assumptions, DRAWS))))
    print(f"{case}: {taken:.1f} ms for {DRAWS} draws, all options compared")
    assert taken < LIMIT_MS


@pytest.mark.parametrize("case", CASES)
def test_value_of_information_and_sobol_are_in_time(case):
    assumptions, net_values, option = CASES[case]
    draws = draw(assumptions, DRAWS)
    values = net_values(draws)
    learnt = fastest(lambda: evppi(draws, values))
    indices = fastest(lambda: sobol(lambda d: net_values(d, options=[option])[option.name], assumptions))
    print(f"{case}: EVPPI of {len(draws)} unknowns {learnt:.1f} ms, Sobol indices {indices:.1f} ms")
    assert learnt < LIMIT_MS and indices < SOBOL_MS


if __name__ == "__main__":
    raise SystemExit(pytest.main([__file__, "-q", "-s", "-o", "addopts="]))
