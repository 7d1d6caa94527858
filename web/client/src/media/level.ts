/** Loudness of a track for a meter, 0 to 1; stops costing anything when closed. */
export class LevelMeter {
  private readonly context: AudioContext;
  private readonly analyser: AnalyserNode;
  private readonly source: MediaStreamAudioSourceNode;
  private readonly samples: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    this.context = new AudioContext();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 1024;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.source = this.context.createMediaStreamSource(new MediaStream([track]));
    this.source.connect(this.analyser);
  }

  read(): number {
    if (this.context.state === 'suspended') void this.context.resume();
    this.analyser.getFloatTimeDomainData(this.samples);
    return meterLevel(this.samples);
  }

  close(): void {
    this.source.disconnect();
    void this.context.close();
  }
}

const quietestDecibels = -60;

/** Maps the root mean square of samples (-1 to 1) to a meter: -60 dB and less is 0, full scale is 1. */
export function meterLevel(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = samples.length ? Math.sqrt(sum / samples.length) : 0;
  const decibels = rms > 0 ? 20 * Math.log10(rms) : -Infinity;
  return Math.min(1, Math.max(0, 1 - decibels / quietestDecibels));
}
