// Fails the build when what a first visit must load grows past its budget (gzipped): scripts and styles that index.html names.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgets = { js: 150_000, css: 20_000 };
/** Of the map, which is loaded when it is shown: its scripts, styles and land together. */
const mapBudget = 40_000;
const dist = new URL('../dist/', import.meta.url);
const html = readFileSync(new URL('index.html', dist), 'utf8');
const totals = { js: 0, css: 0 };
for (const [, path, kind] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(js|css))"/g)) {
  totals[kind] += gzipSync(readFileSync(new URL(path, dist)), { level: 9 }).length;
}
if (!totals.js) throw new Error('no script found in index.html');
for (const [kind, budget] of Object.entries(budgets)) {
  console.log(`initial ${kind}: ${(totals[kind] / 1000).toFixed(1)} kB gzipped of ${budget / 1000} kB`);
  if (totals[kind] > budget) process.exitCode = 1;
}

const map = readdirSync(new URL('assets/', dist)).filter((name) => name.startsWith('WorldMap-'));
if (map.length === 0 || map.some((name) => html.includes(name))) throw new Error('the map is not a part of its own');
const mapSize = map.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(`assets/${name}`, dist)), { level: 9 }).length, 0);
console.log(`map: ${(mapSize / 1000).toFixed(1)} kB gzipped of ${mapBudget / 1000} kB`);
if (mapSize > mapBudget) process.exitCode = 1;
