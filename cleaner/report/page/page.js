// What is looked at: with the record and the decisions, everything on the page follows from it.
const chosen = { view: "inline", current: null, hidden: new Set(), floor: 0, source: "" };
const past = [];

const texts = new Map(all("[data-text]").map((text) => [text.dataset.text, text]));
const numbered = (number) => items[number - 1];
for (const item of items) Object.assign(item, { marks: [], off: false });
for (const row of all(".row")) numbered(row.dataset.n).row = row;
const collect = (root) => all(".mark", root).forEach((mark) => numbered(mark.dataset.n).marks.push(mark));

// Decisions: every one goes through decide, and back through undo.
function decide(changes, said) {
  past.push(changes.map(([item]) => [item, decided.get(item)]));
  put(changes);
  say(said);
}

function undo() {
  const last = past.pop();
  if (!last) return say("Nothing to undo");
  put(last);
  select(last[0][0], { focus: true });
  say(last.length === 1 ? "Undone" : `${last.length} decisions undone`);
}

function put(changes) {
  for (const [item, decision] of changes) {
    if (decision) decided.set(item, decision);
    else decided.delete(item);
    paint(item);
  }
  filter();
  keep(changes.map(([item]) => item));
}

function judge(decision) {
  const item = chosen.current;
  if (!item) return say("Choose a change first: press j");
  const changes = [[item, decision]];
  // An article that was changed for the sake of this word goes back with it.
  const article = items[items.indexOf(item) - 1];
  const serves = article?.source === "agreement" && item.start - article.end <= 1 && !decided.has(article);
  if (decision.verdict === "rejected" && item.applied && serves) changes.push([article, rejected(article)]);
  decide(changes, `${visible(item.before)}: ${decision.verdict}`);
  forward();
}

function judgeAll(which, decision) {
  const changes = which.filter((item) => !decided.has(item)).map((item) => [item, decision(item)]);
  if (!changes.length) return say("All of them are reviewed");
  decide(changes, `${changes.length} ${changes[0][1].verdict}`);
  forward();
}

const key = (item) => JSON.stringify([item.before.toLowerCase(), item.proposed.toLowerCase()]);
const alike = (item) => items.filter((other) => key(other) === key(item));
const judgeAlike = (decision) => chosen.current && judgeAll(alike(chosen.current), decision);

// On to the next that is not reviewed, from the top again after the last.
function forward() {
  const at = items.indexOf(chosen.current);
  const open = (item) => passes(item) && !decided.has(item);
  const next = items.find((item, n) => n > at && open(item)) ?? items.find(open);
  if (next) return select(next, { focus: true });
  select(chosen.current, { focus: true });
  if (decided.size === items.length) say(`All ${items.length} reviewed`);
}

// What an item looks like: its marks in the text, and its row.
const glyphs = { accepted: "✓", rejected: "✕", edited: "✎" };

function paint(item) {
  const verdict = verdictOf(item), after = afterOf(item);
  const role = after === item.before ? `: ${item.applied ? "not changed" : `suggestion: ${visible(item.proposed)}`}` : `, changed to ${visible(after)}`;
  for (const mark of item.marks) {
    mark.classList.remove("accepted", "rejected", "edited");
    if (verdict !== "undecided") mark.classList.add(verdict);
    mark.replaceChildren(...pieces(item.before, after));
    mark.setAttribute("aria-label", `${visible(item.before)}${role}, ${item.kind}, ${verdict === "undecided" ? percent(item.confidence) : verdict}`);
  }
  find("ins", item.row).textContent = visible(verdict === "edited" ? after : item.proposed);
  const sign = glyphs[verdict] ? [make("span", { ariaHidden: "true" }, glyphs[verdict]), make("span", { className: "sr" }, ` ${verdict}`)] : [];
  find(".verdict", item.row).replaceChildren(...sign);
}

function pieces(before, after) {
  const piece = (tag, text) => {
    const made = make(tag, {}, shown(text));
    if (unseen(text)) made.dataset.unseen = unseen(text);
    return made;
  };
  if (before === after) return [piece("span", before)];
  return [before && piece("del", before), after && piece("ins", after)].filter(Boolean);
}

// Filters.
const passes = (item) =>
  !chosen.hidden.has(item.kind) &&
  !(chosen.hidden.has("suggestions") && !item.applied) &&
  !(chosen.hidden.has("decided") && decided.has(item)) &&
  Math.round(item.confidence * 100) >= chosen.floor &&
  (!chosen.source || item.source === chosen.source);

let open = items;
function filter() {
  open = items.filter(passes);
  const kept = new Set(open);
  for (const item of items) {
    const off = !kept.has(item);
    if (off === item.off) continue;
    item.off = item.row.hidden = off;
    for (const mark of item.marks) mark.classList.toggle("off", off);
  }
  if (chosen.current?.off) select(null);
  count();
  roam();
}

function count() {
  if (!items.length) return;
  const at = open.indexOf(chosen.current) + 1;
  const left = open.filter((item) => !decided.has(item)).length;
  find("#count").textContent = `${at || "–"} of ${open.length.toLocaleString("en")}`;
  find("#progress").textContent = `${decided.size.toLocaleString("en")} of ${items.length.toLocaleString("en")} reviewed`;
  find("progress").value = decided.size;
  for (const [name, verb] of [["acceptShown", "Accept"], ["rejectShown", "Reject"]]) {
    const button = find(`[data-do=${name}]`);
    button.textContent = `${verb} ${left.toLocaleString("en")} shown`;
    button.disabled = !left;
  }
  find("[data-do=undo]").disabled = !past.length;
}

// One mark of the text is in the tab order: the current one, or the first that is shown.
let roaming;
function roam() {
  if (roaming) roaming.tabIndex = -1;
  roaming = inView(chosen.current) ?? inView(open.find((item) => item.marks.length));
  if (roaming) roaming.tabIndex = 0;
}

const inView = (item) => item?.marks.findLast((mark) => texts.get(chosen.view).contains(mark));

// Selection: the current change in the text and in the list, and its card.
function select(item, { scroll = true, focus = false } = {}) {
  lit(chosen.current, false);
  chosen.current = item;
  lit(item, true);
  count();
  roam();
  const mark = inView(item);
  const within = document.activeElement.closest?.("#card [data-do]")?.dataset.do;
  find("#card").hidden = !item;
  find("#card").replaceChildren(...(item ? card(item) : []));
  if (!item) return;
  if (scroll) mark?.scrollIntoView({ block: "nearest" });
  reveal(item.row);
  // Whoever works with the buttons of the card stays there.
  const again = within && find(`#card [data-do=${within}]`);
  if (again) again.focus({ preventScroll: true });
  else if (focus) mark?.focus({ preventScroll: true });
}

function lit(item, on) {
  for (const element of item ? [...item.marks, item.row] : []) {
    element.classList.toggle("on", on);
    if (on) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
  }
}

// Scrolls the list alone; scrollIntoView would move the text as well.
function reveal(row) {
  const list = find("#list"), frame = list.getBoundingClientRect(), box = row.getBoundingClientRect();
  const above = box.top - frame.top - find("h2", list).offsetHeight;
  const below = box.bottom - Math.min(frame.bottom, innerHeight);
  if (above < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}

function move(step) {
  if (!open.length) return;
  const at = open.indexOf(chosen.current);
  const next = at < 0 ? (step > 0 ? 0 : open.length - 1) : Math.min(Math.max(at + step, 0), open.length - 1);
  select(open[next], { focus: true });
}

// The reviewer's own words: Enter takes them, Escape leaves all as it was.
function edit() {
  const item = chosen.current;
  if (!item) return say("Choose a change first: press j");
  const area = make("textarea", { rows: 1, dir: "auto", value: decided.get(item)?.after ?? item.proposed });
  const begun = area.value;
  area.setAttribute("aria-label", `Instead of ${visible(item.before)}`);
  const done = () => judge(area.value === begun ? (decided.get(item) ?? accepted(item)) : worded(item, area.value));
  const leave = () => select(item, { focus: true });
  area.addEventListener("keydown", (event) => {
    if (event.isComposing || event.shiftKey || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") done();
    else leave();
  });
  const take = make("button", { type: "button", onclick: done }, "Use these words");
  find("#card .verdicts").replaceChildren(area, take, make("button", { type: "button", onclick: leave }, "Cancel"));
  area.focus();
  area.select();
}

function choose(number) {
  const other = chosen.current?.alternatives[number - 1];
  if (other) judge(worded(chosen.current, other.text));
  else say(`There is no reading ${number}`);
}

// Views: the two sides are copies of the paragraphs, made when first asked for.
function show(view) {
  const text = texts.get(view);
  if (view === "sides" && text.childElementCount === 1) {
    const copy = (paragraph, side) => {
      const clone = paragraph.cloneNode(true);
      clone.classList.add(side);
      clone.classList.remove("spaced");
      return clone;
    };
    for (const paragraph of texts.get("inline").children) {
      const spaced = paragraph.classList.contains("spaced") ? "pair spaced" : "pair";
      text.append(make("div", { className: spaced }, copy(paragraph, "was"), copy(paragraph, "now")));
    }
    collect(text);
  }
  const reading = document.activeElement.matches(".mark");
  chosen.view = view;
  for (const [name, each] of texts) each.hidden = name !== view;
  for (const each of all("[data-view]")) each.setAttribute("aria-pressed", each.dataset.view === view);
  roam();
  const mark = inView(chosen.current);
  mark?.scrollIntoView({ block: "center" });
  if (reading) mark?.focus({ preventScroll: true });
}

const say = (text) => (find("#say").textContent = text);
const visit = (rel) => {
  const link = find(`a[rel=${rel}]`);
  if (link) link.click();
  else say(rel === "next" ? "This is the last text" : "This is the first text");
};

// What the reviewer does: buttons by their name, keys by their letter.
const actions = {
  on: () => move(1),
  back: () => move(-1),
  accept: () => judge(chosen.current && accepted(chosen.current)),
  reject: () => judge(chosen.current && rejected(chosen.current)),
  acceptAlike: () => judgeAlike(accepted),
  rejectAlike: () => judgeAlike(rejected),
  acceptShown: () => judgeAll(open, accepted),
  rejectShown: () => judgeAll(open, rejected),
  edit, undo, save,
  help: () => find("#keys").showModal(),
  turn: () => show(chosen.view === "inline" ? "sides" : "inline"),
  close: () => select(null),
  next: () => visit("next"),
  previous: () => visit("prev"),
};
const keys = { j: "on", k: "back", a: "accept", r: "reject", A: "acceptAlike", R: "rejectAlike", e: "edit", u: "undo", v: "turn", "?": "help", Escape: "close", ...(record.save ? { n: "next", p: "previous" } : { s: "save" }) };

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button, .mark");
  if (!pressed) return;
  const { do: action, view, hide } = pressed.dataset;
  if (pressed.matches(".mark")) {
    event.preventDefault();
    select(numbered(pressed.dataset.n), { scroll: false, focus: true });
  } else if (pressed.closest(".row")) {
    select(numbered(pressed.closest(".row").dataset.n));
  } else if (view) {
    show(view);
  } else if (hide) {
    const on = pressed.getAttribute("aria-pressed") !== "true";
    pressed.setAttribute("aria-pressed", on);
    chosen.hidden[on ? "delete" : "add"](hide);
    filter();
  } else if (action?.startsWith("choose")) {
    choose(Number(action.slice(6)));
  } else if (action) {
    actions[action]();
  }
});
document.addEventListener("keydown", (event) => {
  if (!find("#shortcuts").checked || find("#keys").open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("select, textarea, input:not([type=range])")) return;
  const digit = /^[1-9]$/.test(event.key);
  if (!digit && !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  if (digit) choose(Number(event.key));
  else actions[keys[event.key]]();
});
let pending = 0;
find("#floor")?.addEventListener("input", ({ target }) => {
  chosen.floor = Number(target.value);
  find("output[for=floor]").textContent = `${target.value}%`;
  cancelAnimationFrame(pending);
  pending = requestAnimationFrame(filter);
});
find("#source")?.addEventListener("change", ({ target }) => {
  chosen.source = target.value;
  filter();
});

// Start: what was decided before, then the first that was not.
const tools = find(".tools");
tools.hidden = false;
new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${tools.offsetHeight}px`)).observe(tools);
collect(document);
for (const item of items) for (const mark of item.marks) mark.tabIndex = -1;
for (const [item, decision] of kept()) decided.set(item, decision);
decided.forEach((_, item) => paint(item));
filter();
const asked = numbered(location.hash.match(/^#c(\d+)$/)?.[1]);
const first = items.find((item) => !decided.has(item)) ?? items[0];
if (asked ?? first) select(asked ?? first, { scroll: Boolean(asked) || decided.size > 0 });
