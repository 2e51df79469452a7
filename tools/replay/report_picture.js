"use strict";
/* The viewer: a picture at some zoom, before and after, with the value under the pointer. */

const pngOf = text => "data:image/png;base64," + text;
const viewer = { mode: "after", hasAlpha: false, zoom: 0, role: null };
const zooms = [0, 1, 2, 4, 8]; /* 0: as large as fits */
const modes = ["after", "before", "changed"];

async function pixelsOf(text) {
  const image = new Image();
  image.src = pngOf(text);
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/* Texels of a picture with its real alpha, in an array of its own since a canvas would multiply it in. */
async function texelsOf(picture) {
  const pixels = (await pixelsOf(picture.png)).data;
  const alpha = picture.alpha ? (await pixelsOf(picture.alpha)).data : null;
  for (let i = 0; i < pixels.length; i += 4)
    pixels[i + 3] = alpha ? alpha[i] : picture.alpha_value ?? 255;
  return pixels;
}

/* What is on the screen, opaque: colour, alpha as grey, or what changed over what did not. */
function shownPixels(now, before) {
  const shown = new Uint8ClampedArray(now.length);
  for (let i = 0; i < now.length; i += 4) {
    const isChanged = before && (now[i] !== before[i] || now[i + 1] !== before[i + 1] || now[i + 2] !== before[i + 2] || now[i + 3] !== before[i + 3]);
    for (let c = 0; c < 3; c++)
      shown[i + c] = before ? (isChanged ? [255, 40, 160][c] : (now[i] + now[i + 1] + now[i + 2]) / 12) : now[viewer.hasAlpha ? i + 3 : i + c];
    shown[i + 3] = 255;
  }
  return shown;
}

function scaleOf(picture, frame) {
  const zoom = zooms[viewer.zoom];
  if (zoom)
    return zoom;
  const fit = Math.min((frame.clientWidth || 600) / picture.width, 480 / picture.height);
  return fit > 1 ? Math.min(Math.floor(fit), Math.max(2, Math.floor(320 / Math.max(picture.width, picture.height)))) : fit;
}

function valueText(picture, texels, x, y) {
  const at = (y * picture.width + x) * 4;
  const [r, g, b, a] = texels.slice(at, at + 4);
  if (picture.depth)
    return `${x}, ${y}: depth ≈ ${shortNumber(picture.depth[0] + (picture.depth[1] - picture.depth[0]) * r / 255)}`;
  return `${x}, ${y}: ${r} ${g} ${b} ${a}   #${[r, g, b, a].map(v => v.toString(16).padStart(2, "0")).join("")}`;
}

/* Draws one image of an event into `frame`; a later call wins over an earlier one. */
async function showImage(frame, status, image) {
  const turn = frame.turn = (frame.turn ?? 0) + 1;
  const canUse = image.before !== undefined;
  const picture = data.pictures[viewer.mode === "before" && canUse ? image.before : image.picture];
  if (!picture) {
    frame.replaceChildren(make("p", { class: "none" }, missingPicture(image)));
    return;
  }
  const texels = await texelsOf(picture);
  const before = viewer.mode === "changed" && canUse ? await texelsOf(data.pictures[image.before]) : null;
  if (turn !== frame.turn)
    return;
  const scale = scaleOf(picture, frame);
  const canvas = make("canvas", { width: picture.width, height: picture.height });
  const box = image.changed?.box;
  const sheet = make("div", { class: "sheet" }, canvas);
  canvas.getContext("2d", { willReadFrequently: true }).putImageData(new ImageData(shownPixels(texels, before), picture.width, picture.height), 0, 0);
  canvas.style.width = picture.width * scale + "px";
  canvas.style.height = picture.height * scale + "px";
  if (box && viewer.mode === "changed") {
    const mark = make("div", { class: "box" });
    [mark.style.left, mark.style.top] = [box[0] * scale + "px", box[1] * scale + "px"];
    [mark.style.width, mark.style.height] = [(box[2] - box[0]) * scale + "px", (box[3] - box[1]) * scale + "px"];
    sheet.append(mark);
  }
  sheet.addEventListener("pointermove", event => {
    const place = canvas.getBoundingClientRect();
    const x = Math.floor((event.clientX - place.left) / scale), y = Math.floor((event.clientY - place.top) / scale);
    if (x >= 0 && y >= 0 && x < picture.width && y < picture.height)
      status.textContent = valueText(picture, texels, x, y);
  });
  frame.replaceChildren(sheet);
  frame.dataset.shown = viewer.mode;
  status.textContent = `${picture.width} × ${picture.height}` + (picture.depth ? `, depth ${shortNumber(picture.depth[0])} … ${shortNumber(picture.depth[1])}` :
    picture.alpha ? "" : `, alpha ${picture.alpha_value} everywhere`);
}

function missingPicture(image) {
  const thing = thingAt(image);
  if (!thing)
    return `${image.handle} is no living texture`;
  return data.limits.pictures_left_out ? "no picture: the limit of images was reached (--report-images), or the format has no preview"
    : "no picture: not executed, too large, or a format without preview";
}

function changeText(image) {
  if (image.changed === undefined)
    return "";
  if (image.changed === null)
    return "what it changed is not known: the contents before were guest memory";
  if (image.changed.count === 0)
    return "no pixel changed";
  const [left, top, right, bottom] = image.changed.box;
  return `${image.changed.count} pixels changed, in ${right - left} × ${bottom - top} at ${left}, ${top}`;
}

/* The viewer of an event: a button for each image, modes, the picture, its status line. */
function imageViewer(event) {
  const frame = make("div", { class: "frame", tabindex: 0, "aria-label": "Picture" });
  const status = make("output", {});
  const change = make("span", { class: "change" });
  const roles = make("div", { class: "choice", role: "group", "aria-label": "Target" });
  const looks = make("div", { class: "choice", role: "group", "aria-label": "Look" });
  const refresh = () => {
    const image = event.images.find(i => i.role === viewer.role) ?? event.images[0];
    roles.replaceChildren(...event.images.map(i => make("button", { "aria-pressed": String(i === image), onclick: () => { viewer.role = i.role; refresh(); } },
      i.role, make("span", { class: "handle" }, ` texture ${i.handle}`))));
    looks.replaceChildren(...modes.map(mode => make("button", { "aria-pressed": String(mode === viewer.mode), disabled: mode !== "after" && image.before === undefined,
      onclick: () => { viewer.mode = mode; refresh(); } }, mode)),
      make("button", { "aria-pressed": String(viewer.hasAlpha), onclick: () => { viewer.hasAlpha = !viewer.hasAlpha; refresh(); } }, "alpha"),
      make("button", { onclick: () => { viewer.zoom = (viewer.zoom + 1) % zooms.length; refresh(); } }, zooms[viewer.zoom] ? zooms[viewer.zoom] + " : 1" : "fit"));
    change.textContent = changeText(image);
    showImage(frame, status, image);
  };
  const element = make("div", { class: "viewer" }, make("div", { class: "bar" }, roles, looks), frame, make("div", { class: "bar" }, change, status));
  viewer.refresh = refresh;
  /* The size is known once the element is in the page. */
  requestAnimationFrame(refresh);
  return element;
}
