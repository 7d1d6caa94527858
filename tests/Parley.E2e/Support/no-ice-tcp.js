// As in a network that looks into connections: what is no TLS does not get through, so that no TCP candidate of an answer works.
(() => {
  const { setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    return setRemoteDescription.call(this, { ...description, sdp: description.sdp.replace(/^a=candidate:\S+ \d+ tcp .*\r\n/gm, '') });
  };
})();
