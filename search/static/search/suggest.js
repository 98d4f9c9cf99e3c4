// Suggestions under a search box: a combobox with a list (ARIA 1.2). Whatever keeps them away – a
// slow line, no line, a refusal – leaves the box what it is without this module: a form.

const PAUSE = 150;
const PATIENCE = 3000;
const LEAST_LETTERS = 2;

export function suggestFor(form) {
  new Combobox(form, form.querySelector("input[name=q]"));
}

class Combobox {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.words = form.dataset;
    this.active = -1;
    this.items = [];
    this.list = made("ul", "suggestions", { role: "listbox", "aria-label": this.words.label });
    this.list.id = `${input.id}-suggestions`;
    this.list.hidden = true;
    this.status = made("p", "visually-hidden", { role: "status" });
    form.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus, or the list would be gone before the finger is lifted.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("li")));
    form.addEventListener("submit", () => this.close());
    if (input.value !== input.defaultValue) this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.input.value.trim();
    if (text.length < LEAST_LETTERS) return this.close();
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    const request = (this.request = new AbortController());
    const address = `${this.words.from}?q=${encodeURIComponent(text)}`;
    setTimeout(() => request.abort(), PATIENCE);
    try {
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok) this.show((await answer.json()).items);
    } catch (error) {
      // Newer words, no patience, or no line: the box works without.
      if (error.name !== "AbortError" && error.name !== "TypeError") throw error;
    }
  }

  show(items) {
    if (document.activeElement !== this.input) return;
    this.items = items;
    this.list.replaceChildren(...items.map((item, place) => this.option(item, place)));
    this.activate(-1);
    this.open(items.length > 0);
    this.status.textContent = items.length
      ? `${this.words.found} ${items.length}. ${this.words.how}`
      : this.words.none;
  }

  option(item, place) {
    const option = made("li", "suggestions__item", { role: "option", "aria-selected": "false" });
    option.id = `${this.list.id}-${place}`;
    option.dataset.place = place;
    const name = made("span", "suggestions__name", { lang: "vi" });
    name.textContent = item.name;
    const detail = made("span", "suggestions__detail");
    detail.textContent = [this.words[item.kind], item.detail].filter(Boolean).join(" · ");
    option.append(name, detail);
    return option;
  }

  press(event) {
    // Keys that a Vietnamese keyboard uses to put a word together are its own.
    if (event.isComposing) return;
    // An empty box is asked for what people use most.
    if (this.list.hidden && event.key === "ArrowDown") this.ask(this.input.value.trim());
    if (this.list.hidden) return;
    const last = this.items.length - 1;
    if (event.key === "ArrowDown") this.activate(this.active < last ? this.active + 1 : -1);
    else if (event.key === "ArrowUp") this.activate(this.active < 0 ? last : this.active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.list.children[this.active]);
    else return;
    event.preventDefault();
  }

  activate(place) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.list.children[place];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(option) {
    if (option) location.assign(this.words.root + this.items[option.dataset.place].path);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.activate(-1);
    this.open(false);
    this.status.textContent = "";
  }
}

function made(tag, className, attributes = {}) {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
