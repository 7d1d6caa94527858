// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RoutePreview } from '@parley/client';
import { Previewer, type PreviewSources } from '../../src/route/previewer.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const answer = (allowed: readonly string[]): RoutePreview => ({
  outcome: 'admitted', home: 'a', place: 'DE', node: 'n', region: 'a', delay: 1, computed: false, consequences: null, problem: null,
  regions: ['a', 'b'].map((id) => ({ id, allowed: allowed.includes(id), rule: 'default', scope: 'platform', reason: '' })),
});

function previewer(overrides: Partial<PreviewSources> = {}) {
  const asked: { fence: unknown; roundTrips: unknown }[] = [];
  const measured: (readonly string[])[] = [];
  const sources: PreviewSources = {
    ask: (request) => {
      asked.push(request);
      return Promise.resolve(answer(request.fence.deny ? ['a'] : ['a', 'b']));
    },
    measure: (regions) => {
      measured.push(regions);
      return Promise.resolve(Object.fromEntries(regions.map((region) => [region, 10])));
    },
    ...overrides,
  };
  return { asked, measured, one: new Previewer(sources, {}) };
}

describe('the route preview', () => {
  it('asks, measures what is allowed, and asks again with the figures', async () => {
    const { asked, measured, one } = previewer();
    await vi.runAllTimersAsync();
    expect(measured).toEqual([['a', 'b']]);
    expect(asked.map(({ roundTrips }) => roundTrips)).toEqual([{}, { a: 10, b: 10 }]);
    expect(one.busy).toBe(false);
  });

  it('measures no region that the own rule leaves out, and tells nothing of it any more', async () => {
    const { measured, one } = previewer();
    // While the first answer, which allows it, is under way.
    one.change({ deny: ['region:b'] });
    await vi.runAllTimersAsync();
    expect(measured).toEqual([['a']]);
    expect(one.allowedRoundTrips()).toEqual({ a: 10 });
  });

  it('asks once for several quick changes, and takes the last', async () => {
    const { asked, one } = previewer();
    await vi.runAllTimersAsync();
    const before = asked.length;
    for (const deny of [['country:US'], ['country:US', 'country:CN'], ['country:CN']]) one.change({ deny });
    expect(one.busy).toBe(true);
    await vi.runAllTimersAsync();
    expect(asked.length).toBe(before + 1);
    expect(asked.at(-1)?.fence).toEqual({ deny: ['country:CN'] });
  });

  it('says so when the server does not answer, and can be asked again', async () => {
    let down = true;
    const { one } = previewer({ ask: () => (down ? Promise.reject(new Error('down')) : Promise.resolve(answer(['a']))) });
    await vi.runAllTimersAsync();
    expect(one.failed).toBe(true);
    down = false;
    one.retry();
    await vi.runAllTimersAsync();
    expect(one.failed).toBe(false);
    expect(one.preview?.region).toBe('a');
  });

  it('does nothing after it is closed', async () => {
    const { measured, one } = previewer();
    one.close();
    await vi.runAllTimersAsync();
    expect(measured).toEqual([]);
    expect(one.preview).toBeNull();
  });
});
