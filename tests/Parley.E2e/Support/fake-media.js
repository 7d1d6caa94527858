// Stands in for the devices: a picture in one colour with a moving bar (a stuck picture shows), and a steady tone
// (the browser's own fake microphone instead where no sound device makes an AudioContext run: Firefox).
// Also remembers the peer connections, so that a test can read their statistics.
(() => {
  const { colour, tone, width, height, browserSound } = window.__fakeMedia;
  window.__peers = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...args) { super(...args); window.__peers.push(this); }
  };

  function picture() {
    const canvas = document.createElement('canvas');
    canvas.width = width; canvas.height = height;
    const context = canvas.getContext('2d', { alpha: false });
    let frame = 0;
    const draw = () => {
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#ffffff';
      context.fillRect((frame * 16) % width, height - height / 10, width / 10, height / 10);
      frame++;
    };
    draw();
    const timer = setInterval(draw, 50);
    const track = canvas.captureStream(20).getVideoTracks()[0];
    const stop = track.stop.bind(track);
    track.stop = () => { clearInterval(timer); stop(); };
    return track;
  }

  let audio;
  function sound() {
    audio ??= new AudioContext();
    const oscillator = audio.createOscillator();
    oscillator.frequency.value = tone;
    const gain = audio.createGain();
    gain.gain.value = 0.3;
    const target = audio.createMediaStreamDestination();
    oscillator.connect(gain).connect(target);
    oscillator.start();
    return target.stream.getAudioTracks()[0];
  }

  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async constraints => {
    const tracks = [];
    if (constraints.audio) tracks.push(browserSound ? (await ask({ audio: true })).getAudioTracks()[0] : sound());
    if (constraints.video) tracks.push(picture());
    return new MediaStream(tracks);
  };
  devices.enumerateDevices = async () => [
    { deviceId: 'mic', groupId: 'g', kind: 'audioinput', label: 'Test microphone', toJSON() { return this; } },
    { deviceId: 'cam', groupId: 'g', kind: 'videoinput', label: 'Test camera', toJSON() { return this; } },
  ];
})();
