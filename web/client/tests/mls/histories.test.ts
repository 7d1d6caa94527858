// @vitest-environment node
import { expect, it } from 'vitest';
import { longestSettling, runHistory, type HistoryResult } from './support/history';

/** `PARLEY_MLS_SEEDS=2000` runs so many, `PARLEY_MLS_FIRST_SEED=17` from there on; else 200, or as many as 15 s allow on a busy machine. */
const variables = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {};
const count = Number(variables['PARLEY_MLS_SEEDS'] ?? 200);
const longest = variables['PARLEY_MLS_SEEDS'] === undefined ? 15_000 : Infinity;
const first = Number(variables['PARLEY_MLS_FIRST_SEED'] ?? 1);

it(`all who stay agree, and nobody opens what is not theirs, in ${count} random histories`, async () => {
  const results: HistoryResult[] = [];
  const start = performance.now();
  for (let seed = first; seed < first + count && performance.now() - start < longest; seed++) results.push(await runHistory(seed));
  expect(Math.max(...results.map((one) => one.settled))).toBeLessThan(longestSettling);
  if (results.length < 20) return;
  // Else the histories would show nothing.
  expect(results.reduce((sum, one) => sum + one.attempts, 0)).toBeGreaterThan(results.length / 4);
  expect(results.reduce((sum, one) => sum + one.epochs, 0)).toBeGreaterThan(results.length);
}, Math.max(60_000, count * 2_000));
