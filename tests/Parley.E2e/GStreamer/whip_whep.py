"""GStreamer as an outside tool: publishes a picture in one colour and a tone over WHIP and plays them over WHEP.

Arguments: the node's address, the meeting's id, how many pictures to see. Prints one line of JSON with what was decoded.
"""
import json
import sys
import urllib.error
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

Gst.init(None)
SECONDS = 25
COLOUR = 0xFFC8961E  # ARGB: 200, 150, 30


def post(url, sdp):
    request = urllib.request.Request(url, data=sdp.encode(), headers={"Content-Type": "application/sdp"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.headers["Location"], response.read().decode()
    except urllib.error.HTTPError as refused:
        sys.exit(f"{url} was refused: {refused.read().decode()}\n{sdp}")


class Peer:
    """A webrtcbin that offers to a WHIP or WHEP address once all its candidates are in the offer."""

    def __init__(self, pipeline, url, answered=lambda: None):
        self.pipeline = pipeline
        self.url = url
        self.resource = None
        self.answered = answered
        self.bin = pipeline.get_by_name("peer")
        self.bin.connect("notify::ice-gathering-state", self.on_gathering)

    def offer(self):
        promise = Gst.Promise.new_with_change_func(self.on_offer, None)
        self.bin.emit("create-offer", None, promise)

    def on_offer(self, promise, _):
        # Each step keeps its owner: PyGObject frees a reply with the description in it as soon as nothing names it.
        reply = promise.get_reply()
        offer = reply.get_value("offer")
        text = offer.sdp.as_text()
        _, message = GstSdp.SDPMessage.new_from_text(text)
        self.bin.emit("set-local-description", GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.OFFER, message), Gst.Promise.new())
        del offer, reply

    def on_gathering(self, *_):
        if self.bin.get_property("ice-gathering-state") != GstWebRTC.WebRTCICEGatheringState.COMPLETE or self.resource:
            return
        local = self.bin.get_property("local-description")
        _, self.resource, answer = post(self.url, local.sdp.as_text())
        _, message = GstSdp.SDPMessage.new_from_text(answer)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.bin.emit("set-remote-description", description, Gst.Promise.new())
        self.answered()


def publisher(node, meeting, answered):
    pipeline = Gst.parse_launch(
        f"videotestsrc is-live=true pattern=solid-color foreground-color={COLOUR} ! video/x-raw,width=320,height=180,framerate=15/1 "
        "! videoconvert ! vp8enc deadline=1 cpu-used=8 keyframe-max-dist=60 ! rtpvp8pay picture-id-mode=15-bit ! "
        "application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000 ! webrtcbin name=peer bundle-policy=max-bundle "
        "audiotestsrc is-live=true freq=500 ! audioconvert ! audioresample ! opusenc ! rtpopuspay ! "
        "application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000 ! peer.")
    peer = Peer(pipeline, f"{node}/whip/{meeting}?participant=gst", answered)
    for transceiver in (peer.bin.emit("get-transceiver", i) for i in range(2)):
        transceiver.set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
    peer.bin.connect("on-negotiation-needed", lambda *_: peer.offer())
    return peer


def player(node, meeting, wanted, seen, loop):
    pipeline = Gst.Pipeline()
    pipeline.add(Gst.parse_launch("webrtcbin name=peer bundle-policy=max-bundle"))
    peer = Peer(pipeline, f"{node}/whep/{meeting}/gst")

    def add(caps):
        peer.bin.emit("add-transceiver", GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, Gst.Caps.from_string(caps))

    add("application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,encoding-params=(string)2")
    add("application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000")

    def on_picture(sink):
        sample = sink.emit("pull-sample")
        caps = sample.get_caps().get_structure(0)
        ok, info = sample.get_buffer().map(Gst.MapFlags.READ)
        if ok:
            at = (caps.get_value("height") // 4 * caps.get_value("width") + caps.get_value("width") // 2) * 3
            seen["picture"] = {"red": info.data[at], "green": info.data[at + 1], "blue": info.data[at + 2], "width": caps.get_value("width"), "height": caps.get_value("height")}
            seen["pictures"] += 1
            sample.get_buffer().unmap(info)
        if seen["pictures"] >= wanted and seen["loudness"] > -60:
            loop.quit()
        return Gst.FlowReturn.OK

    def on_pad(_, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        media = pad.get_current_caps().get_structure(0).get_string("media")
        if media == "video":
            tail = Gst.parse_bin_from_description(
                "rtpvp8depay ! vp8dec ! videoconvert ! video/x-raw,format=RGB ! appsink name=sink emit-signals=true sync=false", True)
            tail.get_by_name("sink").connect("new-sample", on_picture)
        else:
            tail = Gst.parse_bin_from_description("rtpopusdepay ! opusdec ! audioconvert ! level name=level ! fakesink", True)
        pipeline.add(tail)
        tail.sync_state_with_parent()
        pad.link(tail.get_static_pad("sink"))

    def on_message(_, message):
        structure = message.get_structure()
        if structure and structure.get_name() == "level":
            seen["loudness"] = max(seen["loudness"], structure.get_value("rms")[0])

    peer.bin.connect("pad-added", on_pad)
    bus = pipeline.get_bus()
    bus.add_signal_watch()
    bus.connect("message", on_message)
    peer.bin.connect("on-negotiation-needed", lambda *_: peer.offer())
    return peer


def main():
    node, meeting, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
    seen = {"pictures": 0, "picture": None, "loudness": -1000.0}
    loop = GLib.MainLoop()
    peers = []

    def watch():
        peers.append(player(node, meeting, wanted, seen, loop))
        peers[-1].pipeline.set_state(Gst.State.PLAYING)

    # There is nothing to play before the node knows the publisher.
    peers.append(publisher(node, meeting, lambda: GLib.idle_add(watch)))
    peers[0].pipeline.set_state(Gst.State.PLAYING)
    GLib.timeout_add_seconds(SECONDS, loop.quit)
    loop.run()
    for peer in reversed(peers):
        peer.pipeline.set_state(Gst.State.NULL)
    print(json.dumps(seen))


main()
