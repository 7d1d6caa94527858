import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

const id = 'virtual:land';
const width = 960;
const southernmost = -58;

/** Serves the world's land as one SVG path (equirectangular, 960 units wide, without borders), made from public-domain data. */
export function landPlugin(): Plugin {
  return {
    name: 'parley-land',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? `export default ${JSON.stringify(landPath())};` : null),
  };
}

function landPath(): string {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-110m.json');
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ land: GeometryCollection }>;
  const polygons = feature(topology, topology.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [],
  );
  return polygons
    .map((polygon) => polygon[0] ?? [])
    .filter((ring) => ring.every((point) => (point[1] ?? 0) > southernmost))
    .map(ringPath)
    .join('');
}

/** Whole-number, relative steps; points that fall together are left out. A ring over the date line is drawn at both edges. */
function ringPath(ring: number[][]): string {
  let last = ring[0]?.[0] ?? 0;
  let turn = 0;
  const points = ring.map(([longitude = 0, latitude = 0]): [number, number] => {
    if (longitude - last > 180) turn -= 360;
    if (longitude - last < -180) turn += 360;
    last = longitude;
    return [Math.round(((longitude + turn + 180) * width) / 360), Math.round(((90 - latitude) * width) / 360)];
  });
  const beyond = points.some(([x]) => x > width) ? -width : points.some(([x]) => x < 0) ? width : 0;
  const shifted = points.map(([x, y]): [number, number] => [x + beyond, y]);
  return stepsOf(points) + (beyond ? stepsOf(shifted) : '');
}

function stepsOf(points: readonly [number, number][]): string {
  let [x, y] = points[0] ?? [0, 0];
  let path = `M${String(x)} ${String(y)}`;
  let steps = 0;
  for (const [nextX, nextY] of points.slice(1, -1)) {
    if (nextX === x && nextY === y) continue;
    path += `l${String(nextX - x)} ${String(nextY - y)}`;
    [x, y] = [nextX, nextY];
    steps++;
  }
  return steps > 2 ? `${path}z` : '';
}
