// What a person would hear: the sum of the energy of all sound that was played, from the browser's own statistics.
async () => {
  let energy = 0, concealed = 0, samples = 0;
  for (const peer of window.__peers) {
    if (peer.connectionState === 'closed') continue;
    for (const report of (await peer.getStats()).values()) {
      if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
      energy += report.totalAudioEnergy ?? 0;
      concealed += report.concealedSamples ?? 0;
      samples += report.totalSamplesReceived ?? 0;
    }
  }
  return { energy, concealed, samples };
}
