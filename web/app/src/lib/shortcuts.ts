import type { MessageKey } from '../i18n/en';

export type Command = 'mute' | 'camera' | 'people' | 'route' | 'help' | 'close';

/** One key each; Escape closes what is open. */
export const shortcuts: readonly { readonly key: string; readonly command: Command; readonly label: MessageKey }[] = [
  { key: 'M', command: 'mute', label: 'shortcutMute' },
  { key: 'V', command: 'camera', label: 'shortcutCamera' },
  { key: 'P', command: 'people', label: 'shortcutPeople' },
  { key: 'R', command: 'route', label: 'shortcutRoute' },
  { key: '?', command: 'help', label: 'shortcutHelp' },
  { key: 'Escape', command: 'close', label: 'shortcutClose' },
];

/** The command of a key press; null while somebody types, or with a modifier that belongs to the browser. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const target = event.target instanceof Element ? event.target : null;
  const typing = target?.matches('input, textarea, select, [contenteditable]') ?? false;
  if (typing && key !== 'Escape') return null;
  if (event.repeat) return null;
  return shortcuts.find((shortcut) => shortcut.key === key)?.command ?? null;
}
