// A plain WHEP player, as any page could write it: no Parley code. Shows what it gets in a tile named "Player".
async ([url]) => {
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const stream = new MediaStream();
  const video = document.createElement('video');
  const tile = document.createElement('div');
  tile.dataset.participant = 'player';
  tile.setAttribute('aria-label', 'Player');
  video.autoplay = true; video.playsInline = true;
  tile.append(video);
  document.body.append(tile);
  peer.ontrack = event => { stream.addTrack(event.track); video.srcObject = stream; };
  peer.addTransceiver('audio', { direction: 'recvonly' });
  peer.addTransceiver('video', { direction: 'recvonly' });
  await peer.setLocalDescription();
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription.sdp });
  if (answer.status !== 201) return { status: answer.status, location: null, text: await answer.text() };
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  return { status: answer.status, location: answer.headers.get('Location'), text: null };
}
