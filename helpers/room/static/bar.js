// A line on top of a team's pages: who we are, the time left, an open vote. Asked for every other second.
(() => {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/room/static/bar.css";
  document.head.append(style);
  const bar = document.createElement("aside");
  bar.className = "room-bar";
  bar.setAttribute("aria-label", "Room");
  const [team, time, vote] = ["span", "span", "span"].map((name) => bar.appendChild(document.createElement(name)));
  vote.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = "/vote";
  document.body.prepend(bar);

  const say = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const clock = (seconds) => `${Math.floor(Math.ceil(seconds) / 60)}:${String(Math.ceil(seconds) % 60).padStart(2, "0")} left`;
  const voting = (shown) => {
    if (!shown) return "";
    if (shown.state === "open") return shown.mine ? "You have voted" : "A vote is open: vote now";
    return shown.state === "revealed" ? "See what was voted" : "";
  };
  let shown = null;
  async function look() {
    try {
      const response = await fetch("/room/state", { cache: "no-store" });
      if (response.status === 403) return say(team, "The room has ended, or you left it.");
      const state = await response.json();
      say(team, state.team);
      say(time, state.timer ? clock(state.timer) : "");
      const text = voting(state.vote);
      if (text !== shown) { shown = text; link.textContent = text; vote.replaceChildren(...(text ? [link] : [])); }
    } catch { say(team, "The room can't be reached just now. It is tried again."); }
  }
  look();
  setInterval(look, 2000);
})();
