// The card of a change: built when it is opened, so that long texts stay quick.
function card(item) {
  const verdict = verdictOf(item), after = afterOf(item), others = alike(item);
  const words = make("p", { className: `words ${item.kind}`, dir: "auto" }, make("del", {}, visible(item.before)), arrow(), make("ins", {}, visible(verdict === "edited" ? after : item.proposed)));
  const standing = { accepted: "accepted", rejected: "rejected", edited: "your words", undecided: item.applied ? "applied, not reviewed" : "suggested, not applied" }[verdict];
  const what = make("p", { className: `what ${item.kind}` }, make("b", {}, item.kind), ` by ${item.source}, ${percent(item.confidence)} sure; ${standing}`);
  const parts = [words, what, verdicts(verdict)];
  if (others.length > 1) parts.push(make("p", { className: "alike" }, `${others.length} places: `, button("acceptAlike", "Accept all", "A"), button("rejectAlike", "Reject all", "R")));
  if (item.alternatives.length) parts.push(readings(item, after));
  const terms = item.reason.filter(([, value]) => value);
  parts.push(terms.length ? reasons(terms) : make("p", { className: "what" }, "A rule decided alone: there are no score terms."));
  return parts;
}

const arrow = () => make("span", {}, " ", make("span", { className: "arrow", ariaHidden: "true" }, "→"), make("span", { className: "sr" }, "to"), " ");

function button(name, label, letter, pressed) {
  const made = make("button", { type: "button" }, label, " ", make("kbd", { ariaHidden: "true" }, letter));
  made.dataset.do = name;
  made.setAttribute("aria-keyshortcuts", letter.length > 1 || letter.toLowerCase() === letter ? letter : `Shift+${letter}`);
  if (pressed !== undefined) made.setAttribute("aria-pressed", pressed);
  return made;
}

const verdicts = (verdict) =>
  make("div", { className: "verdicts" }, button("accept", "Accept", "a", verdict === "accepted"), button("reject", "Reject", "r", verdict === "rejected"), button("edit", "Edit", "e", verdict === "edited"));

function readings(item, after) {
  const rows = item.alternatives.map((other, at) => {
    const label = make("span", { dir: "auto" }, visible(other.text));
    const choose = make("button", { type: "button" }, make("kbd", { ariaHidden: "true" }, at < 9 ? `${at + 1}` : ""), label, ...(other.text === item.before ? [make("small", {}, "as it stood")] : []), make("span", { className: "sure" }, percent(other.probability)));
    choose.dataset.do = `choose${at + 1}`;
    choose.setAttribute("aria-pressed", decided.has(item) && other.text === after);
    return make("li", {}, choose);
  });
  return make("div", { className: "readings" }, make("p", {}, "Also weighed"), make("ol", {}, ...rows));
}

function reasons(terms) {
  const total = terms.reduce((sum, [, value]) => sum + value, 0), ends = [0];
  for (const [, value] of terms) ends.push(ends.at(-1) + value);
  const low = Math.min(...ends), span = Math.max(...ends) - low || 1;
  const place = (value) => `${((value - low) / span) * 100}%`;
  const bar = (from, to, name) => {
    const fill = make("i", { className: name });
    fill.style.left = place(Math.min(from, to));
    fill.style.width = `${(Math.abs(to - from) / span) * 100}%`;
    const whole = make("span", { className: "bar", ariaHidden: "true" }, fill);
    whole.style.setProperty("--zero", place(0));
    return whole;
  };
  const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
  const row = (label, fill, value) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, label), make("td", {}, fill), make("td", {}, signed(value)));
  const rows = terms.map(([name, value], at) => row(name, bar(ends[at], ends[at + 1], value < 0 ? "minus" : "plus"), value));
  const sum = row("sum", bar(0, total, "total"), total);
  sum.className = "sum";
  const caption = `Reason, in log-odds: ${percent(1 / (1 + Math.exp(-total)))} before calibration`;
  return make("table", {}, make("caption", {}, caption), make("tbody", {}, ...rows, sum));
}
