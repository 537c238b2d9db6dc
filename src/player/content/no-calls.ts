/**
 * Run in a page before its own scripts, and in the frames that it makes: calls between browsers (WebRTC) go out beside the policy
 * that lets a page load nothing, as UDP and to anywhere. A page has them from its own window only, and gets no other one's.
 */
export const NO_CALLS_SCRIPT = "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) delete globalThis[name];";
