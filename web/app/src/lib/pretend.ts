import type { Directory } from '@parley/client';
import { tabStorage } from './memory';

const key = 'parley.place';

/** The country that this tab pretends to be in, where a demonstration allows that; null: where it really is. */
export function pretendedPlace(): string | null {
  const place = tabStorage()?.getItem(key) ?? null;
  return place !== null && /^[A-Z]{2}$/.test(place) ? place : null;
}

export function pretend(place: string): void {
  try {
    tabStorage()?.setItem(key, place);
  } catch {
    // Without storage every page asks anew.
  }
}

/** The place that a demonstration begins with: the one chosen before, else that of its first region. Empty where there is no demonstration. */
export function beginningPlace(directory: Directory | null): string {
  const places = demoPlaces(directory);
  const wanted = [pretendedPlace(), ...(directory?.regions ?? []).map(({ country }) => country)];
  return wanted.find((place) => typeof place === 'string' && places.includes(place)) ?? places[0] ?? '';
}

/** What a directory says of a demonstration: the countries one may pretend to be in; empty where it is none. */
export function demoPlaces(directory: unknown): readonly string[] {
  const demo = (directory as { demo?: { places?: unknown } | null } | null)?.demo;
  const places = Array.isArray(demo?.places) ? (demo.places as unknown[]) : [];
  return places.filter((place): place is string => typeof place === 'string' && /^[A-Z]{2}$/.test(place));
}
