// Notes the longest pause between two pictures of somebody's tile from now on; __readGaps gives it, the pause that still lasts included, and begins anew.
([name]) => {
  const tile = [...document.querySelectorAll('[data-participant]')].find(t => (t.getAttribute('aria-label') ?? '').includes(name));
  const video = tile.querySelector('video');
  window.__gaps = { longest: 0, frames: 0 };
  let last = performance.now();
  const onFrame = now => {
    window.__gaps.longest = Math.max(window.__gaps.longest, now - last);
    window.__gaps.frames++;
    last = now;
    video.requestVideoFrameCallback(onFrame);
  };
  window.__readGaps = () => {
    const { longest, frames } = window.__gaps;
    window.__gaps = { longest: 0, frames: 0 };
    return { longest: Math.max(longest, performance.now() - last), frames };
  };
  video.requestVideoFrameCallback(now => { last = now; video.requestVideoFrameCallback(onFrame); });
}
