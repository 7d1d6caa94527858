// The path of the newest peer connection that is up: what its selected pair says, and how many bytes went over it.
async () => {
  const peer = window.__peers.filter(({ connectionState }) => connectionState === 'connected').at(-1);
  if (!peer) return null;
  const reports = await peer.getStats();
  const transport = [...reports.values()].find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId);
  const pair = transport && reports.get(transport.selectedCandidatePairId);
  if (!pair) return null;
  const [local, remote] = [reports.get(pair.localCandidateId), reports.get(pair.remoteCandidateId)];
  return {
    localType: local.candidateType, relayProtocol: local.relayProtocol ?? '', protocol: remote.protocol,
    remote: `${remote.address}:${remote.port}`, tcpType: remote.tcpType ?? '', policy: peer.getConfiguration().iceTransportPolicy, received: pair.bytesReceived,
  };
}
