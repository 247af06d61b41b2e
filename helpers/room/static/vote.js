import { ask, clock, counts, element, every, find, redraw, say, tell } from "./room.js";

let shown = null;

function draw(state) {
  const { vote } = state;
  shown = vote;
  say(find("team"), state.team);
  say(find("time"), time(vote?.left ?? state.timer));
  const votes = vote?.state === "open" && !vote.mine;
  find("vote").hidden = !votes;
  find("closed").hidden = !vote || votes;
  if (votes) ballot(vote);
  else if (vote) result(vote);
  say(find("said"), words(vote));
}

const time = (left) => (left ? `${clock(left)} left` : "");

function ballot({ name, round, text, choices }) {
  say(find("text"), round > 1 ? `${text} (round ${round})` : text);
  redraw(find("choices"), { name, round, choices }, () => {
    find("cast").disabled = true;
    return choices.map((choice) => element("label", { class: "choice" }, element("input", { type: "radio", name: "choice", value: choice }), choice));
  });
}

function result({ text, choices, tally = [], borne_out, why = "" }) {
  say(find("asked"), text);
  redraw(find("counts"), { choices, tally, borne_out }, counts);
  say(find("why"), why);
}

function words(vote) {
  if (!vote) return "No vote yet. This page shows the first one by itself.";
  const mine = vote.mine ? `Your vote: ${vote.mine}. ` : "";
  if (vote.state === "open") return vote.mine ? `${mine}It is kept. Wait for the others.` : "";
  if (vote.state === "closed") return `${mine}The vote is closed. Discuss.`;
  return mine;
}

find("choices").addEventListener("change", () => { find("cast").disabled = false; });

find("vote").addEventListener("submit", async (event) => {
  event.preventDefault();
  const choice = new FormData(event.target).get("choice");
  find("cast").disabled = true;
  try {
    await tell("/room/vote", { name: shown.name, round: shown.round, choice });
    await look();
  } catch (error) {
    find("cast").disabled = false;
    say(find("said"), error.status ? error.message : "The room can't be reached. Your vote isn't kept yet: commit it again.");
  }
});

find("naming").addEventListener("submit", async (event) => {
  event.preventDefault();
  try { await tell("/room/name", { name: find("name").value }); await look(); } catch (error) { say(find("said"), error.message); }
});

const look = every(1.5, async () => {
  try { draw(await ask("/room/state")); } catch (error) {
    say(find("said"), error.status === 403 ? "The room has ended, or you left it." : "The room can't be reached just now. It is tried again.");
  }
});
