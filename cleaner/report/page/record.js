// The record of the page, and what was decided: item to verdict and text.
const record = JSON.parse(find("#data").textContent);
const items = record.items;
const decided = new Map();

const verdictOf = (item) => decided.get(item)?.verdict ?? "undecided";
const afterOf = (item) => decided.get(item)?.after ?? (item.applied ? item.proposed : item.before);
const accepted = (item) => ({ verdict: "accepted", after: item.proposed });
const rejected = (item) => ({ verdict: "rejected", after: item.before });
const worded = (item, after) =>
  after === item.proposed ? accepted(item) : after === item.before ? rejected(item) : { verdict: "edited", after };

// Keeping: a page from disk keeps decisions in the browser and saves them as a file; a served one sends them home.
const spot = (item) => `${item.start}-${item.end}:${item.proposed}`;
const shelf = `cleaner:${record.source_sha256}`;
const unsent = new Map();

function keep(changed) {
  if (record.save) {
    for (const item of changed) unsent.set(item.number, { number: item.number, verdict: verdictOf(item), after: afterOf(item) });
    return send();
  }
  try {
    localStorage.setItem(shelf, JSON.stringify(Object.fromEntries([...decided].map(([item, each]) => [spot(item), each]))));
  } catch {
    say("This browser keeps no decisions: save them before you close the page");
  }
}

function kept() {
  if (record.save) return record.verdicts.map(({ number, verdict, after }) => [numbered(number), { verdict, after }]);
  try {
    const found = JSON.parse(localStorage.getItem(shelf)) ?? {};
    return items.filter((item) => Object.hasOwn(found, spot(item))).map((item) => [item, worded(item, String(found[spot(item)].after))]);
  } catch {
    return [];
  }
}

let sending = false, failed = false;
async function send() {
  if (sending || !unsent.size) return;
  sending = true;
  const sent = [...unsent];
  const body = JSON.stringify({ source_sha256: record.source_sha256, verdicts: sent.map(([, each]) => each) });
  try {
    const answer = await fetch(record.save, { method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive: body.length < 60_000 });
    if (!answer.ok) throw new Error(await answer.text());
    for (const [number, each] of sent) if (unsent.get(number) === each) unsent.delete(number);
    failed = false;
  } catch (error) {
    failed = true;
    find("#saved").textContent = `Not saved: ${error instanceof TypeError ? "cleaner review does not answer" : error.message}`;
  }
  sending = false;
  find("#saved").classList.toggle("failed", failed);
  if (failed) setTimeout(send, 2000);
  else if (unsent.size) send();
  else find("#saved").textContent = "All saved";
}
addEventListener("beforeunload", (event) => failed && event.preventDefault());

function save() {
  const decisions = items.map((item) => ({
    start: item.start, end: item.end, before: item.before, proposed: item.proposed,
    kind: item.kind, source: item.source, confidence: item.confidence, applied: item.applied,
    alternatives: item.alternatives, reason: Object.fromEntries(item.reason),
    verdict: verdictOf(item), after: afterOf(item),
  }));
  const { schema, name, source_sha256, spin_rate, dialect, spun } = record;
  const whole = JSON.stringify({ schema, name, source_sha256, spin_rate, dialect, spun, decisions }, null, 1);
  const url = URL.createObjectURL(new Blob([whole, "\n"], { type: "application/json" }));
  make("a", { href: url, download: `${name.split(/[/\\]/).at(-1)}.decisions.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  say("Decisions saved");
}
