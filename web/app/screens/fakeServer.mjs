// A stand-in for the node, at the page's edge: HTTP answers and SignalR's JSON protocol, with fixed names.
import { directoryAnswer, previewOf, reference, regions, routeView } from './fakeRoute.mjs';

const separator = '\u001e';

/** A fresh installation, which nobody has told where it is. */
export const nowhere = {
  id: 'eu-fra', name: 'local', city: '', country: 'ZZ', latitude: null, longitude: null, operator: 'self', operatorCountry: 'ZZ',
};

/** Milliseconds that the front doors take to answer a probe. */
const roundTrips = { 'eu-fra': 12, 'eu-par': 19, 'ch-zur': 21, 'us-iad': 92, 'ap-sin': 158, 'ap-nrt': 226, 'br-gru': 198 };

const problem = (status, code, title) => ({
  status, contentType: 'application/problem+json',
  body: JSON.stringify({ type: `/problems/${code}`, code, title, status, detail: title }),
});

/** `world`: { meeting: 'ok' | 'unknown' | 'ended' | 'locked' | 'down', title, participants, pictures, ... } */
export async function fakeServer(page, world) {
  const listed = world.regions ?? regions;
  world.where = { p_own: 'eu-fra', ...world.where };
  const facts = { id: 'eu-fra-demo', title: world.title ?? '', e2ee: 'off', locked: false, homeRegion: 'eu-fra', tightenLimit: 100, geofence: { ...(world.fence ?? {}), regions: [] } };
  await page.route('**/api/v1/directory', (route) =>
    world.meeting === 'down' ? route.abort() : route.fulfill({ json: directoryAnswer(listed, { ...world, origin: new URL(page.url()).origin }) }));
  world.probed = new Set();
  await page.route('**/probe', async (route) => {
    const { host } = new URL(route.request().url());
    const region = host.endsWith('.parley.example') ? host.split('.')[0] : 'eu-fra';
    world.probed.add(region);
    await new Promise((done) => setTimeout(done, roundTrips[region] ?? 50));
    await route.fulfill({ status: 204, headers: { 'access-control-allow-origin': '*', 'timing-allow-origin': '*', 'cache-control': 'no-store' } });
  });
  await page.route('**/api/v1/meetings', (route) =>
    world.meeting === 'down' ? route.abort() : route.fulfill({ status: 201, json: { id: 'eu-fra-demo', url: '/m/eu-fra-demo', hostKey: 'k' } }));
  await page.route('**/api/v1/meetings/*', (route) => {
    const answers = {
      unknown: () => route.fulfill(problem(404, 'meeting-unknown', 'No such meeting')),
      ended: () => route.fulfill(problem(410, 'meeting-ended', 'The meeting is over')),
      down: () => route.abort(),
      slow: () => undefined,
    };
    return (answers[world.meeting] ?? (() => route.fulfill({ json: facts })))();
  });
  await page.route('**/api/v1/meetings/*/route/preview', (route) => route.fulfill({ json: previewOf(world, listed, route.request().postDataJSON()) }));
  await page.route('**/api/v1/meetings/*/route', (route) => {
    const others = Object.fromEntries(Object.entries(world.where).filter(([id]) => id !== 'p_own'));
    return route.fulfill({ json: routeView(world, listed, others) });
  });
  await page.routeWebSocket('**/hub*', (socket) => hub(page, socket, world, facts));
}

function hub(page, socket, world, facts) {
  const send = (message) => socket.send(JSON.stringify(message) + separator);
  const event = (target, argument) => send({ type: 1, target, arguments: [argument] });
  world.event = event;
  world.drop = () => socket.close();
  socket.onMessage(async (data) => {
    for (const text of data.toString().split(separator).filter(Boolean)) {
      const message = JSON.parse(text);
      if (message.protocol) socket.send(`{}${separator}`);
      if (message.type !== 1) continue;
      const result = await answer(page, world, facts, message, event);
      if (result?.error) send({ type: 3, invocationId: message.invocationId, error: `An unexpected error occurred. HubException: ${JSON.stringify(result.error)}` });
      else send({ type: 3, invocationId: message.invocationId, result: result ?? null });
    }
  });
}

async function answer(page, world, facts, { target, arguments: [argument] }, event) {
  if (target === 'join') {
    if (world.meeting === 'locked') return { error: { status: 423, code: 'meeting-locked', title: 'Locked', detail: 'Locked' } };
    const others = world.participants ?? [];
    const own = { id: 'p_own', name: argument.name, microphone: argument.microphone, camera: argument.camera, since: 99 };
    if (world.refusal) return { error: world.refusal };
    if (world.waits) {
      event('joinWaiting', { reason: world.waits });
      await new Promise(() => undefined);
    }
    const sdp = await page.evaluate(([offer, people]) => window.loopback.answer(offer, people), [argument.offer, others]);
    const node = reference('eu-fra', sdp.answer, world);
    world.route = (where = world.where) => routeView(world, world.regions ?? regions, where, node);
    return {
      host: world.host ?? false, place: world.place ?? 'DE', node, route: world.route(),
      participant: own.id, resume: 'token', answer: sdp.answer, meeting: facts, participants: [...others, own],
      slots: [], speaker: world.speaker ?? null,
    };
  }
  if (target === 'negotiate') {
    const sdp = await page.evaluate(([offer, people]) => window.loopback.answer(offer, people), [argument.offer, world.participants ?? []]);
    return { answer: sdp.answer, node: reference('eu-fra', sdp.answer, world) };
  }
  if (target === 'view') {
    const mids = await page.evaluate(() => window.loopback.videoMids());
    argument.wishes.forEach((wish, index) => {
      if (!mids[index]) return;
      void page.evaluate(([mid, id]) => window.loopback.fill(mid, id), [mids[index], wish.participant]);
      event('slotChanged', { mid: mids[index], participant: wish.participant, source: 'camera', from: null });
    });
    event('speakerChanged', { dominant: world.speaker ?? null, audible: world.speaker ? [world.speaker] : [] });
    if (world.levels) event('quality', { levels: world.levels });
  }
  return null;
}
