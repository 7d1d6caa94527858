// What is to be known of this page's media connection: the port it goes to, both user fragments, the server's password, the SSRCs.
async () => {
  const peer = window.__peers.findLast(p => p.connectionState === 'connected');
  const stats = [...(await peer.getStats()).values()];
  const transport = stats.find(s => s.type === 'transport');
  const pair = stats.find(s => s.id === transport.selectedCandidatePairId);
  const remote = stats.find(s => s.id === pair.remoteCandidateId);
  const line = (description, name) => new RegExp(`a=${name}:(\\S+)`).exec(description.sdp)[1];
  return {
    port: remote.port,
    serverUfrag: line(peer.remoteDescription, 'ice-ufrag'), serverPassword: line(peer.remoteDescription, 'ice-pwd'), clientUfrag: line(peer.localDescription, 'ice-ufrag'),
    ssrcs: stats.filter(s => s.type === 'inbound-rtp' || s.type === 'outbound-rtp').map(s => s.ssrc),
  };
}
