// What an attacker on the same network could have overheard of this page's media connection: the port it goes to, both user fragments, the SSRCs.
async () => {
  const peer = window.__peers.findLast(p => p.connectionState === 'connected');
  const stats = [...(await peer.getStats()).values()];
  const transport = stats.find(s => s.type === 'transport');
  const pair = stats.find(s => s.id === transport.selectedCandidatePairId);
  const remote = stats.find(s => s.id === pair.remoteCandidateId);
  const ufrag = description => /a=ice-ufrag:(\S+)/.exec(description.sdp)[1];
  return {
    port: remote.port,
    serverUfrag: ufrag(peer.remoteDescription), clientUfrag: ufrag(peer.localDescription),
    ssrcs: stats.filter(s => s.type === 'inbound-rtp' || s.type === 'outbound-rtp').map(s => s.ssrc),
  };
}
