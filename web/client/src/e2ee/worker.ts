import { MediaCore } from './mediaCore';
import type { FromMediaWorker, ToMediaWorker } from './messages';
import type { TransformEvent } from './transformer';

/** What a dedicated worker has; the language's declarations for workers exclude those for pages. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToMediaWorker>) => void) | null;
  onrtctransform: ((event: TransformEvent) => void) | null;
  postMessage(message: FromMediaWorker): void;
}

const scope = globalThis as unknown as WorkerScope;
const core = new MediaCore((message) => {
  scope.postMessage(message);
});

scope.onmessage = ({ data }) => void core.onMessage(data);
scope.onrtctransform = ({ transformer }) => void core.onTransform(transformer);
