// A viewer with three audio and as many video m-lines as asked: how large its offer was, and how many pictures the node agreed to send.
async ([url, pictures]) => {
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  for (let i = 0; i < 3; i++) peer.addTransceiver('audio', { direction: 'recvonly' });
  for (let i = 0; i < Number(pictures); i++) peer.addTransceiver('video', { direction: 'recvonly' });
  await peer.setLocalDescription();
  const offer = peer.localDescription.sdp;
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: offer });
  const text = await answer.text();
  if (answer.status === 201) await peer.setRemoteDescription({ type: 'answer', sdp: text });
  const agreed = peer.getTransceivers().filter(t => t.receiver.track.kind === 'video' && t.currentDirection === 'recvonly').length;
  peer.close();
  return { status: answer.status, offered: offer.length, agreed, text };
}
