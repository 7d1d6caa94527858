import { describe, expect, it } from 'vitest';
import { usedPeer, usesTunnel } from '../src/route/usedPath';

const connected = (address: string): RTCPeerConnection => {
  const remote = { address, port: 40000, protocol: 'udp' };
  const transport = { iceTransport: { getSelectedCandidatePair: () => ({ remote }) } };
  return { getTransceivers: () => [{ sender: { transport } }] } as unknown as RTCPeerConnection;
};

describe('usedPeer', () => {
  it('reads addresses as SDP writes them, in the form of Chromium too', () => {
    expect(usedPeer(connected('192.0.2.7'))).toEqual({ ip: '192.0.2.7', port: 40000, protocol: 'udp' });
    expect(usedPeer(connected('[2001:db8::7]'))?.ip).toBe('2001:db8::7');
    expect(usedPeer(connected('2001:db8::7'))?.ip).toBe('2001:db8::7');
  });

  it('is nothing where the browser does not tell', () => {
    expect(usedPeer({ getTransceivers: () => [{ sender: { transport: {} } }] } as unknown as RTCPeerConnection)).toBeNull();
  });
});

describe('usesTunnel', () => {
  const over = (protocol: string, iceTransportPolicy: RTCIceTransportPolicy = 'all'): RTCPeerConnection => {
    const transport = { iceTransport: { getSelectedCandidatePair: () => ({ remote: { address: '192.0.2.7', port: 443, protocol } }) } };
    return { getConfiguration: () => ({ iceTransportPolicy }), getTransceivers: () => [{ sender: { transport } }] } as unknown as RTCPeerConnection;
  };

  it('is so over TCP, and wherever only a relay is allowed', () => {
    expect([over('udp'), over('tcp'), over('udp', 'relay')].map(usesTunnel)).toEqual([false, true, true]);
  });
});
