import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { project, southernmost, world } from '../src/route/projection.ts';

type Point = readonly [number, number];

/** How far a simplified coast may be off, and the smallest island drawn, in units of the path. */
const tolerance = 0.4;
const smallestArea = 2.5;

/** The land of a TopoJSON file as one SVG path of whole-number, relative steps. */
export function landPath(data: unknown): string {
  const topology = data as Topology<{ land: GeometryCollection }>;
  return feature(topology, topology.objects.land)
    .features.flatMap(({ geometry }) =>
      geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [],
    )
    // Antarctica is left out; lakes are drawn as holes.
    .filter((polygon) => (polygon[0] ?? []).every((point) => (point[1] ?? 0) > southernmost))
    .flatMap((polygon) => polygon.map(ringPath))
    .join('');
}

/** A ring over the date line is drawn at both edges. */
function ringPath(ring: number[][]): string {
  const points = simplify(unrolled(ring));
  if (area(points) < smallestArea) return '';
  const beyond = points.some(([x]) => x > world.width) ? -world.width : points.some(([x]) => x < 0) ? world.width : 0;
  return stepsOf(points) + (beyond ? stepsOf(points.map(([x, y]): Point => [x + beyond, y])) : '');
}

function unrolled(ring: number[][]): Point[] {
  let last = ring[0]?.[0] ?? 0;
  let turn = 0;
  return ring.map(([longitude = 0, latitude = 0]): Point => {
    if (longitude - last > 180) turn -= 360;
    if (longitude - last < -180) turn += 360;
    last = longitude;
    const { x, y } = project({ latitude, longitude: longitude + turn });
    return [x, y];
  });
}

/** Douglas and Peucker's way, with a list in place of recursion. */
function simplify(points: readonly Point[]): Point[] {
  const keep = new Set([0, points.length - 1]);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let worst = tolerance;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceTo(points[i] ?? [0, 0], points[from] ?? [0, 0], points[to] ?? [0, 0]);
      if (distance > worst) [worst, at] = [distance, i];
    }
    if (at < 0) continue;
    keep.add(at);
    spans.push([from, at], [at, to]);
  }
  return points.filter((_, index) => keep.has(index));
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length ** 2));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

function area(points: readonly Point[]): number {
  const twice = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

function stepsOf(points: readonly Point[]): string {
  let [x, y] = (points[0] ?? [0, 0]).map(Math.round) as [number, number];
  let path = `M${String(x)} ${String(y)}l`;
  let steps = 0;
  for (const [exactX, exactY] of points.slice(1, -1)) {
    const [nextX, nextY] = [Math.round(exactX), Math.round(exactY)];
    if (nextX === x && nextY === y) continue;
    path += `${spaced(nextX - x, steps > 0)}${spaced(nextY - y, true)}`;
    [x, y] = [nextX, nextY];
    steps++;
  }
  return steps > 1 ? `${path}z` : '';
}

/** A minus sign separates numbers as well as a space does. */
function spaced(value: number, needed: boolean): string {
  return needed && value >= 0 ? ` ${String(value)}` : String(value);
}
