import type { Region } from '@parley/client';
import { countryName } from '../i18n/i18n';

/** Whether the directory says where the region is; a fresh installation has not been told. */
export function isPlaced(region: Region): boolean {
  return hasCountry(region) || (region.city !== undefined && region.city !== '');
}

/** "Frankfurt, Germany", as far as the directory says; "Singapore" once. */
export function placeName(region: Region): string {
  const city = cityName(region);
  if (!hasCountry(region)) return city;
  const country = countryName(region.country);
  return country === city ? city : `${city}, ${country}`;
}

/** Where to draw it; null when the directory gives no coordinates (0, 0 is open sea: nobody's data centre). */
export function coordinates(region: Region): { latitude: number; longitude: number } | null {
  const { latitude, longitude } = region;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  return latitude === 0 && longitude === 0 ? null : { latitude, longitude };
}

/** The countries that regions stand in, each once, in the order of the regions; those that nobody stated are left out. */
export function countriesOf(regions: readonly Region[]): string[] {
  return [...new Set(regions.filter(hasCountry).map(({ country }) => country.toUpperCase()))];
}

/** "Frankfurt": the city, else what people call the region. */
export function cityName(region: Region): string {
  return region.city !== undefined && region.city !== '' ? region.city : region.name;
}

function hasCountry(region: Region): region is Region & { country: string } {
  return region.country !== undefined && /^[A-Z]{2}$/i.test(region.country) && region.country.toUpperCase() !== 'ZZ';
}
