const firstDelaysMs = [250, 500, 1000] as const;
const longestDelayMs = 5000;

/** How long to wait before the n-th retry (from 0): 0.25, 0.5, 1, 2, 3, 4, then always 5 s. */
export function retryDelayMs(attempt: number): number {
  return firstDelaysMs[attempt] ?? Math.min(longestDelayMs, (attempt - firstDelaysMs.length + 2) * 1000);
}
