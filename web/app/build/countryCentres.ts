import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

const numericCodes = createRequire(import.meta.url)('i18n-iso-countries/codes.json') as readonly (readonly [string, string, string])[];

/** The middle of each country's largest piece of land, by ISO 3166-1 alpha-2 code: [latitude, longitude] in whole degrees. */
export function countryCentres(data: unknown): Record<string, [number, number]> {
  const topology = data as Topology<{ countries: GeometryCollection }>;
  const alpha2 = new Map(numericCodes.map(([two, , numeric]) => [numeric, two]));
  const centres: Record<string, [number, number]> = {};
  for (const { id, geometry } of feature(topology, topology.objects.countries).features) {
    const code = alpha2.get(String(id));
    if (code === undefined) continue;
    const polygons =
      geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
    const [largest] = polygons.map((polygon) => middle(polygon[0] ?? [])).sort((a, b) => b.area - a.area);
    if (largest) centres[code] = [Math.round(largest.latitude), Math.round(largest.longitude)];
  }
  return centres;
}

function middle(ring: number[][]): { area: number; latitude: number; longitude: number } {
  let [twice, sumX, sumY] = [0, 0, 0];
  ring.forEach(([x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    const cross = x * nextY - nextX * y;
    twice += cross;
    sumX += (x + nextX) * cross;
    sumY += (y + nextY) * cross;
  });
  const [x = 0, y = 0] = ring[0] ?? [];
  return twice === 0
    ? { area: 0, latitude: y, longitude: x }
    : { area: Math.abs(twice), latitude: sumY / (3 * twice), longitude: sumX / (3 * twice) };
}
