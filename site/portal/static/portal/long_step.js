// Shows how far the worker is with a decision. Without this module a link loads the page again.

const SECONDS = 1;
const LONGEST_SECONDS = 30;
const place = document.querySelector("[data-step]");
let seconds = SECONDS;

async function look() {
  try {
    const answer = await fetch(place.dataset.step);
    if (answer.redirected || answer.status === 204) return location.reload();
    if (!answer.ok) throw new Error(answer.statusText);
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...told.body.childNodes);
    seconds = SECONDS;
  } catch {
    // The server is away for a moment: what is shown stays, and is asked for again later.
    seconds = Math.min(seconds * 2, LONGEST_SECONDS);
  }
  setTimeout(look, seconds * 1000);
}

setTimeout(look, seconds * 1000);
