// Enhancements only: every page works without this module.

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

const guarded = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (guarded.has(form)) {
    event.preventDefault();
    return;
  }
  guarded.add(form);
  // After this turn of the loop: a disabled button would not send its own name and value.
  setTimeout(() => setBusy(form, true));
});

// A page restored by the back button must be usable again.
addEventListener("pageshow", () => {
  guarded.forEach((form) => setBusy(form, false));
  guarded.clear();
});

function setBusy(form, busy) {
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = busy;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.querySelector("[data-copy-label]") ?? button;
    const before = label.textContent;
    label.textContent = button.dataset.copied;
    setTimeout(() => (label.textContent = before), 2000);
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () =>
    // Closing the sheet of the phone is an answer, not a fault.
    navigator
      .share({ title: button.dataset.shareTitle, url: button.dataset.share })
      .catch((refusal) => refusal.name === "AbortError" || Promise.reject(refusal)),
  );
}

// Who begins to type gets suggestions; nobody else loads them.
document.addEventListener("focusin", (event) => {
  const box = event.target.closest("form[data-suggest]");
  if (!box) return;
  const module = box.dataset.suggest;
  delete box.dataset.suggest;
  import(module).then(
    ({ suggestFor }) => suggestFor(box),
    // Without a line the box stays a form, and is asked again at the next focus.
    () => (box.dataset.suggest = module),
  );
});

const menus = document.querySelectorAll("details.menu");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
