import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { countryCentres } from './countryCentres.ts';
import { landPath } from './landPath.ts';

const id = 'virtual:land';

/**
 * Serves what the map draws: the world's land as one SVG path, without borders, and the middle of each country. Made at
 * build time from Natural Earth's data, which is in the public domain.
 */
export function landPlugin(): Plugin {
  return {
    name: 'parley-land',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? module() : null),
  };
}

function module(): string {
  const require = createRequire(import.meta.url);
  const read = (file: string): unknown => JSON.parse(readFileSync(require.resolve(`world-atlas/${file}`), 'utf8'));
  return [
    `export const land = ${JSON.stringify(landPath(read('land-50m.json')))};`,
    `export const centres = ${JSON.stringify(countryCentres(read('countries-50m.json')))};`,
  ].join('\n');
}
