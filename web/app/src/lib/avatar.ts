/** Up to two initials: of the first and the last word, in whatever script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = (word: string | undefined): string => {
    const segments = word ? [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)] : [];
    return segments[0]?.segment.toLocaleUpperCase() ?? '';
  };
  return words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0]) || '?';
}

/** A hue from the id (FNV-1a), so that a person keeps the colour on every screen. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % 360;
}
