import type { Atlas } from '../../src/route/selectors';

const region = (id: string, city: string, country: string, latitude: number, longitude: number) =>
  ({ id, name: id, city, country, latitude, longitude, operator: `Operator of ${city}`, operatorCountry: country });

/** Four regions in four countries, one for its own people only; one group with a region in it and one without. */
export const atlas: Atlas = {
  regions: [
    region('eu-fra', 'Frankfurt', 'DE', 50.1, 8.7),
    region('ch-zur', 'Zurich', 'CH', 47.4, 8.5),
    region('us-iad', 'Ashburn', 'US', 39, -77.5),
    { ...region('br-gru', 'São Paulo', 'BR', -23.5, -46.6), servesOnly: ['BR'] },
  ],
  groups: [
    { id: 'EEA', name: 'European Economic Area', asOf: '2026-11-01', countries: ['DE', 'FR'] },
    { id: 'Nordic', name: 'The Nordic states', asOf: '2026-11-01', countries: ['SE', 'NO'] },
  ],
};
