"use strict";
// Shows the picture that stands on this page as JSON. Every text in it came from outside: it is
// put on the page by textContent and fillText alone, never as HTML.

const INK = ["#8fa3b5", "#66c7f4", "#f2d45c", "#ff9f43", "#ff5a5f"];
const CORNERS = [
  null,
  null,
  [[-0.4, -0.4], [0.4, -0.4], [0.4, 0.4], [-0.4, 0.4]],
  [[0, -0.46], [0.5, 0.4], [-0.5, 0.4]],
  [[0, -0.5], [0.5, 0], [0, 0.5], [-0.5, 0]],
];
const ARROW = [[0, -0.6], [0.45, 0.5], [0, 0.22], [-0.45, 0.5]];
const DRAWN = [null, "#b9c2ca", "#86b58e", "#c4ad86", "#c496b4"];
const SHAPES = {
  incidents: "severity", stations: "gauge", levels: "gauge", units: "arrow", hotspots: "cross",
};
const CROSS_WIDTHS = [1.2, 1.4, 1.9, 2.5, 2.5];
const VALUES_FROM_ZOOM = 8.5;
const TOWNS_FROM_ZOOM = 8.5;
const FRAME_MS = 700;
const MOST_IN_LIST = 300;
const MOST_LABELS = 300;
const TEXT_PX = 6.8;

function node(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/* Symbols: one way of drawing for the map's canvas and the legend's. */

function trace(ctx, corners, x, y, size, turn = 0) {
  const [right, down] = [Math.cos(turn), Math.sin(turn)];
  ctx.beginPath();
  corners.forEach(([a, b], index) => {
    const [px, py] = [x + (a * right - b * down) * size, y + (a * down + b * right) * size];
    index ? ctx.lineTo(px, py) : ctx.moveTo(px, py);
  });
  ctx.closePath();
}

function circle(ctx, x, y, radius) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
}

const DRAW = {
  severity(ctx, look, x, y, printing) {
    const size = 14;
    const corners = CORNERS[look.severity];
    corners ? trace(ctx, corners, x, y, size) : circle(ctx, x, y, look.severity ? 5.9 : 3);
    ctx.lineWidth = 4.5;
    ctx.strokeStyle = printing ? "#ffffff" : "#11161a";
    ctx.stroke();
    ctx.fillStyle = look.filled ? INK[look.severity] : printing ? "#ffffff" : "#11161a";
    ctx.fill();
    ctx.lineWidth = 1.8;
    ctx.strokeStyle = printing && look.filled ? "#20262b" : INK[look.severity];
    ctx.stroke();
  },
  gauge(ctx, look, x, y, printing) {
    const ink = look.severity ? INK[look.severity] : printing ? "#3b4a57" : "#a9bccd";
    circle(ctx, x, y, 4.5);
    ctx.fillStyle = printing ? "#ffffff" : "#11161a";
    ctx.fill();
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = ctx.fillStyle = ink;
    ctx.stroke();
    ctx.fillRect(x - 2.25, y - 0.6, 4.5, 1.2);
  },
  arrow(ctx, look, x, y, printing) {
    look.course === null
      ? circle(ctx, x, y, 4.2)
      : trace(ctx, ARROW, x, y, 12, (look.course * Math.PI) / 180);
    ctx.fillStyle = printing ? "#20262b" : "#e3e8ec";
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = printing ? "#ffffff" : "#11161a";
    ctx.stroke();
  },
  dot(ctx, look, x, y) {
    circle(ctx, x, y, 5);
    ctx.fillStyle = look.ink;
    ctx.fill();
  },
  cross(ctx, look, x, y) {
    ctx.beginPath();
    [-4, 4].forEach((down) => (ctx.moveTo(x - 4, y - down), ctx.lineTo(x + 4, y + down)));
    ctx.lineWidth = CROSS_WIDTHS[look.severity];
    ctx.strokeStyle = look.ink;
    ctx.stroke();
  },
  text() {},
  area(ctx, look, x, y) {
    ctx.globalAlpha *= 0.25;
    ctx.fillStyle = look.ink;
    ctx.fillRect(x - 7, y - 5, 14, 10);
    ctx.globalAlpha *= 4;
    ctx.setLineDash(look.dashed ? [4, 2.5] : []);
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = look.ink;
    ctx.strokeRect(x - 7, y - 5, 14, 10);
    ctx.setLineDash([]);
  },
};

const Mark = L.CircleMarker.extend({
  options: { radius: 8 },
  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const { look, label, page } = this.options;
    const ctx = renderer._ctx;
    ctx.save();
    ctx.setLineDash([]);
    ctx.globalAlpha = look.stale ? 0.45 : 1;
    DRAW[look.shape](ctx, look, this._point.x, this._point.y, page.printing);
    if (label && this.labelShift !== undefined) {
      page.write(ctx, label, this._point.x + 8, this._point.y + this.labelShift);
    }
    ctx.restore();
  },
  _updateBounds() {
    L.CircleMarker.prototype._updateBounds.call(this);
    // What is written beside it is erased and drawn with it.
    if (this.options.label) {
      [[110, 24], [0, -24]].forEach((away) => this._pxBounds.extend(this._point.add(away)));
    }
  },
});
