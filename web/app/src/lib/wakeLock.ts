/** Keeps the screen on, where the browser can; the lock is lost whenever the page is hidden. Returns what ends it. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const ask = async (): Promise<void> => {
    const { wakeLock } = navigator as Partial<Navigator>;
    if (!wakeLock || document.visibilityState !== 'visible') return;
    lock = await wakeLock.request('screen').catch(() => null);
    if (over) await lock?.release();
  };
  const onVisible = (): void => void ask();
  document.addEventListener('visibilitychange', onVisible);
  void ask();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release();
  };
}
