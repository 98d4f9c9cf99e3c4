// Looks whether search is ready; who waits decides when to go on.

const PAUSE = 5000;
const waiting = document.querySelector("[data-retry]");

async function look() {
  // Without a line, or not ready yet: look again later.
  const answer = await fetch(waiting.dataset.retry, { method: "HEAD" }).catch(() => null);
  if (answer?.ok) waiting.textContent = waiting.dataset.ready;
  else setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
