"use strict";
/* The data and what can be told from it. Nothing here touches the page. */

const data = JSON.parse(document.getElementById("data").textContent);
const pooled = number => data.pool[number ?? 0];

/* Errors by packet, events by packet. */
const errorsOf = new Map();
data.errors.forEach((error, number) => {
  error.number = number;
  if (error.packet !== undefined)
    errorsOf.set(error.packet, [...(errorsOf.get(error.packet) ?? []), error]);
});
const eventOf = new Map(data.events.map((event, number) => [event.packet, number]));
data.packets.forEach((packet, number) => { packet.number = number; });
data.events.forEach((event, number) => { event.number = number; });
data.things.forEach((thing, number) => {
  thing.number = number;
  thing.says = pooled(thing.details) ?? {};
});

const hex = (value, digits = 1) => "0x" + (value >>> 0).toString(16).padStart(digits, "0");
const places = packet => `submission ${packet.submission}, packet ${packet.index}, byte ${packet.offset}`;
const hasFailed = packet => packet.fate === "failed" || errorsOf.has(packet.number);

function bytesOf(number) {
  const text = pooled(number);
  return text ? Uint8Array.from(atob(text), c => c.charCodeAt(0)) : new Uint8Array(0);
}

/* What a thing is called in lists. */
function thingTitle(thing) {
  const says = thing.says;
  switch (thing.kind) {
    case "texture": return `${says.format} ${says.width} × ${says.height}` +
      (says.mips > 1 ? `, ${says.mips} mips` : "") + (says.layers > 1 ? `, ${says.layers} layers` : "");
    case "buffer": return `${says.size} bytes`;
    case "shader": return `${says.program ?? says.stage}, ${says.size} bytes`;
    case "layout": return `${says.elements.length} elements`;
    default: return `${says.filter}, ${says.u} ${says.v} ${says.w}`;
  }
}

/* Vertex formats (AeroGPU protocol specification 7.4) by DXGI number: name, components, kind of component. */
const vertexFormats = {
  2: ["R32G32B32A32_FLOAT", 4, "f32"], 3: ["R32G32B32A32_UINT", 4, "u32"], 4: ["R32G32B32A32_SINT", 4, "i32"],
  6: ["R32G32B32_FLOAT", 3, "f32"], 7: ["R32G32B32_UINT", 3, "u32"], 8: ["R32G32B32_SINT", 3, "i32"],
  10: ["R16G16B16A16_FLOAT", 4, "f16"], 11: ["R16G16B16A16_UNORM", 4, "n16"], 12: ["R16G16B16A16_UINT", 4, "u16"],
  13: ["R16G16B16A16_SNORM", 4, "s16"], 14: ["R16G16B16A16_SINT", 4, "i16"],
  16: ["R32G32_FLOAT", 2, "f32"], 17: ["R32G32_UINT", 2, "u32"], 18: ["R32G32_SINT", 2, "i32"],
  24: ["R10G10B10A2_UNORM", 1, "rgb10a2"],
  28: ["R8G8B8A8_UNORM", 4, "n8"], 29: ["R8G8B8A8_UNORM_SRGB", 4, "n8"], 30: ["R8G8B8A8_UINT", 4, "u8"],
  31: ["R8G8B8A8_SNORM", 4, "s8"], 32: ["R8G8B8A8_SINT", 4, "i8"],
  34: ["R16G16_FLOAT", 2, "f16"], 35: ["R16G16_UNORM", 2, "n16"], 36: ["R16G16_UINT", 2, "u16"],
  37: ["R16G16_SNORM", 2, "s16"], 38: ["R16G16_SINT", 2, "i16"],
  41: ["R32_FLOAT", 1, "f32"], 42: ["R32_UINT", 1, "u32"], 43: ["R32_SINT", 1, "i32"],
  49: ["R8G8_UNORM", 2, "n8"], 50: ["R8G8_UINT", 2, "u8"], 51: ["R8G8_SNORM", 2, "s8"], 52: ["R8G8_SINT", 2, "i8"],
  54: ["R16_FLOAT", 1, "f16"], 56: ["R16_UNORM", 1, "n16"], 57: ["R16_UINT", 1, "u16"],
  58: ["R16_SNORM", 1, "s16"], 59: ["R16_SINT", 1, "i16"],
  87: ["B8G8R8A8_UNORM", 4, "n8"], 91: ["B8G8R8A8_UNORM_SRGB", 4, "n8"],
};

function half(bits) {
  const exponent = bits >> 10 & 31, fraction = bits & 1023, sign = bits >> 15 ? -1 : 1;
  if (exponent === 31)
    return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

/* Kinds of components: bytes, and how one is read from a DataView. */
const componentKinds = {
  f32: [4, (view, at) => view.getFloat32(at, true)], u32: [4, (view, at) => view.getUint32(at, true)],
  i32: [4, (view, at) => view.getInt32(at, true)], f16: [2, (view, at) => half(view.getUint16(at, true))],
  u16: [2, (view, at) => view.getUint16(at, true)], i16: [2, (view, at) => view.getInt16(at, true)],
  n16: [2, (view, at) => view.getUint16(at, true) / 65535], s16: [2, (view, at) => Math.max(-1, view.getInt16(at, true) / 32767)],
  u8: [1, (view, at) => view.getUint8(at)], i8: [1, (view, at) => view.getInt8(at)],
  n8: [1, (view, at) => view.getUint8(at) / 255], s8: [1, (view, at) => Math.max(-1, view.getInt8(at) / 127)],
  rgb10a2: [4, (view, at) => {
    const bits = view.getUint32(at, true);
    return [bits & 1023, bits >>> 10 & 1023, bits >>> 20 & 1023].map(v => v / 1023).concat((bits >>> 30) / 3);
  }],
};

/* A number in few digits; all of them when they are needed to tell it from another. */
function shortNumber(value) {
  if (!Number.isFinite(value) || Number.isInteger(value))
    return Object.is(value, -0) ? "-0" : String(value);
  const magnitude = Math.abs(value);
  return magnitude >= 1e6 || magnitude < 1e-4 ? value.toExponential(4) : String(Number(value.toPrecision(6)));
}

function decodeElement(bytes, at, format) {
  const row = vertexFormats[format];
  if (!row)
    return null;
  const [size, read] = componentKinds[row[2]];
  if (at + size * row[1] > bytes.length)
    return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const values = [];
  for (let i = 0; i < row[1]; i++)
    values.push(read(view, at + i * size));
  if (row[0].startsWith("B8"))
    [values[0], values[2]] = [values[2], values[0]];
  return values.flat();
}

/* Elements of a layout with "append" offsets resolved, and with the names that the vertex shader has for them. */
function layoutElements(layout, shader) {
  const ends = new Map();
  return (layout?.says.elements ?? []).map(element => {
    const row = vertexFormats[element.format];
    const offset = element.offset === 0xFFFFFFFF ? (ends.get(element.slot) ?? 0) + 3 & ~3 : element.offset;
    const input = (shader?.says.inputs ?? []).find(i => i.hash === element.hash && i.index === element.index);
    ends.set(element.slot, offset + (row ? componentKinds[row[2]][0] * row[1] : 0));
    return { ...element, offset, formatName: row?.[0] ?? `format ${element.format}`,
      name: input ? input.name + input.index : hex(element.hash, 8) + "." + element.index,
      register: input ? "v" + input.register : "not read" };
  });
}

const thingAt = place => place?.thing === undefined ? undefined : data.things[place.thing];
const isZero = bytes => bytes.length > 0 && bytes.every(byte => byte === 0);
const overlaps = ([x, y, width, height], target) => !target || (x < target.width && y < target.height &&
  x + width > 0 && y + height > 0);

/* What may be why a draw shows nothing, or not what was meant. From its state alone: a reader decides. */
function suspicions(event) {
  const state = pooled(event.state);
  const text = data.packets[event.packet].text;
  const found = [];
  if (!state)
    return found;
  const isDraw = event.kind === "draw";
  const stages = isDraw ? ["vs", "gs", "ps"] : ["cs"];
  for (const name of text.match(/\w+_count(_\w)?=0\b/g) ?? [])
    found.push(`${name}: nothing is drawn`);
  for (const name of stages)
    found.push(...stageSuspicions(name, state.stages[name], isDraw));
  if (isDraw)
    found.push(...inputSuspicions(state), ...outputSuspicions(event, state));
  return found;
}

function stageSuspicions(name, stage, isDraw) {
  const found = [];
  const declares = thingAt(stage.shader)?.says.declares;
  if (!stage.shader.handle && (name !== "gs"))
    found.push(`no ${name} is bound`);
  else if (stage.shader.handle && !thingAt(stage.shader))
    found.push(`${name} ${stage.shader.handle} is no living shader`);
  for (const slot of declares?.b ?? []) {
    const bound = stage.b.find(range => range.slot === slot);
    if (!bound)
      found.push(`${name} declares b${slot}, nothing is bound there: it reads zeros`);
    else if (isZero(bytesOf(bound.bytes)))
      found.push(`${name} b${slot} (buffer ${bound.handle}) holds zeros only, as far as shown`);
  }
  for (const kind of ["t", "s", "u"]) {
    for (const slot of declares?.[kind] ?? []) {
      if (!stage[kind].some(range => range.slot === slot))
        found.push(`${name} declares ${kind}${slot}, nothing is bound there`);
    }
  }
  return found;
}

function inputSuspicions(state) {
  const found = [];
  const vertexShader = thingAt(state.stages.vs.shader);
  const elements = layoutElements(thingAt(state.layout), vertexShader);
  if (!state.layout.handle && (vertexShader?.says.inputs ?? []).some(input => !input.system))
    found.push("the vertex shader has inputs, no input layout is bound");
  for (const slot of new Set(elements.map(element => element.slot))) {
    const bound = state.vertex_buffers.find(buffer => buffer.slot === slot);
    if (!bound)
      found.push(`the layout reads vertex slot ${slot}, nothing is bound there`);
    else if (bound.stride === 0)
      found.push(`vertex slot ${slot} has stride 0`);
    else if (isZero(bytesOf(bound.rows[0].bytes)))
      found.push(`the first vertices of slot ${slot} (buffer ${bound.handle}) are zeros`);
  }
  return found;
}

function outputSuspicions(event, state) {
  const found = [];
  const target = thingAt(state.colors.find(color => color.thing !== undefined) ?? state.depth)?.says;
  const depth = data.pictures[event.images.find(image => image.role === "depth")?.before];
  const test = state.depth_stencil;
  if (!state.colors.some(color => color.handle) && !state.depth.handle)
    found.push("no target is bound");
  if (state.blend.write_mask === 0)
    found.push("the write mask lets no channel through");
  if ((state.blend.sample_mask & 1) === 0)
    found.push("the sample mask lets nothing through");
  if (state.blend.enable && state.blend.src === "ZERO" && state.blend.dst === "ONE")
    found.push("blending keeps what is there: ZERO, ONE");
  if (state.raster.scissor && state.scissor && !overlaps(state.scissor, target))
    found.push("the scissor rectangle lies outside of the target");
  if (state.viewport && !overlaps(state.viewport, target))
    found.push("the viewport lies outside of the target");
  if (test.enable && test.func === "NEVER")
    found.push("the depth test never passes");
  if (test.enable && state.depth.handle && depth?.depth?.[1] === 0 && test.func === "LESS")
    found.push("depth is 0 everywhere before the draw, nothing is LESS");
  if (test.enable && state.depth.handle && depth?.depth?.[0] === 1 && test.func === "GREATER")
    found.push("depth is 1 everywhere before the draw, nothing is GREATER");
  if (event.nothing && test.enable && state.depth.handle && !["ALWAYS", "NEVER"].includes(test.func))
    found.push(`the depth test may reject every pixel: ${test.func}` + (depth?.depth ? `, depth before is ${depth.depth.map(shortNumber).join(" … ")}` : ""));
  if (event.nothing && state.raster.cull !== "NONE")
    found.push(`faces may be culled: ${state.raster.cull}, front is ${state.raster.front_ccw ? "counter-clockwise" : "clockwise"}`);
  return found;
}
