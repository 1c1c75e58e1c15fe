/* The ground: our own basemap. */

function degrees(steps, step) {
  const places = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    places.push([y * step, x * step]);
  }
  return places;
}

function coastLines(ring, boxes) {
  const cut = (a, b) =>
    boxes.some(([west, south, east, north]) =>
      [[1, west], [1, east], [0, south], [0, north]].some(
        ([axis, edge]) => Math.abs(a[axis] - edge) < 0.002 && Math.abs(b[axis] - edge) < 0.002,
      ),
    );
  const lines = [[ring[0]]];
  ring.slice(1).forEach((place, index) => {
    cut(ring[index], place) ? lines.push([place]) : lines[lines.length - 1].push(place);
  });
  return lines.filter((line) => line.length > 1);
}

function smoothed(line) {
  let points = line.map(([lon, lat]) => [lat, lon]);
  for (let round = 0; round < 3; round++) {
    const between = (a, b, part) => [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
    const middle = points
      .slice(1)
      .flatMap((next, at) => [between(points[at], next, 0.25), between(points[at], next, 0.75)]);
    points = [points[0], ...middle, points[points.length - 1]];
  }
  return points;
}

/** Tell whether a town has another close to the east, where its name would be. */
function isCrowded(ground, lon, lat) {
  return ground.towns.some(
    ([, east, north]) => east > lon && east < lon + 0.3 && Math.abs(north - lat) < 0.05,
  );
}

function textBox(at, right, down, text) {
  const corner = at.add([right, down - 6]);
  return L.bounds(corner, corner.add([text.length * TEXT_PX, 12]));
}

function townBoxes(map, ground) {
  return ground.towns.map(([name, lon, lat]) => {
    const right = isCrowded(ground, lon, lat) ? -10 - name.length * TEXT_PX : 10;
    return textBox(map.latLngToLayerPoint([lat, lon]), right, 0, name);
  });
}

function drawGround(map, ground) {
  map.createPane("ground").style.zIndex = 150;
  const renderer = L.svg({ pane: "ground", padding: 0.5 });
  const put = (make, places, className) =>
    make(places, { renderer, className, interactive: false, fillRule: "nonzero" }).addTo(map);
  const [wide, near] = [ground.wide, ground.near].map((rings) =>
    rings.map((ring) => degrees(ring, ground.step)),
  );
  const [west, south, east, north] = ground.nearBox;
  const seam = [[south + 0.05, west + 0.05], [north - 0.05, east - 0.05]];
  put(L.polygon, wide.map((ring) => [ring]), "land");
  put(L.polyline, wide.flatMap((ring) => coastLines(ring, [ground.wideBox])), "coast");
  if (ground.cells.length) put(L.rectangle, seam, "sea");
  put(L.polygon, near.map((ring) => [ring]), "land");
  const districts = ground.districts.map((ring) => [ring.map(([lon, lat]) => [lat, lon])]);
  put(L.polygon, districts, "district");
  put(L.polyline, ground.farRivers.map((line) => degrees(line, ground.step)), "river");
  put(L.polyline, ground.rivers.map(smoothed), "river home");
  put(L.polyline, near.flatMap((ring) => coastLines(ring, ground.cells)), "coast");
  for (const [name, lon, lat] of ground.towns) {
    put((place, options) => L.circleMarker(place, { ...options, radius: 1.8 }), [lat, lon], "town");
    const [direction, offset] = isCrowded(ground, lon, lat) ? ["left", [-4, 0]] : ["right", [4, 0]];
    new L.Tooltip({ permanent: true, direction, offset, className: "town" })
      .setLatLng([lat, lon])
      .setContent(node("span", name))
      .addTo(map);
  }
}
