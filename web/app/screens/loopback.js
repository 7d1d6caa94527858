// Runs in the page: the other end of the peer connection, sending drawn people, so that pictures really are received.
window.loopback = (() => {
  let peer = null;
  let senders = [];
  const faces = new Map();

  function face(person) {
    const known = faces.get(person.id);
    if (known) return known;
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
    const context = canvas.getContext('2d');
    const draw = () => {
      const glow = context.createRadialGradient(320, 100, 40, 320, 180, 420);
      glow.addColorStop(0, `hsl(${person.hue} 30% 42%)`);
      glow.addColorStop(1, `hsl(${person.hue} 35% 12%)`);
      context.fillStyle = glow;
      context.fillRect(0, 0, 640, 360);
      context.fillStyle = `hsl(${person.hue} 20% 26%)`;
      context.beginPath();
      context.ellipse(320, 400, 150, 130, 0, 0, 7);
      context.fill();
      context.fillStyle = `hsl(25 ${30 + (person.hue % 20)}% ${45 + (person.hue % 30)}%)`;
      context.beginPath();
      context.ellipse(320, 190, 66, 82, 0, 0, 7);
      context.fill();
    };
    draw();
    setInterval(draw, 100);
    const track = canvas.captureStream(10).getVideoTracks()[0];
    faces.set(person.id, track);
    return track;
  }

  // The browser's fake camera is a green test pattern; a picture for people has a person in it.
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    for (const fake of stream.getVideoTracks()) {
      const drawn = face({ id: 'own', hue: 168 }).clone();
      const settings = fake.getSettings();
      drawn.getSettings = () => settings;
      Object.defineProperty(drawn, 'label', { value: fake.label });
      stream.removeTrack(fake);
      stream.addTrack(drawn);
    }
    return stream;
  };

  let people = [];
  return {
    async answer(offer, present) {
      people = present;
      peer ??= new RTCPeerConnection();
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      senders = peer.getTransceivers().slice(2).filter((one) => one.receiver.track.kind === 'video');
      for (const transceiver of senders) transceiver.direction = 'sendonly';
      await peer.setLocalDescription();
      if (peer.iceGatheringState !== 'complete') {
        await new Promise((done) => {
          peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && done());
        });
      }
      return { answer: peer.localDescription.sdp };
    },
    videoMids: () => senders.map((one) => one.mid),
    async fill(mid, id) {
      const person = people.find((one) => one.id === id);
      const sender = senders.find((one) => one.mid === mid)?.sender;
      if (person && sender) await sender.replaceTrack(face(person));
    },
  };
})();
