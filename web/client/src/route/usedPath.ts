import type { NodeAddress } from './regions';

/** SHA-256 of the certificate that the connection's transport really uses, as in SDP; null where the browser does not tell. */
export async function usedCertificate(connection: RTCPeerConnection): Promise<string | null> {
  const der = transportOf(connection)?.getRemoteCertificates()[0];
  if (!der) return null;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(der)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(':').toUpperCase();
}

/** Where the packets really go; null where the browser does not tell. */
export function usedPeer(connection: RTCPeerConnection): NodeAddress | null {
  const ice = transportOf(connection)?.iceTransport as Partial<RTCIceTransport> | undefined;
  const { address, port, protocol } = ice?.getSelectedCandidatePair?.()?.remote ?? {};
  // Chromium writes an IPv6 address in brackets here, other than in SDP.
  const ip = address?.replace(/^\[(.*)\]$/, '$1');
  return ip && typeof port === 'number' && protocol ? { ip, port, protocol } : null;
}

/** Whether the packets go over TCP or through the node's tunnel. A connection that may only be relayed is, whatever it calls its candidates. */
export function usesTunnel(connection: RTCPeerConnection): boolean {
  const { iceTransportPolicy } = (connection as Partial<RTCPeerConnection>).getConfiguration?.call(connection) ?? {};
  if (iceTransportPolicy === 'relay') return true;
  const ice = transportOf(connection)?.iceTransport as Partial<RTCIceTransport> | undefined;
  return ice?.getSelectedCandidatePair?.()?.remote.protocol === 'tcp';
}

/** Calls back whenever the packets take another way from now on. */
export function watchPath(connection: RTCPeerConnection, changed: () => void): void {
  const ice = transportOf(connection)?.iceTransport as Partial<RTCIceTransport> | undefined;
  ice?.addEventListener?.('selectedcandidatepairchange', changed);
}

/** All m-lines share one transport. Browsers without such objects compare the fingerprint themselves, as all do. */
function transportOf(connection: RTCPeerConnection): RTCDtlsTransport | null {
  return connection.getTransceivers()[0]?.sender.transport ?? null;
}
