// What this page's camera sends: the simulcast layers, their sizes and rates, and why the browser limits them.
async () => {
  const layers = [];
  for (const peer of window.__peers) {
    if (peer.connectionState === 'closed') continue;
    for (const report of (await peer.getStats()).values()) {
      if (report.type === 'outbound-rtp' && report.kind === 'video')
        layers.push(`${report.rid ?? '-'} ${report.active} ${report.frameWidth}x${report.frameHeight} ${report.framesPerSecond ?? 0} fps ${report.targetBitrate ?? 0} bit/s ${report.qualityLimitationReason}`);
      if (report.type === 'candidate-pair' && report.nominated)
        layers.push(`estimate ${report.availableOutgoingBitrate} rtt ${report.currentRoundTripTime}`);
    }
  }
  return layers;
}
