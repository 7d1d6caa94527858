import type { Directory, MeetingFacts, Region } from '@parley/client';
import { countryName } from '../i18n/i18n';

/** Whether the directory says where the region is; a fresh installation has not been told. */
export function isPlaced(region: Region): boolean {
  return hasCountry(region) || (region.city !== undefined && region.city !== '');
}

/** "Frankfurt, Germany", as far as the directory says. */
export function placeName(region: Region): string {
  const city = region.city !== undefined && region.city !== '' ? region.city : region.name;
  return hasCountry(region) ? `${city}, ${countryName(region.country)}` : city;
}

/** "Frankfurt · DE", for narrow places. */
export function placeCode(region: Region): string {
  const city = region.city !== undefined && region.city !== '' ? region.city : region.name;
  return hasCountry(region) ? `${city} · ${region.country}` : city;
}

/** Where to draw it; null when the directory gives no coordinates (0, 0 is open sea: nobody's data centre). */
export function coordinates(region: Region): { latitude: number; longitude: number } | null {
  const { latitude, longitude } = region;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  return latitude === 0 && longitude === 0 ? null : { latitude, longitude };
}

/** The regions that may carry the meeting, as its facts and the directory say; all of them where no fence is given. */
export function meetingRegions(facts: MeetingFacts, directory: Directory): Region[] {
  const rules = facts.geofence?.regions;
  if (!rules || rules.length === 0) return [...directory.regions];
  const allowed = new Set(rules.filter((rule) => rule.allowed).map((rule) => rule.id));
  return directory.regions.filter((region) => allowed.has(region.id));
}

function hasCountry(region: Region): region is Region & { country: string } {
  return region.country !== undefined && /^[A-Z]{2}$/i.test(region.country) && region.country.toUpperCase() !== 'ZZ';
}
