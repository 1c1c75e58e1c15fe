/* The picture: which states stand at a moment, and their places on the map. */

function stateOf(row, index, data) {
  const [layer, thing, outline, severity, flags, ink, course, value, title, lines] = row;
  const name = data.layers[layer].id;
  const [kind, rings, circles] = data.outlines[outline];
  const shape = kind === "point" ? SHAPES[name] || "dot" : kind === "text" ? "text" : "area";
  const dashed = name === "alerts";
  return {
    index, thing, layer, kind, rings, circles, severity,
    look: {
      shape, ink: DRAWN[ink] || INK[severity], severity, course, dashed,
      filled: flags & 1, stale: flags & 2,
    },
    label: data.texts[value],
    title: data.texts[title],
    lines: lines.map((line) => data.texts[line]),
  };
}

function pairs(ring) {
  const places = [];
  for (let at = 0; at < ring.length; at += 2) places.push([ring[at + 1], ring[at]]);
  return places;
}

function drawn(state, page) {
  const { kind, look, rings, circles } = state;
  if (kind === "point" || kind === "text") {
    const mark = (place) => new Mark(place, { look, label: state.label, page });
    return rings.flatMap(pairs).map(mark);
  }
  const line = kind === "line";
  const style = {
    color: look.ink, weight: line ? 2.2 : 1.4, dashArray: look.dashed ? "5 3" : null,
    fillOpacity: 0.1, fillRule: kind === "apart" ? "nonzero" : "evenodd", page,
  };
  const shapes = circles.map(([lon, lat, radius]) => L.circle([lat, lon], { ...style, radius }));
  if (line) shapes.push(L.polyline(rings.map(pairs), style));
  else if (kind === "apart") rings.forEach((ring) => shapes.push(L.polygon(pairs(ring), style)));
  else shapes.push(L.polygon(rings.map(pairs), style));
  return shapes;
}

class Page {
  constructor(map, data) {
    this.map = map;
    this.data = data;
    this.states = data.states.map((row, index) => stateOf(row, index, data));
    this.moment = -1;
    this.standing = new Set();
    this.hidden = new Set();
    this.onMap = new Map();
    this.opened = null;
    this.printing = false;
  }

  /** Show the moment of the number: step by step, as each tells what it changed. */
  show(number) {
    const moments = this.data.moments;
    for (; this.moment < number; ) {
      const { came, went } = moments[++this.moment];
      went.forEach((index) => this.standing.delete(index));
      came.forEach((index) => this.standing.add(index));
    }
    for (; this.moment > number; ) {
      const { came, went } = moments[this.moment--];
      came.forEach((index) => this.standing.delete(index));
      went.forEach((index) => this.standing.add(index));
    }
    this.refresh();
  }

  refresh() {
    for (const [index, shapes] of this.onMap) {
      if (this.standing.has(index) && !this.hidden.has(this.states[index].layer)) continue;
      shapes.forEach((shape) => shape.remove());
      this.onMap.delete(index);
    }
    for (const state of this.visible()) {
      if (!this.onMap.has(state.index)) this.onMap.set(state.index, this.put(state));
    }
    this.order();
    this.follow();
    this.label();
    this.changed();
  }

  visible() {
    return [...this.standing]
      .map((index) => this.states[index])
      .filter((state) => !this.hidden.has(state.layer));
  }

  isMark(state) {
    return this.onMap.get(state.index)[0] instanceof Mark;
  }

  put(state) {
    const shapes = drawn(state, this);
    for (const shape of shapes) {
      shape.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        this.open(state, event.latlng);
      });
      shape.addTo(this.map);
    }
    return shapes;
  }

  /** Lay the layers over one another in their order, and in each the severest on top. */
  order() {
    const rank = (state) => state.layer * 10 + state.severity;
    const sorted = this.visible().sort((a, b) => rank(a) - rank(b));
    for (const state of sorted) {
      this.onMap.get(state.index).forEach((shape) => shape.bringToFront());
    }
  }

  /** Give values room: the severest first, none over another or over a town's name. */
  label() {
    const near = this.map.getZoom() >= VALUES_FROM_ZOOM;
    const taken = near ? townBoxes(this.map, this.data.ground) : [];
    const wanted = this.visible().filter((state) => state.label && this.isMark(state));
    wanted.sort((a, b) => b.severity - a.severity);
    wanted.slice(0, MOST_LABELS).forEach((state) => {
      for (const mark of this.onMap.get(state.index)) {
        const at = this.map.latLngToLayerPoint(mark.getLatLng());
        const boxes = [0, 14, -14].map((shift) => [shift, textBox(at, 8, shift, state.label)]);
        const free = ([, box]) => near && !taken.some((other) => other.overlaps(box));
        const [shift, box] = boxes.find(free) || [];
        if (box) taken.push(box);
        mark.labelShift = shift;
        mark.redraw();
      }
    });
  }

  write(ctx, text, x, y) {
    ctx.font = "12px system-ui, sans-serif";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeStyle = this.printing ? "#ffffff" : "#11161a";
    ctx.strokeText(text, x, y);
    ctx.fillStyle = this.printing ? "#20262b" : "#c6d3df";
    ctx.fillText(text, x, y);
  }

  /** Say what a thing is, by text alone. */
  open(state, place) {
    const box = node("div");
    box.append(node("strong", state.title), ...state.lines.map((line) => node("p", line)));
    this.opened = { thing: state.thing, index: state.index, place };
    this.popup.setLatLng(place).setContent(box).openOn(this.map);
  }

  /** Let the open box tell of its thing's state at this moment; close it where that is gone. */
  follow() {
    if (!this.opened) return;
    const state = this.visible().find((one) => one.thing === this.opened.thing);
    if (!state) this.popup.close();
    else if (state.index !== this.opened.index) {
      this.open(state, this.isMark(state) ? this.placeOf(state) : this.opened.place);
    }
  }

  placeOf(state) {
    const [first] = this.onMap.get(state.index);
    return first.getLatLng ? first.getLatLng() : first.getBounds().getCenter();
  }

  goTo(state) {
    const place = this.placeOf(state);
    this.map.setView(place, Math.max(this.map.getZoom(), 11), { animate: false });
    this.open(state, place);
  }

  print(printing) {
    this.printing = printing;
    for (const shapes of this.onMap.values()) shapes.forEach((shape) => shape.redraw());
  }
}
