// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Recovery } from '../src/session/recovery';

describe('Recovery', () => {
  let up = false;
  const restartIce = vi.fn<() => Promise<void>>();
  const replace = vi.fn<() => Promise<void>>();
  let recovery: Recovery;

  beforeEach(() => {
    vi.useFakeTimers();
    up = false;
    restartIce.mockReset().mockResolvedValue();
    replace.mockReset().mockResolvedValue();
    recovery = new Recovery({ isUp: () => up, restartIce, replace });
  });
  afterEach(() => {
    recovery.stop();
    vi.useRealTimers();
  });

  it('lets a short gap heal by itself', () => {
    recovery.onState('disconnected');
    vi.advanceTimersByTime(900);
    recovery.onState('connected');
    vi.advanceTimersByTime(60_000);
    expect(restartIce).not.toHaveBeenCalled();
  });

  it('restarts ICE after the grace, then replaces the connection, then again', () => {
    recovery.onState('disconnected');
    vi.advanceTimersByTime(1000);
    expect(restartIce).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(4000);
    expect(replace).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(8000);
    expect(replace).toHaveBeenCalledTimes(2);
  });

  it('restarts ICE at once when the connection failed, and replaces it when that fails too', () => {
    recovery.onState('failed');
    expect(restartIce).toHaveBeenCalledOnce();
    recovery.onState('failed');
    expect(replace).toHaveBeenCalledOnce();
  });

  it('replaces at once when the node refuses the restart', async () => {
    restartIce.mockRejectedValue(new Error('refused'));
    recovery.onState('failed');
    await vi.advanceTimersByTimeAsync(0);
    expect(replace).toHaveBeenCalledOnce();
  });

  it('is content when the restart worked without a change of state', () => {
    recovery.onState('failed');
    up = true;
    vi.advanceTimersByTime(60_000);
    expect(replace).not.toHaveBeenCalled();
  });

  it('replaces a transport that the node closed', () => {
    recovery.lost();
    expect(replace).toHaveBeenCalledOnce();
    expect(restartIce).not.toHaveBeenCalled();
  });

  it('does nothing while stopped', () => {
    recovery.begin();
    recovery.stop();
    vi.advanceTimersByTime(60_000);
    expect(replace).not.toHaveBeenCalled();
  });
});
