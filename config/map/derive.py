#!/usr/bin/env python3
"""Makes `lines.txt` of `countries-50m.json` of the npm package `world-atlas` 2.0.2 (Natural Earth 4.1, public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install pycountry
    config/map/derive.py package/countries-50m.json > config/map/lines.txt

Each line is a kind, what it belongs to, and points in hundredths of a degree, each after the first as the step from the
one before: `land - x y dx dy …` (a ring), `border IL-JO …`, `disputed IL-SY …`, `label SY x y`.
"""
import json
import sys

import pycountry

# Natural Earth's units without a code of ISO 3166 keep a name of ours; none of them has a label.
UNCODED = {"Kosovo": "XK", "Somaliland": "X1", "N. Cyprus": "X2", "Siachen Glacier": "X3"}
# Borders that are disputed as a whole: pairs of units as the data part them.
DISPUTED = {
    "IL-SY", "IL-PS", "JO-PS", "EG-SD", "EH-MA", "EH-DZ", "EH-MR", "ET-X1", "SO-X1", "DJ-X1", "CY-X2", "RS-XK", "IN-X3",
    "PK-X3", "CN-X3", "IN-PK", "CN-IN", "SD-SS", "AM-AZ", "RU-UA",
}
# Of these only what lies within a box (west, south, east, north) is disputed.
WITHIN = {
    "EG-SD": [(33, 21, 38, 24)],
    "IN-PK": [(72.5, 32, 78, 37)],
    "CN-IN": [(76, 31, 81, 37), (91, 26, 98, 30)],
    "SD-SS": [(27, 9, 30, 11)],
    "RU-UA": [(32, 44, 37, 46.3)],
}
TOLERANCE = 0.03
SMALLEST = 0.03


def absolute(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def code(unit):
    number, name = unit.get("id"), unit["properties"]["name"]
    found = pycountry.countries.get(numeric=number) if number else None
    return found.alpha_2 if found else UNCODED.get(name)


def polygons(unit):
    if unit["type"] == "Polygon":
        return [unit["arcs"]]
    return unit["arcs"]


def simplified(points):
    """Douglas and Peucker."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    far, at = -1.0, 0
    for n, (x, y) in enumerate(points[1:-1], 1):
        off = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        if off > far:
            far, at = off, n
    if far <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: at + 1])[:-1] + simplified(points[at:])


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1])) / 2


def middle(ring):
    """Where a name has most room: the point of a grid that is farthest from the ring."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best, at = -1.0, None
    for i in range(1, 24):
        for j in range(1, 24):
            x = min(xs) + (max(xs) - min(xs)) * i / 24
            y = min(ys) + (max(ys) - min(ys)) * j / 24
            if not inside(ring, x, y):
                continue
            near = min((px - x) ** 2 + (py - y) ** 2 for px, py in ring)
            if near > best:
                best, at = near, (x, y)
    return at


def inside(ring, x, y):
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def row(kind, of, points):
    whole = [(round(x * 100), round(y * 100)) for x, y in points]
    steps, last = [], (0, 0)
    for n, (x, y) in enumerate(whole):
        if n and (x, y) == last:
            continue
        steps += [x - last[0], y - last[1]] if n else [x, y]
        last = (x, y)
    return " ".join([kind, of, *map(str, steps)])


def disputed(pair, points):
    if pair not in DISPUTED:
        return False
    boxes = WITHIN.get(pair)
    x, y = points[len(points) // 2]
    return boxes is None or any(w <= x <= e and s <= y <= n for w, s, e, n in boxes)


def parted(pair, points):
    """A border in pieces that are disputed or not as a whole."""
    if pair not in WITHIN:
        return [points]
    pieces, kind = [], None
    for a, b in zip(points, points[1:]):
        this = disputed(pair, [a, b, b])
        if this != kind:
            pieces.append([a])
        pieces[-1].append(b)
        kind = this
    return pieces


def main():
    topology = json.load(open(sys.argv[1]))
    arcs = list(absolute(topology))
    owners = {}
    rows = []
    for unit in topology["objects"]["countries"]["geometries"]:
        name = code(unit)
        if name is None or name == "AQ" or "arcs" not in unit:
            continue
        largest = (0, None)
        for polygon in polygons(unit):
            ring = []
            for arc in polygon[0]:
                points = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
                ring += points[1:] if ring else points
                owners.setdefault(arc if arc >= 0 else ~arc, set()).add(name)
            for hole in polygon[1:]:
                for arc in hole:
                    owners.setdefault(arc if arc >= 0 else ~arc, set()).add(name)
            if abs(area(ring)) > largest[0]:
                largest = (abs(area(ring)), ring)
            if abs(area(ring)) >= SMALLEST:
                # arcs are simplified one by one, so that neighbours keep one line
                thin = []
                for arc in polygon[0]:
                    points = simplified(arcs[arc if arc >= 0 else ~arc])
                    points = points if arc >= 0 else points[::-1]
                    thin += points[1:] if thin else points
                rows.append(row("land", "-", thin))
        if largest[1] and not name.startswith("X"):
            at = middle(largest[1])
            if at:
                rows.append(row("label", name, [at]))
    for arc, of in owners.items():
        if len(of) == 2:
            pair = "-".join(sorted(of))
            for piece in parted(pair, arcs[arc]):
                kind = "disputed" if disputed(pair, piece) else "border"
                rows.append(row(kind, pair, simplified(piece)))
    print("\n".join(sorted(rows)))


main()
