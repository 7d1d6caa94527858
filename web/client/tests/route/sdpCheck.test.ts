import { describe, expect, it } from 'vitest';
import type { RouteFailure } from '../../src/route/failure';
import { checkAnswer, isStated } from '../../src/route/sdpCheck';
import { answerOf, fingerprintOf, statementOf } from '../fakes/fakeTrust';

const statement = statementOf('n_fra', 'eu-fra');
const other = fingerprintOf('n_par');

function codeOf(sdp: string): string | null {
  try {
    checkAnswer(sdp, statement);
    return null;
  } catch (failure) {
    return (failure as RouteFailure).code;
  }
}
const sound = answerOf('n_fra');
const line = `a=fingerprint:sha-256 ${statement.fingerprint}`;
const alter = (change: (lines: string[]) => string[]): string => change(sound.split('\r\n')).join('\r\n');
const firstOnly = (lines: string[], replacement: string[]): string[] => {
  const at = lines.indexOf(line);
  return [...lines.slice(0, at), ...replacement, ...lines.slice(at + 1)];
};

describe('fingerprints', () => {
  it('pass when they are the statement\'s, once in each section', () => {
    expect(checkAnswer(sound, statement)).toMatchObject({ sdp: sound, fingerprint: statement.fingerprint, leftOut: 0 });
  });

  it('pass once for the whole session', () => {
    expect(codeOf(alter((lines) => [...lines.slice(0, 4), line, ...lines.slice(4).filter((one) => one !== line)]))).toBeNull();
  });

  it('need not be in a section that is refused', () => {
    expect(codeOf(`${sound}m=video 0 UDP/TLS/RTP/SAVPF 96\r\n`)).toBeNull();
    expect(codeOf(`${sound}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n`)).toBe('fingerprint-mismatch');
  });

  it.each([
    ['another node\'s', answerOf('n_fra', { fingerprint: other })],
    ['another in one section only', alter((lines) => firstOnly(lines, [line.replace(statement.fingerprint, other)]))],
    ['a second one beside the right one', alter((lines) => firstOnly(lines, [line, line.replace(statement.fingerprint, other)]))],
    ['the right one twice', alter((lines) => firstOnly(lines, [line, line]))],
    ['another for the session', alter((lines) => [...lines.slice(0, 4), line.replace(statement.fingerprint, other), ...lines.slice(4)])],
    ['another hash', alter((lines) => firstOnly(lines, ['a=fingerprint:sha-1 00:11']))],
    ['another hash beside it', alter((lines) => firstOnly(lines, [line, 'a=fingerprint:sha-512 00:11']))],
    ['another spelling of the attribute', alter((lines) => firstOnly(lines, [line, `a=Fingerprint:sha-256 ${other}`]))],
    ['a space before the attribute', alter((lines) => firstOnly(lines, [line, `a= fingerprint:sha-256 ${other}`]))],
    ['one hidden behind a lone carriage return', alter((lines) => firstOnly(lines, [line, `a=x\ra=fingerprint:sha-256 ${other}`]))],
    ['one on a folded line', alter((lines) => firstOnly(lines, [line, ` a=fingerprint:sha-256 ${other}`]))],
    ['none at all', alter((lines) => lines.filter((one) => one !== line))],
    ['keys in the text', alter((lines) => firstOnly(lines, [line, 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA']))],
    ['no media', 'v=0\r\ns=-\r\n'],
    ['nothing', ''],
  ])('fail: %s', (_name, sdp) => {
    expect(codeOf(sdp)).toBe('fingerprint-mismatch');
  });

  it('may be in lower case', () => {
    expect(codeOf(answerOf('n_fra', { fingerprint: statement.fingerprint.toLowerCase() }))).toBeNull();
  });
});

describe('candidates', () => {
  it('that the statement does not name are taken out', () => {
    const checked = checkAnswer(answerOf('n_fra', { candidates: ['192.0.2.1 40000', '198.51.100.9 40000', '192.0.2.1 40001', '2001:db8:0::1 40000', 'evil.example 40000', 'x.local 40000'] }), statement);
    expect(checked.leftOut).toBe(4);
    expect(checked.addresses.map(({ ip }) => ip)).toEqual(['192.0.2.1', '2001:db8:0::1']);
    expect(checked.sdp.match(/a=candidate/g)).toHaveLength(2);
    expect(checked.sdp).not.toContain('198.51.100.9');
  });

  it('must be of the protocol stated', () => {
    expect(codeOf(sound.replace(' udp ', ' tcp '))).toBe('candidate-foreign');
    expect(codeOf(sound.replace(' udp ', ' UDP '))).toBeNull();
  });

  it.each([[['198.51.100.9 40000']], [[]]])('fail when none is left: %j', (candidates) => {
    expect(codeOf(answerOf('n_fra', { candidates }))).toBe('candidate-foreign');
  });

  it('that do not read are left out', () => {
    expect(checkAnswer(`${sound}a=candidate:nonsense\r\na=Candidate:1 1 udp 1 198.51.100.9 1 typ host\r\na=remote-candidates:1 198.51.100.9 1\r\n`, statement)).toMatchObject({ sdp: sound, leftOut: 3 });
  });
});

describe('isStated', () => {
  it('knows one address in several spellings, and no names', () => {
    expect(isStated({ ip: '2001:DB8:0:0::1', port: 40000, protocol: 'udp' }, statement)).toBe(true);
    expect(isStated({ ip: '192.0.2.1', port: 40000, protocol: 'UDP' }, statement)).toBe(true);
    expect(isStated({ ip: '::ffff:192.0.2.1', port: 40000, protocol: 'udp' }, statement)).toBe(false);
    expect(isStated({ ip: 'fra.example.org', port: 40000, protocol: 'udp' }, statement)).toBe(false);
    expect(isStated({ ip: '1:::2', port: 40000, protocol: 'udp' }, statement)).toBe(false);
  });
});
