"use strict";
// The case's page: shows one screen at a time, fills in what the server works out, and gives every control a name.

const page = document.body.dataset;
const screens = [...document.querySelectorAll("main > section")];
const byId = (id) => document.getElementById(id);
const state = { at: 0, shown: 0, locked: 0, line: null, manager: null };
const pause = (time) => new Promise((done) => setTimeout(done, time));

// Which screen is shown

function wanted() {
  const asked = /^#step-(\d+)$/.exec(location.hash);
  return Math.min(Math.max(Number(asked ? asked[1] : page.at) || 1, 1), screens.length);
}

function show(number, focus = true) {
  if (state.locked && number > state.locked) {
    number = state.locked;
    hint("Commit your prediction first; a blank one will do. Then you can go on.");
  } else {
    hint("");
  }
  state.at = number;
  screens.forEach((screen) => (screen.hidden = Number(screen.dataset.number) !== number));
  const title = byId(`title-${number}`);
  document.body.classList.toggle("broad", screens[number - 1].classList.contains("beside"));
  document.title = `${title.textContent} · ${document.querySelector(".case-title").textContent}`;
  if (location.hash !== `#step-${number}`) history.pushState(null, "", `#step-${number}`);
  byId("where").textContent = `Step ${number} of ${screens.length}`;
  byId("progress").setAttribute("aria-valuenow", number);
  byId("progress").firstElementChild.style.width = `${(100 * number) / screens.length}%`;
  byId("back").disabled = number === 1;
  byId("next").textContent = number === screens.length ? "All cases" : "Next";
  document.querySelectorAll("#contents a").forEach((link, place) => mark(link, place + 1, number));
  contents(false);
  working();
  scrollTo(0, 0);
  if (focus) title.focus({ preventScroll: true });
  tell();
  window.dispatchEvent(new Event("resize")); // widgets that were drawn while hidden measure themselves again
}

function mark(link, place, number) {
  if (place === number) link.setAttribute("aria-current", "step");
  else link.removeAttribute("aria-current");
  const beyond = state.locked && place > state.locked;
  link.toggleAttribute("aria-disabled", Boolean(beyond));
  if (beyond) link.setAttribute("aria-disabled", "true");
}

function contents(open) {
  byId("contents").hidden = !open;
  byId("contents-button").setAttribute("aria-expanded", String(open));
}

function hint(words) {
  byId("hint").textContent = words;
}

function working() {
  const behind = screens[state.at - 1]?.querySelector(".output.waiting");
  byId("working").hidden = !behind;
}

// What the server says

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const line = new WebSocket(`${scheme}://${location.host}${page.base}run/${page.stem}`);
  line.onmessage = ({ data }) => hear(JSON.parse(data));
  line.onclose = lost;
  state.line = line;
}

function tell() {
  if (state.manager && state.line?.readyState === WebSocket.OPEN) state.line.send(JSON.stringify({ at: state.at }));
}

async function hear(message) {
  if (message.kernel) await begin(message.kernel);
  if ("cell" in message) fill(message.cell, message.pieces);
  if (message.shown) state.shown = message.shown;
  if (message.locked) lock(message.locked);
  if (message.open) lock(0);
}

function lock(number) {
  state.locked = number;
  if (number && state.at > number) show(number);
  document.querySelectorAll("#contents a").forEach((link, place) => mark(link, place + 1, state.at));
  hint("");
}

// Voilà's script reads its settings at once and begins when the page has loaded, which is over by then: that counts as loaded.
async function begin(kernel) {
  const config = byId("jupyter-config-data");
  config.textContent = JSON.stringify({ ...JSON.parse(config.textContent), kernelId: kernel });
  const add = window.addEventListener;
  window.addEventListener = function (kind, listener, ...options) {
    if (kind === "load") setTimeout(listener);
    else add.call(this, kind, listener, ...options);
  };
  const script = document.createElement("script");
  script.src = page.main;
  document.head.append(script);
  while (!window.jupyterapp) await pause(20);
  state.manager = await window.jupyterapp.widgetManagerPromise.promise;
  tell();
}

async function fill(cell, pieces) {
  const place = document.querySelector(`.output[data-cell="${cell}"]`);
  if (!place) return;
  place.replaceChildren();
  const hosts = pieces.map(() => place.appendChild(document.createElement("div")));
  pieces.forEach((piece, number) => "html" in piece && (hosts[number].innerHTML = piece.html));
  for (const [number, piece] of pieces.entries()) if (piece.widget) await attach(piece.widget, hosts[number]);
  place.classList.remove("waiting");
  working();
}

async function attach(id, host) {
  while (!state.manager.has_model(id)) await pause(20);
  const view = await state.manager.create_view(await state.manager.get_model(id));
  const widget = view.luminoWidget ?? view.pWidget;
  widget.constructor.attach(widget, host);
}

async function lost() {
  document.body.classList.add("lost");
  hint("The connection is gone. What you committed is kept; this page goes on by itself as soon as it can.");
  for (;;) {
    await pause(2000);
    const back = await fetch(location.pathname).catch(() => null);
    if (back && back.status !== 502 && back.status !== 503) return location.reload();
  }
}

// Every control has a name and says its state

function label(root) {
  root.querySelectorAll(".noUi-handle:not([aria-label])").forEach((handle) => {
    const words = handle.closest(".widget-hbox")?.querySelector("label")?.textContent || handle.closest("[title]")?.title;
    if (words) handle.setAttribute("aria-label", words);
  });
  root.querySelectorAll(".widget-toggle-buttons").forEach((group) => {
    const words = group.closest(".widget-hbox")?.querySelector(".widget-label")?.textContent;
    if (!group.hasAttribute("role")) group.setAttribute("role", "group");
    if (words) group.setAttribute("aria-label", words);
    group.querySelectorAll("button").forEach((button) => {
      const pressed = String(button.classList.contains("mod-active"));
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    });
  });
  root.querySelectorAll("input[type=number]").forEach((input) => {
    if (/[.]\d{9}/.test(input.value) && input !== document.activeElement) input.value = String(Number(Number(input.value).toPrecision(10)));
  });
  root.querySelectorAll(".casebook-question:not([role])").forEach((question) => {
    const words = question.querySelector("strong");
    if (!words) return;
    question.setAttribute("role", "group");
    question.setAttribute("aria-label", words.textContent);
  });
  root.querySelectorAll("table, figure > img").forEach(widen);
}

// What may be broader than the window lies in a frame of its own that scrolls, by keyboard too.
function widen(content) {
  if (content.parentElement.classList.contains("wide")) return;
  const wide = document.createElement("div");
  wide.className = "wide";
  content.replaceWith(wide);
  wide.append(content);
  if (content.caption) { // stays in view while its table scrolls
    const words = document.createElement("span");
    words.append(...content.caption.childNodes);
    content.caption.append(words);
  }
  new ResizeObserver(() => scrollable(wide, content)).observe(wide);
}

function scrollable(wide, content) {
  if (wide.scrollWidth > wide.clientWidth + 1) {
    wide.tabIndex = 0;
    wide.setAttribute("role", "group");
    wide.setAttribute("aria-label", content.caption?.textContent || "Scrolls sideways");
  } else {
    ["tabindex", "role", "aria-label"].forEach((name) => wide.removeAttribute(name));
  }
}

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => ((due = false), label(byId("main"))));
}).observe(byId("main"), { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });

byId("next").onclick = () => (state.at < screens.length ? show(state.at + 1) : (location.href = page.base));
byId("back").onclick = () => show(Math.max(state.at - 1, 1));
byId("contents-button").onclick = () => contents(byId("contents").hidden);
byId("contents").addEventListener("click", (event) => event.target.closest("a") && (event.preventDefault(), show(Number(event.target.closest("a").hash.slice(6)))));
document.addEventListener("keydown", (event) => event.key === "Escape" && contents(false));
window.addEventListener("popstate", () => wanted() !== state.at && show(wanted()));
label(byId("main"));
show(wanted(), false);
connect();
