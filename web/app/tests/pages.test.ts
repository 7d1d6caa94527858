import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Start from '../src/pages/Start.svelte';
import { router } from '../src/lib/router.svelte';

const region = { id: 'eu-fra', name: 'Frankfurt', city: 'Frankfurt', country: 'DE', latitude: 50.1, longitude: 8.7 };
const answers = new Map<string, () => Response>();
let page: ReturnType<typeof mount>;

const json = (body: unknown, status = 200) => () => new Response(JSON.stringify(body), { status });
const byText = (selector: string, text: string): HTMLElement => {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.textContent.trim() === text);
  if (!found) throw new Error(`no ${selector} named ${text}`);
  return found;
};

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('fetch', (path: string) => {
    const answer = answers.get(path);
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('no route'));
  });
  answers.clear();
  answers.set('/api/v1/directory', json({ version: 1, regions: [region] }));
  document.documentElement.lang = 'en';
  router.go('/');
  page = mount(Start, { target: document.body });
  flushSync();
});
afterEach(async () => {
  await unmount(page);
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe('start page', () => {
  it('says where the server is, and that nobody checked it', async () => {
    await vi.waitFor(() => {
      expect(document.querySelector('figcaption')?.textContent).toContain('Frankfurt, Germany');
    });
    expect(document.querySelector('figcaption')?.textContent).toContain('has not checked');
  });

  it('starts a meeting with one click', async () => {
    answers.set('/api/v1/meetings', json({ id: 'fra-1', url: '/m/fra-1', hostKey: 'k' }, 201));
    byText('button', 'Start a meeting').click();
    await vi.waitFor(() => {
      expect(router.route).toEqual({ page: 'meeting', id: 'fra-1' });
    });
    expect(sessionStorage.getItem('parley.host.fra-1')).toBe('k');
  });

  it('says so when the server does not answer, and lets one try again', async () => {
    byText('button', 'Start a meeting').click();
    await vi.waitFor(() => {
      expect(document.querySelector('[role=alert] .problem')?.textContent).toContain('does not answer');
    });
    expect(byText('button', 'Start a meeting').getAttribute('aria-disabled')).toBe('false');
  });

  it('refuses what is not a link of this server, at the field', () => {
    const field = document.querySelector<HTMLInputElement>('#link');
    if (!field) throw new Error('no field');
    field.value = 'https://elsewhere.example/m/1';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    byText('button', 'Join').click();
    flushSync();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(router.route.page).toBe('start');
  });

  it('has no accessibility fault', async () => {
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
