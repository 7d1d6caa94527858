const firstDelaysMs = [250, 500, 1000] as const;

/** A node that restarts is back within seconds: look often for half a minute, then more seldom. */
const eagerDelayMs = 1500;
const eagerAttempts = 20;
const longestDelayMs = 5000;

/** By how much a delay varies, so that a whole meeting does not knock at the same moment. */
const spread = 0.4;

/** How long to wait before the n-th retry (from 0); `chance` is a random number from 0 to 1. */
export function retryDelayMs(attempt: number, chance: number): number {
  const delay = firstDelaysMs[attempt] ?? (attempt < eagerAttempts ? eagerDelayMs : longestDelayMs);
  return delay * (1 - spread / 2 + spread * chance);
}
