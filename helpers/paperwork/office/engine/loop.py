"""The event loop of the office, compiled: clients arrive, documents queue for a pool of clerks, wait for the client, fail review, come again.

`f` is the Floor (see floor.py); moments are hours by the clock since the run's origin. Luck is drawn by counter (Salmon et al. 2011), so that a
document meets the same luck under every option. Everything compiled stays in this file: numba notices an edited file, not its edited neighbour.
"""

from math import erfc, sqrt

import numpy as np

from helpers.paperwork.office.engine.compiled import compiled

LEVELS = 3  # queues that clerks tell apart, 0 first: a step's levels of urgency, and one for later visits when rework goes first
CLERK, OFFICE_TIME, CLOCK_TIME, BATCH = range(4)  # a step passes with a clerk, or as a delay: in office hours, by the clock, until the next batch
OPENING, DOCUMENTS, CLOSING = np.arange(3)  # a case's phases
AHEAD = -2  # in place of a step: the paper is about to enter its phase
TOUCH, OUTCOME, HAPPENS = np.arange(3)  # what a draw of luck is for


@compiled
def luck(key, entity, visit, step, purpose):
    """A uniform number in [0, 1) belonging to this entity, visit, step and purpose: two rounds of SplitMix64's finaliser (Steele et al. 2014)."""
    golden = np.uint64(0x9E3779B97F4A7C15)
    x = key
    for part in (np.uint64(entity), np.uint64(1 + purpose + 8 * (step + 64 * visit))):
        x += golden * part
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    return (x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def luck_of(f, paper, purpose, shared, trait):
    """The paper's luck at its step, correlated with its client's (on the normal scale, by `shared`) wherever the client's trait is the same."""
    key, p = f.desk[0].key, f.papers[paper]
    own = luck(key, paper, p.failed, p.step, purpose)
    if shared <= 0:
        return own
    of_client = luck(key, -1 - p.client, 0, trait, purpose)
    score = sqrt(shared) * f.normal[int(of_client * len(f.normal))] + sqrt(1 - shared) * f.normal[int(own * len(f.normal))]
    return 0.5 * erfc(-score / sqrt(2.0))


@compiled
def schedule(f, moment, paper):
    """Puts a paper's next event into the heap of events, earliest on top."""
    place = f.desk[0].due
    f.desk[0].due += 1
    while place > 0 and f.events[(place - 1) // 2].moment > moment:
        f.events[place] = f.events[(place - 1) // 2]
        place = (place - 1) // 2
    f.events[place].moment, f.events[place].paper = moment, paper


@compiled
def next_due(f):
    """Takes the paper of the earliest event off the heap."""
    earliest = f.events[0].paper
    size = f.desk[0].due - 1
    f.desk[0].due = size
    moment, paper = f.events[size].moment, f.events[size].paper
    place, child = 0, 1
    while child < size:
        if child + 1 < size and f.events[child + 1].moment < f.events[child].moment:
            child += 1
        if f.events[child].moment >= moment:
            break
        f.events[place] = f.events[child]
        place, child = child, 2 * child + 1
    f.events[place].moment, f.events[place].paper = moment, paper
    return earliest


@compiled
def office_time(f):
    """Office hours passed from the run's origin to now."""
    desk = f.desk[0]
    session = f.sessions[desk.session]
    return min(session.before + max(desk.now - session.opens, 0.0), f.sessions[desk.session + 1].before)


@compiled
def clock_at(f, office_hours):
    """The moment, not before now, at which so many office hours have passed; at a closing, the next opening."""
    session = f.desk[0].session
    while session + 2 < len(f.sessions) and f.sessions[session + 1].before <= office_hours:
        session += 1
    return f.sessions[session].opens + office_hours - f.sessions[session].before


@compiled
def next_batch(f, now):
    """The moment from which batches are taken up: now, for the rest of a batch's day; else the next batch (now, when none follows)."""
    for release in f.releases:
        if now < 24 * (release // 24 + 1):
            return max(now, release)
    return now


@compiled
def duration(f, paper):
    """Hours that the paper's step takes: its luck looked up among the step's own durations, times the option's factor."""
    p = f.papers[paper]
    cell = f.cells[p.adopted, p.kind, p.step, min(p.failed, 1)]
    drawn = luck_of(f, paper, TOUCH, f.steps[p.step].shared, f.steps[p.step].timing)
    return f.values[cell.start + int(drawn * cell.count)] * cell.factor


@compiled
def enter(f, paper, step):
    """The paper comes to the first step from `step` on that it needs: queues for a clerk, waits for its batch or client, or is through."""
    p, now = f.papers[paper], f.desk[0].now
    while step >= 0:
        chance = f.cells[p.adopted, p.kind, step, min(p.failed, 1)].happens
        if chance >= 1 or (chance > 0 and luck(f.desk[0].key, paper, p.failed, step, HAPPENS) < chance):
            break
        step = f.steps[step].then
    p.step = step
    timing = f.steps[step].timing
    if step < 0 or (timing in (OFFICE_TIME, CLOCK_TIME) and not p.returns):
        finish(f, p.client)
    elif timing == CLERK:
        queue(f, paper)
    elif timing == BATCH:
        schedule(f, next_batch(f, now), paper)
    elif timing == CLOCK_TIME:
        schedule(f, now + duration(f, paper), paper)
    else:
        schedule(f, clock_at(f, office_time(f) + duration(f, paper)), paper)


@compiled
def finish(f, client):
    """One paper less; the last one of a phase brings on the client's next phase, and the last phase ends the case."""
    c = f.clients[client]
    c.unfinished -= 1
    if c.unfinished == 0 and c.phase == OPENING:
        begin_phase(f, client, DOCUMENTS, c.first + 1, f.clients[client + 1].first)
    elif c.unfinished == 0 and c.phase == DOCUMENTS and f.papers[c.first].returns:
        begin_phase(f, client, CLOSING, c.first, c.first + 1)
    elif c.unfinished == 0:
        c.done = f.desk[0].now
        f.desk[0].present -= 1


@compiled
def begin_phase(f, client, phase, first, beyond):
    """The client's papers from `first` up to `beyond` are to enter the phase, now: by way of the heap, so that no step calls itself."""
    f.clients[client].phase, f.clients[client].unfinished = phase, beyond - first
    for paper in range(first, beyond):
        f.papers[paper].step = AHEAD
        schedule(f, f.desk[0].now, paper)


@compiled
def queue(f, paper):
    """The paper joins the end of its level of urgency."""
    p = f.papers[paper]
    line = f.lines[f.cells[p.adopted, p.kind, p.step, min(p.failed, 1)].urgency]
    p.since, p.behind = office_time(f), -1
    if line.head < 0:
        line.head = paper
    else:
        f.papers[line.tail].behind = paper
    line.tail = paper
    f.desk[0].waiting += 1


@compiled
def leave(f, paper):
    """The paper's step ends: passed on, or, by the luck of its review, sent back."""
    p, desk = f.papers[paper], f.desk[0]
    if p.step == AHEAD:
        phase = f.clients[p.client].phase
        enter(f, paper, desk.opening if phase == OPENING else desk.closing if phase == CLOSING else desk.document)
        return
    step = f.steps[p.step]
    desk.busy -= step.timing == CLERK
    chance = f.cells[p.adopted, p.kind, p.step, min(p.failed, 1)].failure
    fails = chance > 0 and luck_of(f, paper, OUTCOME, step.alike, p.failed) < chance
    p.failed += fails
    enter(f, paper, step.on_failure if fails else step.then)


@compiled
def serve(f):
    """Free clerks take the most urgent papers that have waited longest; nobody starts outside office hours."""
    desk, now = f.desk[0], office_time(f)
    session = f.sessions[desk.session]
    if desk.now < session.opens or now >= f.sessions[desk.session + 1].before:
        return
    for level in range(LEVELS):
        line = f.lines[level]
        while line.head >= 0 and desk.busy < session.clerks:
            paper, line.head = line.head, f.papers[line.head].behind
            start_work(f, paper, now)


@compiled
def start_work(f, paper, now):
    """A clerk starts on the paper at office time `now`; its wait, and the hours of work within the window, are noted."""
    touch, p, desk = duration(f, paper), f.papers[paper], f.desk[0]
    desk.waiting -= 1
    desk.busy += 1
    p.waited += now - p.since
    p.handled += 1
    f.clients[p.client].begun = min(f.clients[p.client].begun, desk.now)
    desk.worked += max(min(now + touch, desk.office_end) - max(now, desk.office_start), 0.0)
    schedule(f, clock_at(f, now + touch), paper)


@compiled
def move_on(f, moment):
    """The clock moves to `moment`; clients present, papers waiting and hours worked beyond the clerks there are summed within the window."""
    desk = f.desk[0]
    inside = max(min(moment, desk.end) - max(desk.now, desk.start), 0.0)
    desk.client_hours += inside * desk.present
    desk.waiting_hours += inside * desk.waiting
    over, before = desk.busy - f.sessions[desk.session].clerks, office_time(f)
    desk.now = moment
    if over > 0 and inside > 0:  # somebody left for the day with work unfinished
        desk.overtime += over * (office_time(f) - before)


@compiled
def play(f):
    """Plays the run, event by event, until every client of the window is served or nothing is left to happen."""
    desk, clients, served = f.desk[0], len(f.clients) - 1, 0
    while True:
        while served < clients and f.clients[served].done < np.inf:
            served += 1
        if desk.now > desk.end and (served == clients or f.clients[served].arrival >= desk.end):
            break
        arrival = f.clients[desk.client].arrival if desk.client < clients else np.inf
        opening = f.sessions[desk.session + 1].opens if desk.session + 2 < len(f.sessions) else np.inf
        event = f.events[0].moment if desk.due > 0 else np.inf
        moment = min(arrival, opening, event)
        if moment == np.inf:
            break
        move_on(f, moment)
        if moment == opening:
            desk.session += 1
        elif moment == event:
            leave(f, next_due(f))
        else:
            desk.present += 1
            begin_phase(f, desk.client, OPENING, f.clients[desk.client].first, f.clients[desk.client].first + 1)
            desk.client += 1
        serve(f)
