/* What stands round the map. */

function swatch(look) {
  const canvas = node("canvas");
  canvas.width = canvas.height = 44;
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  DRAW[look.shape](ctx, { filled: 1, course: 30, ...look }, 11, 11, false);
  return canvas;
}

function confidences(words) {
  return Object.entries(words.confidences).reverse().map(([severity, word]) => {
    const line = node("p", "", "kind");
    line.append(swatch({ shape: "cross", severity, ink: INK[severity] }), node("span", word));
    return line;
  });
}

function fillLegend(page) {
  const { layers, words, states } = page.data;
  const box = document.querySelector("#layers div");
  document.querySelector("#layers summary").textContent = words.legend;
  const used = new Set(states.map((row) => row[0]));
  const counts = new Map();
  for (const [number, layer] of [...layers.entries()].reverse()) {
    if (!used.has(number)) continue;
    const row = node("label");
    const tick = node("input");
    tick.type = "checkbox";
    tick.checked = true;
    tick.addEventListener("change", () => {
      tick.checked ? page.hidden.delete(number) : page.hidden.add(number);
      page.refresh();
    });
    const first = page.states.find((state) => state.layer === number);
    const count = node("span", "", "count");
    const severity = layer.id === "incidents" ? 3 : 0;
    const ink = layer.id === "drawings" ? first.look.ink : INK[0];
    const look = { ...first.look, severity, ink, stale: 0 };
    row.append(tick, swatch(look), node("span", layer.name), count);
    box.append(row);
    if (layer.id === "hotspots") box.append(...confidences(words));
    counts.set(number, count);
  }
  const scale = node("p", "", "scale");
  words.severities.forEach((word, severity) => {
    if (severity) scale.prepend(swatch({ shape: "severity", severity }), node("span", word));
  });
  box.append(scale, node("p", words.filled, "quiet"));
  return counts;
}

function fillList(page) {
  const { words, layers } = page.data;
  const rank = (state) => -(state.severity * 100 + state.layer);
  const list = document.querySelector("#list");
  list.firstElementChild.textContent = words.list;
  if (!list.open) return;
  const things = page.visible().sort((a, b) => rank(a) - rank(b)).slice(0, MOST_IN_LIST);
  list.lastElementChild.replaceChildren(
    ...things.map((state) => {
      const entry = node("li");
      const button = node("button");
      button.type = "button";
      button.append(
        swatch(state.look),
        node("span", state.title),
        node("small", state.lines.slice(0, 2).join(" · ")),
      );
      button.title = layers[state.layer].name;
      button.addEventListener("click", () => page.goTo(state));
      entry.append(button);
      return entry;
    }),
  );
}

function fillHead({ title, about, exercise, language, sources, words }) {
  document.documentElement.lang = language;
  document.querySelector("h1").textContent = title;
  document.querySelector("#about").textContent = about;
  document.querySelector("#sources").textContent = `${words.sources}: ${sources}`;
  const band = document.querySelector("#exercise");
  band.hidden = !exercise;
  band.append(node("span", exercise));
}

function startTime(page) {
  const { moments, words } = page.data;
  const bar = document.querySelector("#time");
  const [button, slider, output] = bar.children;
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    button.textContent = "▶";
    button.title = words.play;
  };
  const show = (number) => {
    slider.value = number;
    slider.setAttribute("aria-valuetext", moments[number].label);
    output.textContent = moments[number].label;
    page.show(number);
    if (number === moments.length - 1) stop();
  };
  slider.max = moments.length - 1;
  slider.setAttribute("aria-label", words.time);
  slider.addEventListener("input", () => show(Number(slider.value)));
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (page.moment === moments.length - 1) show(0);
    timer = setInterval(() => show(page.moment + 1), FRAME_MS);
    button.textContent = "⏸";
    button.title = words.pause;
  });
  bar.hidden = moments.length === 1;
  stop();
  show(moments.length - 1);
}

function showPicture(map) {
  const data = JSON.parse(document.getElementById("picture").textContent);
  const page = new Page(map, data);
  const { words, ground } = data;
  fillHead(data);
  const counts = fillLegend(page);
  page.popup = L.popup({ maxWidth: 300, closeButton: false });
  page.popup.on("remove", () => (page.opened = null));
  page.changed = () => {
    const seen = new Map();
    for (const index of page.standing) {
      const { layer } = page.states[index];
      seen.set(layer, (seen.get(layer) || 0) + 1);
    }
    for (const [number, count] of counts) count.textContent = seen.get(number) || 0;
    fillList(page);
  };
  map.setMinZoom(5).setMaxZoom(18);
  map.options.zoomSnap = 0.25;
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const [west, south, east, north] = data.box;
  map.invalidateSize().fitBounds([[south, west], [north, east]], { animate: false });
  drawGround(map, ground);
  const towns = () =>
    map.getContainer().classList.toggle("far", map.getZoom() < TOWNS_FROM_ZOOM);
  map.on("zoomend", towns).on("zoomend", () => page.label());
  towns();
  startTime(page);
  document.querySelector("#list").addEventListener("toggle", () => fillList(page));
  window.addEventListener("beforeprint", () => page.print(true));
  window.addEventListener("afterprint", () => page.print(false));
}
