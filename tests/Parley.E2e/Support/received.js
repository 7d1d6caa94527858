// The bytes of media that this page received, headers and retransmissions included.
async () => {
  let bytes = 0;
  for (const peer of window.__peers) {
    if (peer.connectionState === 'closed') continue;
    for (const report of (await peer.getStats()).values()) {
      if (report.type === 'inbound-rtp') bytes += report.bytesReceived + report.headerBytesReceived;
    }
  }
  return bytes;
}
