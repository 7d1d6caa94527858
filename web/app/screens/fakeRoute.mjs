// The route side of the stand-in for the node: a directory and statements with real signatures, so that the page's own checks run.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

export const regions = [
  ['eu-fra', 'Frankfurt', 'DE', 50.11, 8.68, 'Parley e. V.', 'DE'],
  ['eu-par', 'Paris', 'FR', 48.86, 2.35, 'Parley e. V.', 'DE'],
  ['ch-zur', 'Zurich', 'CH', 47.37, 8.54, 'Alpenrechner AG', 'CH'],
  ['us-iad', 'Ashburn', 'US', 39.04, -77.49, 'Potomac Hosting', 'US'],
  ['br-gru', 'São Paulo', 'BR', -23.55, -46.63, 'Nuvem Sul', 'BR', ['BR']],
  ['ap-sin', 'Singapore', 'SG', 1.35, 103.82, 'Merlion Cloud', 'SG'],
  ['ap-nrt', 'Tokyo', 'JP', 35.68, 139.69, 'Potomac Hosting', 'US'],
].map(([id, city, country, latitude, longitude, operator, operatorCountry, servesOnly]) => ({
  id, name: city, city, country, latitude, longitude, operator, operatorCountry, ...(servesOnly ? { servesOnly } : {}),
}));

const groups = [
  { id: 'EEA', name: 'European Economic Area', asOf: '2026-11-01', countries: ['DE', 'FR', 'NL', 'NO', 'IS', 'LI'] },
  { id: 'Five-Eyes', name: 'Five Eyes', asOf: '2026-11-01', countries: ['AU', 'CA', 'GB', 'NZ', 'US'] },
];

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = (pair) => pair.publicKey.export({ type: 'spki', format: 'der' });
const operator = newKey();
const nodeKeys = new Map();
const keyOf = (region) => {
  if (!nodeKeys.has(region)) nodeKeys.set(region, newKey());
  return nodeKeys.get(region);
};

function signed(value, { privateKey }) {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${body}.${sign('sha256', Buffer.from(body), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

export const operatorHash = createHash('sha256').update(spki(operator)).digest('base64url');
export const nodeOf = (region) => `n_${region}`;

/** `tamper`: 'directory' signs with another key. */
export function directoryAnswer(listed, { demo, tamper, origin } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const nodes = listed.map(({ id }) => ({ id: nodeOf(id), region: id, key: spki(keyOf(id)).toString('base64url'), roles: ['control', 'media'], addresses: [], frontDoor: id === 'eu-fra' ? origin : `https://${id}.parley.example` }));
  const directory = { version: 12, issued: now - 3600, expires: 0, regions: listed, nodes, groups, revoked: [] };
  return {
    signed: signed(directory, tamper === 'directory' ? newKey() : operator),
    operatorKey: spki(operator).toString('base64url'), version: 12, regions: listed, nodes, groups, ...(demo ? { demo } : {}),
  };
}

/** A node's reference with a statement; of the node that answers it names what the answer's SDP says. */
export function reference(region, sdp, { tamper } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const fingerprint = /a=fingerprint:sha-256 (\S+)/.exec(sdp ?? '')?.[1] ?? Array(32).fill('AB').join(':');
  const addresses = [...(sdp ?? '').matchAll(/a=candidate:\S+ \d \S+ \d+ (\S+) (\d+)/g)].map(([, ip, port]) => ({ ip, port: Number(port), protocol: 'udp' }));
  const statement = { node: nodeOf(region), region: tamper === 'region' ? 'ap-nrt' : region, fingerprint, addresses, issued: now - 60, expires: now + 540 };
  return { id: nodeOf(region), region, statement: signed(statement, keyOf(region)) };
}

/** Verdicts by the rules that a scene gives: { 'us-iad': ['deny country:US', 'meeting'] }. */
export function verdicts(listed, out = {}) {
  return listed.map(({ id, servesOnly }) => {
    const [rule, scope] = out[id] ?? (servesOnly ? [`servesOnly ${servesOnly.join(' ')}`, 'platform'] : []);
    return rule ? { id, allowed: false, rule, scope, reason: rule } : { id, allowed: true, rule: 'default', scope: 'platform', reason: 'No rule excludes it.' };
  });
}

/** A RouteView over the given people: { p_Wei: 'ap-sin' }. */
export function routeView(world, listed, people, own) {
  const used = [...new Set(Object.values(people))];
  const relays = used.slice(1).map((region) => ({ from: nodeOf(used[0]), to: nodeOf(region) }));
  const delays = { 'eu-fra ap-sin': 86, 'eu-fra us-iad': 47, 'eu-fra eu-par': 5, 'eu-fra ch-zur': 4 };
  const legs = used.slice(1).map((region) => ({ a: nodeOf(used[0]), b: nodeOf(region), ms: delays[`${used[0]} ${region}`] ?? 60, computed: world.computed ?? true }));
  return {
    epoch: 3, home: 'eu-fra',
    fence: { ...(world.fence ?? {}), regions: verdicts(listed, world.out) },
    participants: Object.entries(people).map(([id, region]) => ({ id, node: nodeOf(region), region, country: world.countries?.[id] ?? 'DE' })),
    relays, legs,
    nodes: used.map((region) => own?.region === region ? own : reference(region)),
    delays: { worst: world.worst ?? 98, mean: 55, computed: world.computed ?? true },
  };
}

/** The answer of the preview call; `world.preview(request)` changes it. */
export function previewOf(world, listed, request) {
  const changed = world.preview?.(request) ?? {};
  return {
    outcome: 'admitted', home: 'eu-fra', place: world.place ?? 'DE', node: nodeOf('eu-fra'), region: 'eu-fra', delay: 98, computed: true,
    regions: verdicts(listed, { ...world.out, ...changed.out }),
    consequences: { moves: 0, leaves: 0, worstBefore: 98, worstAfter: 98, growth: 0, computed: true },
    problem: null, ...changed,
  };
}
