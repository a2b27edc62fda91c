// The list of findings: only the rows on screen are in the page, and only the chunks they come from are parsed.
// Everything from data goes in as text, never as markup.
"use strict";
(() => {
  const ROW = 68, ROWS_AT_MOST = 400000, PRINTED_AT_MOST = 2000;
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at("index").textContent);
  const sources = document.querySelectorAll("script.chunk");
  const chunks = new Array(sources.length);
  const total = data.rule.length;
  const severities = ["error", "warning", "notice"];
  let zh = document.documentElement.lang !== "en";
  let shown = [], selected = -1, wanted = { severity: "", body: "", rule: "", text: "" }, searching = 0;

  const say = (chinese, english) => (zh ? chinese : english);
  const both = (pair) => pair[zh ? 0 : 1];
  const finding = (number) => {
    const chunk = Math.floor(number / data.size);
    chunks[chunk] ??= JSON.parse(sources[chunk].textContent);
    const [place, file, text, header, value, around, row, meant, facts] = chunks[chunk][number % data.size];
    return {
      number, place, text, header, value, around, row, meant, facts, file: data.files[file],
      severity: severities[data.severity[number]], rule: data.rules[data.rule[number]], body: data.bodies[data.body[number]],
    };
  };
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const severityName = (severity) =>
    ({ error: say("错误", "error"), warning: say("警告", "warning"), notice: say("提示", "notice") })[severity];
  const bodyName = (body) => body || say("(未注明单位)", "(no body named)");

  // The list.
  const list = at("list"), rows = at("rows");
  function draw() {
    const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
    const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 5);
    rows.style.transform = `translateY(${first * ROW}px)`;
    rows.replaceChildren(...shown.slice(first, last).map((number, offset) => line(number, first + offset)));
    if (selected >= first && selected < last) list.setAttribute("aria-activedescendant", `row-${selected}`);
    else list.removeAttribute("aria-activedescendant");
  }
  function line(number, position) {
    const found = finding(number);
    const row = make("div", undefined, `row ${found.severity}${found.facts.suppressed ? " suppressed" : ""}`);
    row.id = `row-${position}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(position === selected));
    row.setAttribute("aria-setsize", String(shown.length));
    row.setAttribute("aria-posinset", String(position + 1));
    row.setAttribute("aria-label", `${severityName(found.severity)} ${both(found.text)} ${both(found.place)}`);
    row.append(make("p", both(found.text)), make("p", [bodyName(found.body), found.file, both(found.place)].filter(Boolean).join(" · ")));
    row.addEventListener("click", () => select(position));
    return row;
  }
  function select(position) {
    if (!shown.length) return;
    selected = Math.max(0, Math.min(shown.length - 1, position));
    const top = selected * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
    draw();
    at("detail").replaceChildren(...detail(finding(shown[selected])));
  }
  list.addEventListener("scroll", () => requestAnimationFrame(draw));
  list.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
    const moves = { ArrowDown: selected + 1, ArrowUp: selected - 1, PageDown: selected + page, PageUp: selected - page, Home: 0, End: shown.length - 1 };
    if (event.key === "Enter" || event.key === " ") at("detail").focus();
    else if (event.key in moves) select(moves[event.key]);
    else return;
    event.preventDefault();
  });

  // One finding.
  function detail(found) {
    const head = make("h3");
    head.append(make("span", severityName(found.severity), `badge ${found.severity}`), both(found.text));
    const parts = [head];
    if (found.around.length) parts.push(sheet(found));
    const facts = make("dl");
    const fact = (name, value, mark) => {
      if (!value) return;
      facts.append(make("dt", name));
      const cell = make("dd");
      for (const piece of value.split(mark || /(?!)/)) {
        if (cell.childNodes.length) cell.append(make("span", data.mark[zh ? 0 : 1], "unverified"));
        cell.append(piece);
      }
      facts.append(cell);
    };
    fact(say("单位", "Body"), bodyName(found.body));
    fact(say("文件", "File"), found.file);
    fact(say("位置", "Place"), both(found.place));
    if (!found.around.length) fact(say("原值", "Value"), found.value);
    fact(say("应为", "Expected"), found.facts.expected && both(found.facts.expected));
    fact(say("实为", "Actual"), found.facts.actual && both(found.facts.actual));
    fact(say("相差", "Difference"), found.facts.difference && both(found.facts.difference));
    fact(say("依据", "Basis"), both(found.rule.basis), data.mark[zh ? 0 : 1]);
    fact(say("怎么改", "How to mend"), both(found.rule.mend));
    fact(say("共同原因", "Common cause"), found.facts.cause && both(found.facts.cause));
    fact(say("与上次相比", "Compared"), found.facts.baseline && both(found.facts.baseline));
    fact(say("已豁免", "Suppressed"), found.facts.suppressed && both(found.facts.suppressed));
    fact(say("规则", "Rule"), `${found.rule.id} ${both(found.rule.title)}`);
    parts.push(facts);
    return parts;
  }
  function sheet(found) {
    const table = make("table"), letters = make("tr"), heads = make("tr", undefined, "head"), values = make("tr");
    const named = found.around.some(([, cell]) => cell);
    letters.append(make("th"));
    heads.append(make("th", "", "rownumber"));
    values.append(make("th", found.row ? String(found.row) : "", "rownumber"));
    found.around.forEach(([header, cell, value], position) => {
      letters.append(make("th", cell ? cell.replace(/[0-9]+$/, "") : ""));
      heads.append(make("td", header));
      const td = make("td", value, position === found.meant ? "meant" : undefined);
      if (position === found.meant) td.setAttribute("aria-label", `${say("问题所在", "the cell meant")}: ${value}`);
      values.append(td);
    });
    if (named) { const top = make("thead"); top.append(letters); table.append(top); }
    const body = make("tbody");
    body.append(heads, values);
    table.append(body);
    const box = make("div", undefined, "sheet");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", say("单元格及其周围", "The cell and its surroundings"));
    box.append(table);
    return box;
  }

  // Filters.
  const fields = { severity: at("f-severity"), body: at("f-body"), rule: at("f-rule"), text: at("f-text") };
  function options(select, names, value) {
    const all = make("option", say("全部", "all"));
    all.value = "";
    select.replaceChildren(all, ...names.map(([key, name]) => { const option = make("option", name); option.value = key; return option; }));
    select.value = value;
  }
  function fill() {
    const counts = (column) => column.reduce((map, key) => map.set(key, (map.get(key) || 0) + 1), new Map());
    const listed = (column, name) => [...counts(column)].sort((a, b) => b[1] - a[1]).map(([key, count]) => [String(key), `${name(key)} (${count})`]);
    options(fields.severity, [...counts(data.severity)].sort().map(([key, count]) => [String(key), `${severityName(severities[key])} (${count})`]), wanted.severity);
    options(fields.body, listed(data.body, (key) => bodyName(data.bodies[key])), wanted.body);
    options(fields.rule, listed(data.rule, (key) => both(data.rules[key].title)), wanted.rule);
  }
  const haystack = (found) => [...found.text, ...found.place, found.file, found.body, found.value, found.rule.id, ...found.around.map((cell) => cell[2])].join("\n").toLowerCase();
  function filter() {
    const turn = ++searching, text = wanted.text.trim().toLowerCase(), kept = [];
    let next = 0;
    const is = (column, key) => wanted[key] === "" || column === Number(wanted[key]);
    // A search reads every chunk: in slices, so that the page answers meanwhile.
    const slice = () => {
      if (turn !== searching) return;
      const until = performance.now() + 30;
      for (; next < total && (next % 256 || performance.now() < until); next += 1) {
        if (!is(data.severity[next], "severity") || !is(data.body[next], "body") || !is(data.rule[next], "rule")) continue;
        if (!text || haystack(finding(next)).includes(text)) kept.push(next);
      }
      if (next < total) {
        at("count").textContent = say(`正在搜索 ${next} / ${total}…`, `searching ${next} / ${total}…`);
        setTimeout(slice);
        return;
      }
      show(kept);
    };
    slice();
  }
  function show(kept) {
    const hidden = Math.max(0, kept.length - ROWS_AT_MOST);
    shown = hidden ? kept.slice(0, ROWS_AT_MOST) : kept;
    at("space").style.height = `${shown.length * ROW}px`;
    list.scrollTop = 0;
    selected = -1;
    const more = hidden ? say(`;只列出前 ${ROWS_AT_MOST} 条,请用筛选缩小范围`, `; the first ${ROWS_AT_MOST} are listed, filter to see others`) : "";
    at("count").textContent = say(`${kept.length} / ${total} 条${more}`, `${kept.length} of ${total}${more}`);
    draw();
    if (shown.length) select(0);
    else at("detail").replaceChildren(make("p", say("没有符合条件的问题", "no finding like that"), "note"));
  }
  for (const [name, field] of Object.entries(fields)) {
    field.addEventListener(name === "text" ? "input" : "change", () => { wanted[name] = field.value; filter(); });
  }
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  document.querySelector(".filters").addEventListener("reset", () => {
    wanted = { severity: "", body: "", rule: "", text: "" };
    setTimeout(() => { fill(); filter(); });
  });
  document.querySelectorAll(".heat button").forEach((button) => button.addEventListener("click", () => {
    wanted = { severity: "", body: button.dataset.body, rule: button.dataset.rule, text: "" };
    fields.text.value = "";
    fill();
    filter();
    at("findings").scrollIntoView();
    list.focus({ preventScroll: true });
  }));

  // A view has an address: #severity=0&body=2&rule=1&text=…&lang=en, so that it can be handed on.
  function arrive() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (![...asked.keys()].some((name) => name in wanted || name === "lang")) return;
    for (const name of Object.keys(wanted)) wanted[name] = asked.get(name) ?? "";
    if (asked.has("lang")) zh = asked.get("lang") !== "en";
    fields.text.value = wanted.text;
  }
  addEventListener("hashchange", () => { arrive(); speak(); });

  // Language and paper.
  function speak() {
    document.documentElement.lang = zh ? "zh" : "en";
    at("language").textContent = say("English", "中文");
    at("language").lang = say("en", "zh");
    fill();
    filter();
  }
  at("language").addEventListener("click", () => { zh = !zh; speak(); });
  addEventListener("beforeprint", () => {
    const some = shown.slice(0, PRINTED_AT_MOST).map((number) => { const item = make("li"); item.append(...detail(finding(number))); return item; });
    const rest = shown.length - some.length;
    if (rest > 0) some.push(make("li", say(`另有 ${rest} 条没有打印,请先筛选`, `${rest} more are not printed; filter first`)));
    at("print").replaceChildren(...some);
  });
  addEventListener("afterprint", () => at("print").replaceChildren());
  addEventListener("resize", draw);
  arrive();
  speak();
  document.documentElement.dataset.ready = String(total);
})();
