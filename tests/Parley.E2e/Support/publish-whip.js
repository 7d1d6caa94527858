// A plain WHIP publisher (RFC 9725), as any page could write it: no Parley code.
async ([url]) => {
  const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  for (const track of media.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [media] });
  await peer.setLocalDescription();
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription.sdp });
  if (answer.status !== 201) return { status: answer.status, location: null, text: await answer.text() };
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  return { status: answer.status, location: answer.headers.get('Location'), text: null };
}
