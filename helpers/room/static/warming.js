import { ask, every } from "./room.js";

// The page that was asked for, once there is somebody who gives it.
every(1, async () => {
  const { ready } = await ask("/room/state");
  if (ready) location.reload();
});
