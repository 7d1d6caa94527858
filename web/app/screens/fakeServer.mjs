// A stand-in for the node, at the page's edge: HTTP answers and SignalR's JSON protocol, with fixed names.
const separator = '\u001e';

export const region = {
  id: 'eu-fra', name: 'Frankfurt', city: 'Frankfurt', country: 'DE', latitude: 50.11, longitude: 8.68,
  operator: 'Parley e. V.', operatorCountry: 'DE',
};

/** A fresh installation, which nobody has told where it is. */
export const nowhere = {
  id: 'local', name: 'local', city: '', country: 'ZZ', latitude: null, longitude: null, operator: 'self', operatorCountry: 'ZZ',
};

const problem = (status, code, title) => ({
  status, contentType: 'application/problem+json',
  body: JSON.stringify({ type: `/problems/${code}`, code, title, status, detail: title }),
});

/** `world`: { meeting: 'ok' | 'unknown' | 'ended' | 'locked' | 'down', title, participants, pictures, ... } */
export async function fakeServer(page, world) {
  const facts = { id: 'fra-demo', title: world.title ?? '', e2ee: 'off', locked: false };
  await page.route('**/api/v1/directory', (route) =>
    world.meeting === 'down' ? route.abort() : route.fulfill({ json: { version: 1, regions: [world.region ?? region], nodes: [] } }));
  await page.route('**/api/v1/meetings', (route) =>
    world.meeting === 'down' ? route.abort() : route.fulfill({ status: 201, json: { id: 'fra-demo', url: '/m/fra-demo', hostKey: 'k' } }));
  await page.route('**/api/v1/meetings/*', (route) => {
    const answers = {
      unknown: () => route.fulfill(problem(404, 'meeting-unknown', 'No such meeting')),
      ended: () => route.fulfill(problem(410, 'meeting-ended', 'The meeting is over')),
      down: () => route.abort(),
      slow: () => undefined,
    };
    return (answers[world.meeting] ?? (() => route.fulfill({ json: facts })))();
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
    const sdp = await page.evaluate(([offer, people]) => window.loopback.answer(offer, people), [argument.offer, others]);
    return {
      participant: own.id, resume: 'token', answer: sdp.answer, meeting: facts, participants: [...others, own],
      slots: [], speaker: world.speaker ?? null,
    };
  }
  if (target === 'negotiate') {
    const sdp = await page.evaluate(([offer, people]) => window.loopback.answer(offer, people), [argument.offer, world.participants ?? []]);
    return { answer: sdp.answer };
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
