import { find, say, tell } from "./room.js";

async function enter(token) {
  say(find("said"), "");
  try {
    await tell("/room/enter", { token });
    location.replace(location.pathname);
  } catch (error) {
    say(find("said"), error.status === 429 ? "Too many wrong tokens. Wait a minute, then try again." : error.status === 403 ? "That token isn't known here. Look at it again." : "The room can't be reached. Try again.");
    find("token").focus();
  }
}

find("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  enter(find("token").value);
});

const given = decodeURIComponent(location.hash.slice(1));
if (given) {
  history.replaceState(null, "", location.pathname); // a token isn't left in the address
  find("token").value = given;
  enter(given);
}
