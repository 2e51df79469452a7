"use strict";
/* Bound state as cards of rows. Text reaches the page as text nodes only. */

/* An element with attributes and children; strings become text. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on"))
      element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined && value !== null)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const link = (fragment, ...text) => make("a", { href: "#" + fragment }, ...text);
const packetLink = number => number === undefined ? "–" :
  link("packet=" + number, `${data.packets[number].submission}:${data.packets[number].index}`);

function thingLink(place, ...text) {
  const thing = thingAt(place);
  if (!place?.handle)
    return make("span", { class: "none" }, "none");
  if (!thing)
    return make("span", { class: "bad" }, `${place.handle} (unknown)`);
  return link("object=" + thing.number, ...(text.length ? text : [String(place.handle)]));
}

/* A card: title and rows of [label, value...]; rows whose key says otherwise in the draw before are marked. */
class Cards {
  constructor(before) {
    this.before = before; /* Map of key to text, of the draw before; null: there is none */
    this.now = new Map();
    this.element = make("div", { class: "cards" });
  }

  card(title, ...extra) {
    this.title = title;
    this.table = make("table", {});
    this.element.append(make("section", { class: "card" }, make("h3", {}, title), this.table, ...extra));
    return this;
  }

  row(label, ...values) {
    return this.content(label, "", ...values);
  }

  /* The same for a row that stands for contents, too: anything that is equal when they are. */
  content(label, contents, ...values) {
    const value = make("td", {}, ...values);
    const key = this.title + "\n" + label;
    const told = value.textContent + "\n" + contents;
    const isNew = this.before && this.before.get(key) !== told;
    this.now.set(key, told);
    this.table.append(make("tr", { class: isNew && "new", title: isNew && "not so in the draw before" },
      make("th", { scope: "row" }, label), value));
    return this;
  }
}

/* Bytes as rows of four words: hexadecimal, and as floats. */
function wordTable(bytes, prefix, before) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const isNew = at => before && [0, 1, 2, 3].some(i => bytes[at + i] !== before[at + i]);
  const rows = [];
  for (let at = 0; at + 4 <= bytes.length; at += 16) {
    const words = [];
    for (let i = at; i + 4 <= bytes.length && i < at + 16; i += 4)
      words.push(i);
    rows.push(make("tr", {}, make("th", { scope: "row" }, prefix ? `${prefix}[${at / 16}]` : "+" + at),
      [0, 1, 2, 3].map(i => make("td", { class: i < words.length && isNew(words[i]) ? "number new" : "number", title: i < words.length && hex(view.getUint32(words[i], true), 8) }, i < words.length ? shortNumber(view.getFloat32(words[i], true)) : "")),
      make("td", { class: "hex" }, words.map(i => view.getUint32(i, true).toString(16).padStart(8, "0")).join(" "))));
  }
  return make("div", { class: "scroll" }, make("table", { class: "words" }, rows));
}

function details(title, content, isOpen) {
  const element = make("details", { open: isOpen }, make("summary", {}, title));
  const fill = () => { if (element.open && element.children.length === 1) element.append(content()); };
  element.addEventListener("toggle", fill);
  fill();
  return element;
}

const onOff = value => value ? "on" : "off";

function outputCards(cards, state) {
  cards.card("Targets");
  state.colors.forEach(color => cards.row("color " + color.slot, thingLink(color), " ", thingAt(color) ? thingTitle(thingAt(color)) : ""));
  cards.row("depth", thingLink(state.depth), " ", thingAt(state.depth) ? thingTitle(thingAt(state.depth)) : "");
  const [x, y, width, height, near, far] = (state.viewport ?? []).map(v => typeof v === "number" ? shortNumber(v) : v);
  cards.row("viewport", state.viewport ? `${width} × ${height} at ${x}, ${y}; depth ${near} … ${far}` : "whole target");
  cards.row("scissor", onOff(state.raster.scissor), state.scissor ? `, ${state.scissor[2]} × ${state.scissor[3]} at ${state.scissor[0]}, ${state.scissor[1]}` : ", none set");

  const blend = state.blend;
  const mask = "RGBA".split("").map((c, i) => blend.write_mask >> i & 1 ? c : "–").join("");
  cards.card("Blend").row("blending", onOff(blend.enable));
  cards.row("write mask", mask);
  if (blend.enable) {
    cards.row("color", `${blend.src} × source ${blend.op} ${blend.dst} × target`);
    cards.row("alpha", `${blend.src_alpha} × source ${blend.op_alpha} ${blend.dst_alpha} × target`);
    cards.row("constant", blend.constant.join(", "));
  }
  cards.row("sample mask", hex(blend.sample_mask, 8));

  const depth = state.depth_stencil;
  cards.card("Depth, stencil").row("depth test", depth.enable ? depth.func : "off");
  cards.row("depth write", onOff(depth.enable && depth.write)).row("stencil", onOff(depth.stencil));
  cards.card("Rasterizer").row("fill", state.raster.fill).row("cull", state.raster.cull);
  cards.row("front", state.raster.front_ccw ? "counter-clockwise" : "clockwise");
  cards.row("depth bias", String(state.raster.depth_bias)).row("depth clip", onOff(state.raster.depth_clip));
}

/* The rows that a draw fetches first from one slot, decoded as the layout says. */
function vertexTable(buffer, elements) {
  const rows = buffer.rows[elements.length && elements.every(e => e.instanced) ? 1 : 0];
  const bytes = bytesOf(rows.bytes);
  const lines = [];
  for (let at = 0; buffer.stride && at + Math.min(buffer.stride, 4) <= bytes.length; at += buffer.stride)
    lines.push(make("tr", {}, make("th", { scope: "row" }, String(rows.first + at / buffer.stride)),
      elements.map(e => make("td", { class: "number" }, decodeElement(bytes, at + e.offset, e.format)?.map(shortNumber).join(", ") ?? "beyond the end"))));
  if (!elements.length || !lines.length)
    return bytes.length ? wordTable(bytes) : make("p", { class: "none" }, "no bytes there");
  return make("div", { class: "scroll" }, make("table", { class: "words" }, make("tr", {}, make("th", {}, "row"),
    elements.map(e => make("th", { title: `${e.formatName} at byte ${e.offset}, ${e.register}` }, e.name))), lines));
}

function indexList(buffer) {
  const bytes = bytesOf(buffer.bytes);
  const words = buffer.format === "UINT32" ? new Uint32Array(bytes.buffer, 0, bytes.length >> 2) : new Uint16Array(bytes.buffer, 0, bytes.length >> 1);
  return make("p", { class: "words" }, Array.from(words).join(" ") || "no bytes there");
}

function inputCards(cards, state) {
  const elements = layoutElements(thingAt(state.layout), thingAt(state.stages.vs.shader));
  const tables = state.vertex_buffers.map(buffer => {
    const mine = elements.filter(element => element.slot === buffer.slot);
    return details(`slot ${buffer.slot}: first rows`, () => vertexTable(buffer, mine), mine.length > 0);
  });
  cards.card("Input", tables, state.index_buffer?.bytes !== undefined ? details("first indices", () => indexList(state.index_buffer)) : null);
  cards.row("topology", String(state.topology));
  cards.row("layout", thingLink(state.layout), " ", elements.map(e => `${e.name} → ${e.register}`).join(", "));
  state.vertex_buffers.forEach(b => cards.content("slot " + b.slot, b.rows.map(row => row.bytes).join(), thingLink(b), ` stride ${b.stride}, offset ${b.offset}`));
  if (state.index_buffer)
    cards.row("indices", thingLink(state.index_buffer), ` ${state.index_buffer.format}, offset ${state.index_buffer.offset}`);
}

const stageTitles = { vs: "Vertex shader", gs: "Geometry shader", ps: "Pixel shader", cs: "Compute shader" };

function rangeText(range) {
  const thing = thingAt(range);
  return ` ${thing ? thingTitle(thing) : ""}` + (range.offset || range.size ? `, from ${range.offset}, ${range.size || "all"} bytes` : "");
}

function smallPicture(number) {
  const picture = data.pictures[number];
  return picture ? make("img", { class: "small", alt: "", src: pngOf(picture.small ?? picture.png) }) : null;
}

function stageCard(cards, name, stage, before) {
  const was = slot => before?.b.find(range => range.slot === slot)?.bytes;
  const shader = thingAt(stage.shader);
  const declares = shader?.says.declares;
  const isRead = (kind, slot) => !declares || declares[kind].includes(slot);
  const tables = stage.b.filter(range => range.bytes !== undefined).map(range =>
    details(`b${range.slot} (buffer ${range.handle})`, () => wordTable(bytesOf(range.bytes), "c", was(range.slot) && bytesOf(was(range.slot))), isRead("b", range.slot)));
  const text = shader && details("program", () => make("pre", {}, shader.says.text ?? ""), false);
  cards.card(stageTitles[name], tables, text);
  cards.row("shader", thingLink(stage.shader), " ", shader ? thingTitle(shader) : "");
  for (const [kind, label] of [["b", "constants"], ["t", "resource"], ["u", "UAV"]]) {
    for (const range of stage[kind])
      cards.content(`${kind}${range.slot}`, `${range.bytes} ${range.picture}`, thingLink(range), rangeText(range), isRead(kind, range.slot) ? "" : ` (${label} not declared)`,
        " ", smallPicture(range.picture));
  }
  stage.s.forEach(sampler => cards.row("s" + sampler.slot, thingLink(sampler), " ", thingAt(sampler) ? thingTitle(thingAt(sampler)) : ""));
  for (const kind of ["b", "t", "s", "u"]) {
    for (const slot of declares?.[kind] ?? []) {
      if (!stage[kind].some(range => range.slot === slot))
        cards.row(kind + slot, make("span", { class: "bad" }, "declared, nothing bound"));
    }
  }
}

/* All cards of an event's state, what is new since the event `before` (may be missing) marked. */
function stateCards(event, before) {
  const state = pooled(event.state);
  const old = pooled(before?.state);
  const cards = new Cards(old ? stateCards(before).now : null);
  if (!state)
    return cards;
  if (event.kind === "draw") {
    inputCards(cards, state);
    ["vs", "gs", "ps"].filter(name => state.stages[name].shader.handle || name !== "gs").forEach(name => stageCard(cards, name, state.stages[name], old?.stages[name]));
    outputCards(cards, state);
  } else {
    stageCard(cards, "cs", state.stages.cs, old?.stages.cs);
  }
  return cards;
}
