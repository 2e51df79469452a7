"use strict";
/* The page: views with a list and a detail each, the address of what is selected, keys. */

const at = id => document.getElementById(id);

/* A list of many entries of one height, of which only those in sight are in the page. */
class LongList {
  constructor(element) {
    this.element = element;
    this.sheet = make("div", { class: "sheet" });
    element.append(this.sheet);
    element.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(element);
  }

  show(items, height, render) {
    Object.assign(this, { items, height, render, selected: -1 });
    this.element.style.setProperty("--row", height + "px");
    this.sheet.style.height = items.length * height + "px";
    this.drawn = null;
    this.draw();
  }

  draw() {
    const first = Math.max(0, Math.floor(this.element.scrollTop / this.height) - 4);
    const last = Math.min(this.items.length, first + Math.ceil(this.element.clientHeight / this.height) + 8);
    const key = `${first} ${last} ${this.selected}`;
    if (key === this.drawn)
      return;
    this.drawn = key;
    this.sheet.replaceChildren(...this.items.slice(first, last).map((item, i) => {
      const row = this.render(item);
      row.classList.add("row");
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(first + i === this.selected));
      row.style.top = (first + i) * this.height + "px";
      return row;
    }));
  }

  select(index) {
    this.selected = index;
    if (index >= 0) {
      const top = index * this.height;
      if (top < this.element.scrollTop || top + this.height > this.element.scrollTop + this.element.clientHeight)
        this.element.scrollTop = top - (this.element.clientHeight - this.height) / 2;
    }
    this.draw();
  }
}

const tag = (kind, text) => make("span", { class: "tag " + kind }, text);

function packetTags(packet) {
  const event = data.events[eventOf.get(packet.number)];
  return [errorsOf.has(packet.number) && tag("bad", errorsOf.get(packet.number).map(error => error.rule).join(", ")),
    packet.fate === "failed" && tag("bad", "failed"),
    event?.nothing && tag("warn", "changed nothing")];
}

/* Text of a packet: the opcode stands out. */
function packetText(packet) {
  const rest = packet.text.slice(packet.text.indexOf(" ") + 1 || packet.text.length);
  return [make("b", {}, packet.op), " ", rest];
}

function errorBox(error) {
  return make("div", { class: "error", id: "error-" + error.number },
    make("p", {}, tag("bad", error.rule), " ", error.text),
    error.holds ? make("p", { class: "holds" }, "what holds: ", error.holds, make("span", { class: "dim" }, ` [${error.source}]`)) : null);
}

/* Work that was done, and work that was not: a draw behind an error has no picture, but its place. */
const workNames = /^(CLEAR|DRAW|DRAW_INDEXED|DISPATCH|COPY_\w+|PRESENT\w*)$/;
const works = data.packets.filter(packet => workNames.test(packet.op)).map((packet, number) =>
  ({ number, packet, event: data.events[eventOf.get(packet.number)] ?? { packet: packet.number, kind: packet.op.split("_")[0].toLowerCase(), images: [] } }));
/* What "before" means: the work of the same kind, draw or dispatch, that came last. */
const lastOf = {};
for (const work of works) {
  work.event.before = lastOf[work.event.kind];
  if (work.event.state)
    lastOf[work.event.kind] = work;
}
const workOf = new Map(works.map(work => [work.packet.number, work.number]));

function workRow(work) {
  const picture = data.pictures[(work.event.images.find(image => image.picture !== undefined) ?? {}).picture];
  const changed = work.event.images.filter(image => image.changed).map(image => `${image.role}: ${image.changed.count} px`).join(", ");
  return make("a", { class: "work " + work.event.kind, href: "#draw=" + work.number },
    make("span", { class: "thumb" }, picture ? make("img", { alt: "", src: pngOf(picture.small ?? picture.png) }) : null),
    make("span", { class: "words" },
      make("span", { class: "place" }, make("b", {}, "#" + work.number), ` ${places(work.packet)}`),
      make("span", { class: "text" }, packetText(work.packet)),
      make("span", { class: "tags" }, packetTags(work.packet), work.packet.fate === "untouched" && tag("dim", "not executed"), changed ? tag("plain", changed) : null)));
}

/* Packets, with headings for submissions and with errors in place. */
function packetItems(packets) {
  const items = [];
  let submission = -1;
  for (const packet of packets) {
    if (packet.submission !== submission)
      items.push({ submission: submission = packet.submission });
    items.push({ packet });
    items.push(...(errorsOf.get(packet.number) ?? []).map(error => ({ error, of: packet })));
  }
  return items;
}

const fates = { done: ["✓", "executed"], failed: ["✗", "failed in execution"], untouched: ["·", "not executed"] };

function submissionText(number) {
  const s = data.submissions[number];
  return `submission ${number}: frame ${s.frame}, context ${s.context}, fence ${s.fence}, ${s.count} packets in ${s.bytes} bytes, ${s.allocations} allocations`;
}

function submissionFate(number) {
  const { first, count } = data.submissions[number];
  const isUntouched = data.packets.slice(first, first + count).every(packet => packet.fate === "untouched");
  return isUntouched ? tag("dim", "not executed") : null;
}

function packetRow(item) {
  if (item.submission !== undefined)
    return make("div", { class: "submission", title: submissionText(item.submission) }, submissionFate(item.submission), submissionText(item.submission));
  if (item.error)
    return make("a", { class: "packet-error", href: "#packet=" + item.of.number, title: item.error.text }, tag("bad", item.error.rule), " ", item.error.text);
  const packet = item.packet;
  return make("a", { class: "packet " + packet.fate, href: "#packet=" + packet.number, title: packet.text },
    make("span", { class: "fate", title: fates[packet.fate][1] }, fates[packet.fate][0]),
    make("span", { class: "offset" }, hex(packet.offset, 6)), make("span", { class: "text" }, packetText(packet)), packetTags(packet));
}

/* The first words of a buffer, in place of a picture. */
function firstWords(thing) {
  const bytes = bytesOf(thing.preview);
  const view = new DataView(bytes.buffer);
  const words = Array.from({ length: Math.min(4, bytes.length >> 2) }, (_, i) => view.getUint32(4 * i, true));
  return words.map(word => word.toString(16).padStart(8, "0")).join("\n");
}

function thingRow(thing) {
  const picture = data.pictures[thing.picture];
  return make("a", { class: "thing", href: `#${thing.kind === "shader" ? "shader" : "object"}=${thing.number}` },
    make("span", { class: "thumb" }, picture ? make("img", { alt: "", src: pngOf(picture.small ?? picture.png) }) : make("span", { class: "glyph" }, thing.preview ? firstWords(thing) : thing.kind)),
    make("span", { class: "words" },
      make("span", {}, make("b", {}, `${thing.kind} ${thing.handle}`), " ", thingTitle(thing)),
      make("span", { class: "place" }, thing.says.usage ?? "", thing.says.alloc_id ? ` in allocation ${thing.says.alloc_id}` : ""),
      make("span", { class: "place" }, `created ${packetName(thing.created)}` + (thing.destroyed === undefined ? "" : `, destroyed ${packetName(thing.destroyed)}`))));
}

const packetName = number => `${data.packets[number].submission}:${data.packets[number].index}`;

const frames = works.filter(work => work.event.kind === "present" && work.packet.fate === "done").map((work, number) => ({ ...work, number }));

function frameRow(frame) {
  const row = workRow(frame);
  row.setAttribute("href", "#frame=" + frame.number);
  return row;
}

/* Details. */

function around(work, step) {
  const other = works[work.number + step];
  return make("a", { class: "button", href: other && "#draw=" + other.number, "aria-disabled": String(!other) }, step < 0 ? "← k" : "j →");
}

function packetHead(packet, ...extra) {
  return make("div", { class: "head" },
    make("h2", {}, packet.op, " ", packetTags(packet), packet.fate === "untouched" && tag("dim", "not executed"), extra),
    make("p", { class: "place" }, `${places(packet)} (${hex(packet.offset)}), ${packet.bytes} bytes`),
    make("p", { class: "full" }, packet.text),
    (errorsOf.get(packet.number) ?? []).map(errorBox));
}

function workDetail(work) {
  const event = work.event;
  const doubts = suspicions(event);
  return [packetHead(work.packet, make("span", { class: "spacer" }), link("packet=" + work.packet.number, "in its stream"), around(work, -1), around(work, 1)),
    event.nothing ? make("div", { class: "nothing" }, make("b", {}, "This ", event.kind, " changed nothing."), " Every pixel of its targets is what it was before.") : null,
    work.packet.fate === "untouched" ? make("p", { class: "none" }, "Not executed: ", data.submissions[work.packet.submission].count ? whyUntouched(work.packet) : "") : null,
    doubts.length ? make("div", { class: "doubts" }, "Worth a look:", make("ul", {}, doubts.map(text => make("li", {}, text)))) : null,
    event.images.length ? imageViewer(event) : null,
    event.hash ? make("p", { class: "place" }, "frame hash ", make("code", {}, event.hash)) : null,
    event.state ? stateCards(event, event.before?.event).element : null];
}

function whyUntouched(packet) {
  if (data.device === null)
    return "there was no Vulkan device.";
  const first = data.errors.find(error => error.submission <= packet.submission);
  return first ? make("span", {}, "the replay stopped at ", first.packet === undefined ? "an error of a submission as a whole" : link("packet=" + first.packet, `an error (${first.rule})`),
    data.lenient ? "." : "; --lenient goes on.") : "the replay ended before it.";
}

function packetDetail(item) {
  if (item.submission !== undefined)
    return [make("h2", {}, submissionText(item.submission))];
  const packet = item.packet ?? item.of;
  const made = data.things.filter(thing => thing.created === packet.number || thing.destroyed === packet.number);
  const work = workOf.get(packet.number);
  return [packetHead(packet), make("p", {}, submissionText(packet.submission)),
    work !== undefined ? make("p", {}, link("draw=" + work, "picture and state after it")) : null,
    made.map(thing => make("p", {}, thing.created === packet.number ? "creates " : "destroys ", link("object=" + thing.number, `${thing.kind} ${thing.handle}`), " ", thingTitle(thing)))];
}

function thingDetail(thing) {
  const cards = new Cards(null);
  const says = thing.says;
  cards.card("Object").row("handle", `${thing.handle} (${hex(thing.handle)})`).row("is", thingTitle(thing));
  for (const name of ["stage", "usage", "pitch", "alloc_id"]) {
    if (says[name])
      cards.row(name.replace("_", " "), String(says[name]));
  }
  cards.row("created", packetLink(thing.created)).row("destroyed", packetLink(thing.destroyed));
  const uses = usesOf(thing);
  cards.row("used by draws", uses.slice(0, 40).map(number => [link("draw=" + number, "#" + number), " "]), uses.length > 40 ? `and ${uses.length - 40} more` : "");
  if (says.declares)
    cards.row("declares", ["b", "t", "s", "u"].flatMap(kind => says.declares[kind].map(slot => kind + slot)).join(" ") || "no slots");
  return [make("h2", {}, `${thing.kind} ${thing.handle}`), cards.element,
    thing.picture !== undefined ? imageViewer({ images: [{ role: "last seen", handle: thing.handle, thing: thing.number, picture: thing.picture }] }) : null,
    thing.preview ? [make("h3", {}, "first bytes, as last seen"), wordTable(bytesOf(thing.preview))] : null,
    says.elements ? elementTable(thing) : null,
    says.inputs ? signatureTable(says) : null,
    says.text !== undefined ? make("pre", {}, says.text) : null];
}

function elementTable(layout) {
  return make("table", { class: "words" }, make("tr", {}, ["semantic", "format", "slot", "byte", "per"].map(title => make("th", {}, title))),
    layoutElements(layout, layoutShader(layout)).map(e => make("tr", {}, [e.name, e.formatName, e.slot, e.offset, e.instanced ? `${e.step} instances` : "vertex"].map(v => make("td", {}, String(v))))));
}

function signatureTable(says) {
  const row = (kind, e) => make("tr", {}, make("td", {}, kind + (e.register > 31 ? "" : e.register)), make("td", {}, e.name + e.index),
    make("td", {}, "xyzw".split("").filter((_, i) => e.mask >> i & 1).join("")));
  return make("table", { class: "words" }, says.inputs.map(e => row("v", e)), says.outputs.map(e => row("o", e)));
}

/* The vertex shader that a layout was drawn with first: it has names for its elements. */
function layoutShader(layout) {
  const work = works.find(w => pooled(w.event.state)?.layout.thing === layout.number);
  return work && thingAt(pooled(work.event.state).stages.vs.shader);
}

function usesOf(thing) {
  const names = (value) => value !== null && typeof value === "object" && (value.thing === thing.number || Object.values(value).some(names));
  const known = new Map();
  return works.filter(({ event }) => {
    if (event.state && !known.has(event.state))
      known.set(event.state, names(pooled(event.state)));
    return event.images.some(image => image.thing === thing.number) || known.get(event.state);
  }).map(work => work.number);
}

/* Views: what is listed, how a row and the detail look, which choices there are. */
const everything = () => true;
const views = {
  draw: {
    title: "Draws", entries: works, height: 104, row: workRow, detail: workDetail, text: work => work.packet.text,
    choices: [["all work", everything], ["draws only", work => work.event.kind === "draw"], ["changed nothing", work => work.event.nothing],
      ["with errors", work => hasFailed(work.packet)]],
  },
  packet: {
    title: "Packets", entries: data.packets, height: 24, row: packetRow, detail: packetDetail, text: packet => packet.text, items: packetItems,
    choices: [["all packets", everything], ["work", packet => workOf.has(packet.number)], ["with errors", hasFailed], ["not executed", packet => packet.fate === "untouched"]],
  },
  object: {
    title: "Objects", entries: data.things, height: 72, row: thingRow, detail: thingDetail, text: thing => `${thing.kind} ${thing.handle} ${thingTitle(thing)} ${thing.says.usage ?? ""}`,
    choices: [["all objects", everything], ...["texture", "buffer", "layout", "sampler"].map(kind => [kind + "s", thing => thing.kind === kind])],
  },
  shader: {
    title: "Shaders", entries: data.things.filter(thing => thing.kind === "shader"), height: 72, row: thingRow, detail: thingDetail,
    text: thing => `${thing.handle} ${thingTitle(thing)} ${thing.says.text ?? ""}`, choices: [["all shaders", everything], ...["VERTEX", "PIXEL", "GEOMETRY", "COMPUTE"].map(stage =>
      [stage.toLowerCase(), thing => thing.says.stage === stage])],
  },
  frame: {
    title: "Frames", entries: frames, height: 104, row: frameRow, detail: workDetail, text: frame => frame.packet.text, choices: [["presented", everything]],
  },
};

let view = null;
let viewName = "";
let list = null;
const numberOf = item => (item.packet && viewName === "packet" ? item.packet : item).number;

function listEntries() {
  const words = at("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [, isChosen] = view.choices[at("choice").selectedIndex] ?? view.choices[0];
  const entries = view.entries.filter(entry => isChosen(entry) && words.every(word => view.text(entry).toLowerCase().includes(word)));
  const items = view.items ? view.items(entries) : entries;
  list.show(items, view.height, view.row);
  at("count").textContent = entries.length === view.entries.length ? String(entries.length) : `${entries.length} of ${view.entries.length}`;
}

function openView(name) {
  if (view === views[name])
    return;
  view = views[name];
  viewName = name;
  document.body.dataset.view = name;
  at("filter").value = "";
  at("choice").replaceChildren(...view.choices.map(([title]) => make("option", {}, title)));
  at("list").scrollTop = 0;
  for (const tab of at("tabs").children)
    tab.setAttribute("aria-current", String(tab.dataset.view === name));
  listEntries();
}

/* What the address names: #draw=3, #packet=17, or a view alone. Nothing: what is most likely looked for. */
function readAddress() {
  const match = /^#(\w+)(?:=(\d+))?$/.exec(location.hash);
  const guilty = data.errors.find(error => error.packet !== undefined)?.packet;
  if (match && Object.hasOwn(views, match[1]))
    return { name: match[1], number: match[2] === undefined ? views[match[1]].entries[0]?.number : Number(match[2]) };
  if (guilty !== undefined)
    return { name: "packet", number: guilty };
  return { name: works.length || !data.packets.length ? "draw" : "packet", number: works.find(work => work.event.nothing)?.number ?? 0 };
}

let followed = null;

function follow() {
  if (followed === location.hash)
    return;
  followed = location.hash;
  const { name, number } = readAddress();
  openView(name);
  let index = list.items.findIndex(item => numberOf(item) === number);
  if (index < 0 && view.entries.some(entry => entry.number === number)) {
    at("filter").value = "";
    at("choice").selectedIndex = 0;
    listEntries();
    index = list.items.findIndex(item => numberOf(item) === number);
  }
  list.select(index);
  at("detail").replaceChildren(...[view.entries.length ? index < 0 ? make("p", { class: "none" }, "nothing selected") : view.detail(list.items[index])
    : make("p", { class: "none" }, "There is none of this in the capture.")].flat(Infinity).filter(Boolean));
  at("detail").scrollTop = 0;
}

/* At once: the next key may come before the event does. */
function go(fragment) {
  location.hash = fragment;
  follow();
}

const selectable = item => numberOf(item) !== undefined;

function move(index, step) {
  while (index >= 0 && index < list.items.length && !selectable(list.items[index]))
    index += step;
  if (index >= 0 && index < list.items.length)
    go(`${viewName}=${numberOf(list.items[index])}`);
}

function nextOf(entries, name, isWanted) {
  const current = viewName === name ? readAddress().number : -1;
  const wanted = entries.filter(isWanted);
  const next = wanted.find(entry => entry.number > current) ?? wanted[0];
  if (next)
    go(`${name}=${next.number}`);
}

const keys = {
  j: () => move(list.selected + 1, 1), ArrowDown: () => move(list.selected + 1, 1),
  k: () => move(list.selected - 1, -1), ArrowUp: () => move(list.selected - 1, -1),
  Home: () => move(0, 1), End: () => move(list.items.length - 1, -1),
  n: () => nextOf(works, "draw", work => work.event.nothing),
  e: () => nextOf(data.packets, "packet", hasFailed),
  b: () => { viewer.mode = modes[(modes.indexOf(viewer.mode) + 1) % modes.length]; viewer.refresh?.(); },
  a: () => { viewer.hasAlpha = !viewer.hasAlpha; viewer.refresh?.(); },
  z: () => { viewer.zoom = (viewer.zoom + 1) % zooms.length; viewer.refresh?.(); },
  "/": () => at("filter").focus(),
  "?": () => at("help").showModal(),
};
Object.keys(views).forEach((name, number) => { keys[number + 1] = () => go(name); });

function onKey(event) {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (isTyping && event.key === "Escape")
    at("list").focus();
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey || at("help").open || !Object.hasOwn(keys, event.key))
    return;
  /* Arrows scroll a long detail that somebody has gone to with Tab. */
  if (/^(Arrow|Home|End)/.test(event.key) && at("detail").contains(event.target))
    return;
  event.preventDefault();
  keys[event.key]();
}

/* Head of the page: verdict, what was said, errors. */

function limitTexts() {
  const limits = data.limits;
  return [limits.pictures_left_out && `The limit of ${limits.pictures} images was reached: ${limits.pictures_left_out} pictures are left out. --report-images N sets another one.`,
    limits.packets_left_out && `${limits.packets_left_out} packets are left out, the page lists no more than ${data.packets.length}.`,
    limits.errors_left_out && `${limits.errors_left_out} errors are left out, the page lists no more than ${data.errors.length}.`,
    limits.details_left_out && "Some contents of buffers, state or programs are left out: there are too many.",
    limits.out_of_memory && "Memory ran out, the page is incomplete."].filter(Boolean);
}

function errorLine(error) {
  const place = error.packet === undefined ? `submission ${error.submission}, byte ${error.offset}` : `${data.packets[error.packet].op}, ${places(data.packets[error.packet])}`;
  return make("li", {}, error.packet === undefined ? place : link("packet=" + error.packet, place), ": ", tag("bad", error.rule), " ", error.text);
}

const counted = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

function showHead() {
  const nothing = works.filter(work => work.event.nothing).length;
  const state = data.device === null ? ["bad", "not executed"] : data.errors.length + data.limits.errors_left_out ?
    ["bad", counted(data.errors.length + data.limits.errors_left_out, "error")] :
    data.status === 0 ? ["good", "clean"] : ["bad", "not clean"];
  document.title = data.capture.split("/").pop() + " – AeroGPU replay";
  at("capture").textContent = data.capture.split("/").pop();
  at("capture").title = `${data.capture}\n${data.metadata ?? ""}`;
  at("verdict").append(tag(...state), nothing ? make("a", { class: "tag warn", href: "#draw=" + works.find(work => work.event.nothing).number }, `${nothing} changed nothing`) : "",
    make("span", { class: "dim" }, ` ${counted(data.submissions.length, "submission")}, ${counted(data.packets.length, "packet")}, ${data.device ?? "no device"}${data.lenient ? ", lenient" : ""}`));
  at("notices").append(...[...data.notes, ...limitTexts()].map(text => make("p", { class: "note" }, text)),
    ...(data.errors.length ? [make("ol", { id: "errors" }, data.errors.map(errorLine))] : []));
  at("tabs").append(...Object.entries(views).map(([name, { title, entries }], number) =>
    make("a", { href: "#" + name, "data-view": name, title: `key ${number + 1}` }, title, make("span", { class: "dim" }, " " + entries.length))));
}

showHead();
list = new LongList(at("list"));
at("filter").addEventListener("input", () => { listEntries(); list.select(list.items.findIndex(item => numberOf(item) === readAddress().number)); });
at("choice").addEventListener("change", () => { listEntries(); at("list").focus(); move(0, 1); });
at("keys").addEventListener("click", () => keys["?"]());
addEventListener("keydown", onKey);
addEventListener("hashchange", follow);
follow();
