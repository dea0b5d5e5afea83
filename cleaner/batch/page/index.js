"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const FIRST = 200; // rows that are laid out before someone asks for more

  // A table: all rows in the order asked for, those that pass its filter, and how many of them are shown.
  function tend(table) {
    const body = find("tbody", table), heads = all("th", table);
    const rows = all("tr", body);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    let order = rows.map((_, at) => at), wanted = "", whole = false;
    const more = Object.assign(document.createElement("button"), { type: "button", className: "more" });
    table.parentElement.after(more);

    function show() {
      const passing = order.filter((at) => texts[at].includes(wanted));
      const shown = whole ? passing : passing.slice(0, FIRST);
      body.replaceChildren(...shown.map((at) => rows[at]));
      more.hidden = shown.length === passing.length;
      more.textContent = `Show all ${passing.length.toLocaleString("en")}`;
    }

    const value = (row, column) => {
      const cell = row.cells[column];
      if (!cell.classList.contains("n")) return cell.textContent.trim().toLowerCase();
      return Number(cell.dataset.v ?? cell.textContent.replaceAll(",", ""));
    };

    function sort(column) {
      const now = heads[column].getAttribute("aria-sort");
      const up = now ? now === "descending" : !heads[column].classList.contains("n");
      const values = rows.map((row) => value(row, column));
      const compare = (one, other) => (values[one] < values[other] ? -1 : values[one] > values[other] ? 1 : one - other);
      order.sort((one, other) => (up ? compare(one, other) : compare(other, one)));
      heads.forEach((head, at) => (at === column ? head.setAttribute("aria-sort", up ? "ascending" : "descending") : head.removeAttribute("aria-sort")));
      show();
    }

    heads.forEach((head, column) => {
      if (head.textContent === "Reject" || head.textContent === "In context") return;
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
      button.addEventListener("click", () => sort(column));
      head.replaceChildren(button);
    });
    more.addEventListener("click", () => {
      whole = true;
      show();
    });
    const filter = find(`[data-filter=${table.dataset.table}]`);
    filter.hidden = false;
    filter.addEventListener("input", () => {
      wanted = filter.value.trim().toLowerCase();
      show();
    });
    show();
    return rows;
  }

  // Rejections: what is ticked, against what was ticked when it was last saved.
  const pairs = JSON.parse(find("#pairs").textContent);
  const boxes = all("[data-pair]");
  const bar = find(".save");
  const ticked = () => boxes.filter((box) => box.checked);
  const line = (box) => `${pairs[box.dataset.pair].map(escaped).join("\t")}\n`;
  const escaped = (text) =>
    text.replace(/\\/g, "\\\\").replace(/\t/g, "\\t").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/^#/, "\\#");
  const written = () => ticked().map(line).sort().join("");
  const before = written();
  let saved = before;

  function tell() {
    const count = ticked().length, now = written();
    bar.hidden = now === before && now === saved;
    find("p", bar).textContent = `${count} ${count === 1 ? "substitution" : "substitutions"} rejected, ${now === saved ? "saved" : "not saved yet"}`;
  }

  function save() {
    const url = URL.createObjectURL(new Blob([written()], { type: "text/tab-separated-values" }));
    Object.assign(document.createElement("a"), { href: url, download: "rejections.tsv" }).click();
    URL.revokeObjectURL(url);
    saved = written();
    tell();
  }

  all("[data-table]").forEach(tend);
  boxes.forEach((box) => box.addEventListener("change", tell));
  find("button", bar).addEventListener("click", save);
  addEventListener("beforeunload", (event) => written() === saved || event.preventDefault());
  tell();
})();
