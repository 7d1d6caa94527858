import type { MessageKey } from '../i18n/en';

/** Which browser's words to use when saying how to lift a block. */
export function permissionHelpKey(userAgent: string): MessageKey {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'helpIos';
  if (/Firefox\//.test(userAgent)) return 'helpFirefox';
  if (/Edg\//.test(userAgent)) return 'helpEdge';
  if (/Android/.test(userAgent) && /Chrome\//.test(userAgent)) return 'helpAndroid';
  if (/Chrome\//.test(userAgent)) return 'helpChrome';
  if (/Safari\//.test(userAgent)) return 'helpSafari';
  return 'helpOther';
}
