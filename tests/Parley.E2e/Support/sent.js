// The bytes that this page has sent over its peer connections, checks of the path included.
async () => {
  let bytes = 0;
  for (const peer of window.__peers) {
    for (const report of (await peer.getStats()).values()) {
      if (report.type === 'transport' || report.type === 'outbound-rtp') bytes += report.bytesSent;
      if (report.type === 'candidate-pair') bytes += report.requestsSent;
    }
  }
  return bytes;
}
