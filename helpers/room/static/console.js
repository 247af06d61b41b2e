import { ask, clock, counts, element, every, find, redraw, say, tell, word } from "./room.js";

const STATES = { waiting: "not yet", open: "open", closed: "closed", revealed: "revealed" };
let state = null;
let chosen = null; // the name of the vote that is shown
let ends = null; // when the time is up, by this page's clock

const vote = () => state.votes.find((one) => one.name === chosen);

function draw() {
  chosen ??= (state.votes.find((one) => one.state === "open") ?? state.votes.findLast((one) => one.state !== "waiting") ?? state.votes[0])?.name ?? null;
  say(find("address"), state.address);
  list();
  if (chosen) detail(vote());
  predictions();
  places();
  calibration();
  const left = vote()?.left ?? state.timer;
  ends = left === null ? null : performance.now() + left * 1000;
  tick();
}

function list() {
  redraw(find("votes"), [state.votes.map(({ name, text, state: now }) => [name, text, now]), chosen], () =>
    state.votes.map((one) => element("li", {}, element("button", { type: "button", value: one.name, "aria-current": String(one.name === chosen) }, element("span", { class: "state" }, STATES[one.state]), element("span", { class: "short" }, one.text)))));
}

function detail({ text, round, state: now, committed, choices, tally, borne_out, why = "", left }) {
  say(find("text"), text);
  const all = state.teams.length;
  say(find("committed"), now === "waiting" ? "" : `${committed.length} of ${word(all, "team", "teams")} voted${round > 1 ? ` in round ${round}` : ""}${now === "open" ? "" : `; the vote is ${STATES[now]}`}.`);
  redraw(find("teams"), [state.teams, committed, now], () => now === "waiting" ? [] : state.teams.map(({ number, name }) => {
    const done = committed.includes(number);
    return element("li", { class: done ? "done" : "" }, done ? "✓ " : "… ", name);
  }));
  say(find("open"), now === "closed" || now === "revealed" ? "Vote again" : "Open the vote");
  find("open").disabled = now === "open";
  find("close").disabled = now !== "open";
  find("reveal").disabled = now !== "closed";
  find("limit").disabled = find("open").disabled;
  redraw(find("choices"), [choices, tally.length > 0], () => tally.length ? [] : [element("ol", {}, ...choices.map((choice) => element("li", {}, choice)))]);
  redraw(find("counts"), { choices, tally, borne_out }, counts);
  say(find("why"), why);
}

const numbers = (committed) => committed.length ? committed.map((number) => state.teams.find((team) => team.number === number).name).join(", ") : "nobody yet";

const readable = (name) => name.replaceAll("_", " ").replaceAll("/", " › ");

const unfolded = new Set(); // the questions whose counts are looked at

function predictions() {
  redraw(find("predictions"), [state.predictions, state.teams], () => {
    if (!state.predictions.length) return [element("p", { class: "quiet" }, "Nobody has committed a prediction yet.")];
    return [element("ul", { class: "list" }, ...state.predictions.map(prediction))];
  });
}

// Folded at first: on a projector it would tell the teams that are still to predict.
function prediction({ question, committed, said }) {
  const who = element("p", { class: "quiet" }, `${committed.length} of ${word(state.teams.length, "team", "teams")}: ${numbers(committed)}`);
  const choices = Object.keys(said);
  if (!choices.length) return element("li", {}, element("h3", {}, readable(question)), who);
  const folded = element("details", { open: unfolded.has(question) }, element("summary", {}, "What was predicted, without names"), ...counts({ choices, tally: [said], title: "Teams" }));
  folded.addEventListener("toggle", () => (folded.open ? unfolded.add(question) : unfolded.delete(question)));
  return element("li", {}, element("h3", {}, readable(question)), who, folded);
}

function places() {
  redraw(find("places"), [state.places, state.teams], () => {
    const begun = state.teams.filter(({ number }) => state.places[number]);
    if (!begun.length) return [element("p", { class: "quiet" }, "No team has begun a case yet.")];
    const rows = begun.map(({ number, name }) => element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, Object.entries(state.places[number]).map(([page, step]) => `${readable(page)}: step ${step}`).join("; "))));
    return [table(["Team", "Seen last"], rows)];
  });
}

function calibration() {
  redraw(find("calibration"), state.calibration, (board) => {
    const scored = board.filter(({ ranges, answers }) => ranges || answers);
    if (!scored.length) return [element("p", { class: "quiet" }, "No outcome has been revealed yet.")];
    const rows = scored.map(({ name, hits, ranges, brier, answers }) => element("tr", {}, element("th", { scope: "row" }, name),
      element("td", { class: "number" }, ranges ? `${hits} of ${ranges}` : "none"), element("td", { class: "number" }, answers ? `${brier.toFixed(2)} (${answers})` : "none")));
    return [table(["Team", "Ranges that held", "Brier score (answers)"], rows)];
  });
}

function table(titles, rows) {
  const head = titles.map((title, place) => element("th", { scope: "col", class: place > 0 && titles.length > 2 ? "number" : "" }, title));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
}

function tick() {
  const left = ends === null ? null : Math.max(0, ends - performance.now()) / 1000;
  say(find("time"), left === null ? "none set" : left ? `${clock(left)} left` : "up");
}

async function tried(work) {
  try {
    await work();
    say(find("trouble"), "");
    return true;
  } catch (error) {
    say(find("trouble"), error.status ? error.message : "The room can't be reached. Try again.");
    return false;
  }
}

const act = (action, message = {}) => tried(async () => {
  await tell(`/console/${action}`, message);
  await look();
});

const seconds = (value) => (value ? { seconds: Number(value) } : {});

find("open").addEventListener("click", () => act("open", { name: chosen, ...seconds(find("limit").value) }));
find("close").addEventListener("click", () => act("close", { name: chosen }));
find("reveal").addEventListener("click", () => act("reveal", { name: chosen }));
find("timers").addEventListener("click", ({ target }) => target.tagName === "BUTTON" && act("timer", seconds(target.value)));

find("votes").addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  chosen = button.value;
  draw();
  find("votes").querySelector("[aria-current=true]").focus();
});

find("asking").addEventListener("submit", async (event) => {
  event.preventDefault();
  const choices = find("answers").value.split("\n");
  if (!(await act("ask", { text: find("question").value, choices }))) return;
  chosen = state.votes.at(-1).name;
  event.target.reset();
  draw();
});

find("show-tokens").addEventListener("click", () => tried(async () => {
  const { address, teams } = await ask("/console/tokens");
  say(find("tokens-address"), address);
  redraw(find("cards"), teams, () => teams.map(({ name, token, code }) => element("div", {}, element("h3", {}, name), element("img", { src: code, alt: `QR code that lets ${name} in` }), element("div", { class: "token" }, token))));
  find("tokens").showModal();
  find("tokens").scrollTop = 0; // its buttons are below the cards
}));
find("hide-tokens").addEventListener("click", () => find("tokens").close());
find("print").addEventListener("click", () => print());

find("end").addEventListener("click", () => find("ending").showModal());
find("end-not").addEventListener("click", () => find("ending").close());
find("end-really").addEventListener("click", async () => { find("ending").close(); await act("end"); });

const look = every(1, async () => {
  try {
    state = await ask("/console/state");
    if (find("trouble").dataset.lost) { say(find("trouble"), ""); delete find("trouble").dataset.lost; }
    draw();
  } catch (error) {
    find("trouble").dataset.lost = "yes";
    say(find("trouble"), error.status === 403 ? "The room has ended." : error.status ? error.message : "The server can't be reached. Nothing is lost: start it again by the same command.");
  }
});
setInterval(tick, 250);
