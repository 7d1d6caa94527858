import { av1 } from './av1';
import type { FrameFormat } from './frameFormat';
import { h264 } from './h264';
import { opus } from './opus';
import { vp8 } from './vp8';
import { vp9 } from './vp9';

const formats: Readonly<Record<string, FrameFormat>> = {
  'audio/opus': opus,
  'audio/red': opus,
  'video/vp8': vp8,
  'video/vp9': vp9,
  'video/av1': av1,
  'video/h264': h264,
};

/** The format of a codec by its media type, with or without parameters; null for one that cannot be sealed. */
export function formatOf(mimeType: string): FrameFormat | null {
  return formats[(mimeType.split(';')[0] ?? '').trim().toLowerCase()] ?? null;
}
