import { describe, expect, it } from 'vitest';
import type { LocalMediaState } from '@parley/client';
import { hueOf, initials } from '../src/lib/avatar';
import { deviceTroubles } from '../src/lib/deviceTrouble';
import { TileOrder } from '../src/lib/order';
import { permissionHelpKey } from '../src/lib/permissionHelp';
import { cityName, coordinates, countriesOf, isPlaced, placeName } from '../src/lib/places';
import { noticeFor } from '../src/lib/problemNotice';
import { commandOf } from '../src/lib/shortcuts';

describe('TileOrder', () => {
  it('keeps places, closes gaps, adds at the end', () => {
    const order = new TileOrder();
    expect(order.arrange(['a', 'b', 'c'], null, 2, null)).toEqual(['a', 'b', 'c']);
    expect(order.arrange(['c', 'a', 'd'], null, 2, null)).toEqual(['a', 'c', 'd']);
  });

  it('brings a speaker from a later page in place of the longest silent, never of the own tile', () => {
    const order = new TileOrder();
    const all = ['me', 'a', 'b', 'c', 'd'];
    order.arrange(all, 'b', 3, 'me');
    expect(order.arrange(all, 'd', 3, 'me')).toEqual(['me', 'd', 'b', 'c', 'a']);
    expect(order.arrange(all, 'd', 3, 'me')).toEqual(['me', 'd', 'b', 'c', 'a']);
    expect(order.arrange(all, 'c', 3, 'me')).toEqual(['me', 'd', 'c', 'b', 'a']);
  });

  it('keeps the own tile on the first page', () => {
    expect(new TileOrder().arrange(['a', 'b', 'c', 'me'], null, 2, 'me')).toEqual(['a', 'me', 'b', 'c']);
  });
});

describe('avatar', () => {
  it.each([
    ['Ada Lovelace', 'AL'], ['  ada  ', 'A'], ['Jean-Luc van der Berg', 'JB'], ['', '?'], ['👩‍💻 Wei', '👩‍💻W'], ['李 小龍', '李小'],
  ])('%j becomes %j', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it('gives everyone a hue of their own', () => {
    expect(hueOf('p_1')).toBe(hueOf('p_1'));
    expect(new Set(Array.from({ length: 50 }, (_, index) => hueOf(`p_${String(index)}`))).size).toBeGreaterThan(35);
  });
});

describe('device troubles', () => {
  const state = (microphone: string | null, camera: string | null, on = true) =>
    ({ microphone: { on: true, failure: microphone }, camera: { on, failure: camera } }) as unknown as LocalMediaState;
  const titles = (...args: Parameters<typeof state>) => deviceTroubles(state(...args), 'Firefox/153').map(({ title }) => title);

  it('are told once when both failed alike, else each', () => {
    expect(titles('refused', 'refused')).toEqual(['deviceRefusedBoth']);
    expect(titles(null, 'busy')).toEqual(['deviceBusyCamera']);
    expect(titles('missing', 'busy')).toEqual(['deviceMissingMicrophone', 'deviceBusyCamera']);
    expect(titles('insecure', 'insecure')).toEqual(['deviceInsecure']);
    expect(titles(null, null)).toEqual([]);
  });

  it('are not told of a camera that is off', () => {
    expect(titles(null, 'busy', false)).toEqual([]);
  });

  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604', 'helpIos'],
    ['Mozilla/5.0 Gecko/20100101 Firefox/153.0', 'helpFirefox'],
    ['Mozilla/5.0 Chrome/156.0 Safari/537.36 Edg/156.0', 'helpEdge'],
    ['Mozilla/5.0 (Linux; Android 16) Chrome/156.0 Mobile Safari/537.36', 'helpAndroid'],
    ['Mozilla/5.0 Chrome/156.0 Safari/537.36', 'helpChrome'],
    ['Mozilla/5.0 Version/19 Safari/605', 'helpSafari'],
    ['Lynx', 'helpOther'],
  ])('are lifted as %j does it', (agent, key) => {
    expect(permissionHelpKey(agent)).toBe(key);
  });
});

describe('shortcuts', () => {
  const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.body) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, ...init });
    target.dispatchEvent(event);
    return commandOf(event);
  };

  it('are single keys, in either case', () => {
    expect([press('m'), press('V'), press('p'), press('r'), press('?'), press('Escape'), press('x')]).toEqual(['mute', 'camera', 'people', 'route', 'help', 'close', null]);
  });

  it("are not the browser's, nor text that somebody types", () => {
    expect(press('m', { ctrlKey: true })).toBeNull();
    expect(press('m', { repeat: true })).toBeNull();
    const field = document.body.appendChild(document.createElement('input'));
    expect(press('m', {}, field)).toBeNull();
    expect(press('Escape', {}, field)).toBe('close');
  });
});

describe('places', () => {
  const frankfurt = { id: 'eu-fra', name: 'Frankfurt 1', city: 'Frankfurt', country: 'DE', latitude: 50.1, longitude: 8.7 };
  const bare = { id: 'local', name: 'Local' };

  it('are named as far as the directory says', () => {
    expect(placeName(frankfurt)).toBe('Frankfurt, Germany');
    expect(cityName(frankfurt)).toBe('Frankfurt');
    expect(cityName(bare)).toBe('Local');
    expect(placeName(bare)).toBe('Local');
    expect(placeName({ ...bare, country: 'ZZ' })).toBe('Local');
  });

  it('are not made up where nobody said one', () => {
    expect(isPlaced(frankfurt)).toBe(true);
    expect(isPlaced({ ...bare, city: '', country: 'ZZ', latitude: null, longitude: null })).toBe(false);
  });

  it('are drawn only where coordinates are given', () => {
    expect(coordinates(frankfurt)).toEqual({ latitude: 50.1, longitude: 8.7 });
    expect(coordinates(bare)).toBeNull();
    expect(coordinates({ ...bare, latitude: 0, longitude: 0 })).toBeNull();
  });

  it('have each country once', () => {
    expect(countriesOf([frankfurt, bare, { ...bare, country: 'ZZ' }, { ...bare, country: 'fr' }, frankfurt])).toEqual(['DE', 'FR']);
  });
});

describe('noticeFor', () => {
  const of = (code: string, status: number) => noticeFor({ code, status, title: '', detail: '' }).title;

  it('goes by code, else by status, else uses the words of the server', () => {
    expect(of('meeting-unknown', 404)).toBe('meetingUnknownTitle');
    expect(of('meeting-locked', 403)).toBe('meetingLockedTitle');
    expect(of('meeting-full', 503)).toBe('meetingFullTitle');
    expect(of('', 410)).toBe('meetingEndedTitle');
    expect(of('rate-limited', 429)).toBe('refusedTitle');
  });
});
