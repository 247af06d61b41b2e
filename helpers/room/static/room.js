// What the room's pages share: asking, telling, and writing text into a page. Text is never read as HTML.

// Nobody can press what doesn't listen yet: a page is inert until all its scripts have run.
document.addEventListener("DOMContentLoaded", () => { document.body.inert = false; });

export async function ask(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
  return response.json();
}

export async function tell(path, message = {}) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message) };
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.refused || response.statusText), { status: response.status });
  return answer;
}

export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  made.append(...content.filter((part) => part !== null && part !== undefined));
  return made;
}

export const find = (id) => document.getElementById(id);

// Write only what has changed, so that the focus stays and screen readers hear news only.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const drawn = new WeakMap();
export function redraw(node, data, make) {
  const now = JSON.stringify(data);
  if (drawn.get(node) === now) return;
  drawn.set(node, now);
  node.replaceChildren(...make(data));
}

export function clock(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export const word = (count, one, many) => `${count} ${count === 1 ? one : many}`;

// The counts of a vote, a column for each round.
export function counts({ choices, tally, borne_out, title = "Votes" }) {
  if (!tally.length) return [];
  const most = Math.max(1, ...tally.flatMap((round) => Object.values(round)));
  const cell = (count) => {
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(count / most) * 75}%`;
    return element("td", {}, bar, String(count));
  };
  const rows = choices.map((choice, index) => {
    const out = index === borne_out;
    return element("tr", { class: out ? "out" : "" }, element("th", { scope: "row" }, choice, out ? " ✓ what the evidence bears out" : ""), ...tally.map((round) => cell(round[choice])));
  });
  const head = ["Choice", ...tally.map((_, place) => (tally.length > 1 ? `Round ${place + 1}` : title))].map((words) => element("th", { scope: "col" }, words));
  return [element("table", { class: "counts" }, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows))];
}

// Work again and again. Whoever asks for it while it is under way gets the turn after that one, which knows what was done just before.
export function every(seconds, work) {
  let running = null;
  let next = null;
  const begin = () => (running = Promise.resolve(work()).finally(() => { running = null; }));
  const turn = () => (running ? (next ??= running.catch(() => {}).then(() => { next = null; return begin(); })) : begin());
  turn();
  setInterval(() => running ?? begin(), seconds * 1000);
  return turn;
}
