// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayWindow } from '../../src/sframe/replayWindow';

describe('the replay window', () => {
  it('agrees with a set of all that came, whatever comes', () => {
    const steps = fc.array(fc.oneof(fc.nat(40), fc.nat(5000), fc.nat(100_000), fc.integer({ min: -2100, max: 40 })), { maxLength: 300 });
    fc.assert(
      fc.property(steps, (given) => {
        const window = new ReplayWindow();
        const seen = new Set<number>();
        let highest = -1;
        for (const step of given) {
          // Near the highest so far, as live counters are.
          const counter = Math.max(0, highest + step - 20);
          const expected = !seen.has(counter) && counter > highest - ReplayWindow.size;
          expect(window.isFresh(counter)).toBe(expected);
          expect(window.accept(counter)).toBe(expected);
          if (expected) seen.add(counter);
          highest = Math.max(highest, counter);
        }
      }),
    );
  });

  it('takes large counters and large jumps', () => {
    const window = new ReplayWindow();
    expect(window.accept(0)).toBe(true);
    expect(window.accept(Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(window.accept(Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(window.accept(Number.MAX_SAFE_INTEGER - 1)).toBe(true);
    expect(window.accept(0)).toBe(false);
  });
});
