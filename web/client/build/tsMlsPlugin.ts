import { readFileSync } from 'node:fs';
import { correctClientState } from './tsMlsCorrections.ts';

/** Packages that ts-mls loads on demand for suites that Parley does not use. */
const unused = /^@(hpke\/(chacha20poly1305|dhkem-x448|ml-kem)|noble\/(ciphers|curves|post-quantum)(\/.*)?)$/;
const absent = '\0parley:absent';
const ownFiles = /[\\/]ts-mls[\\/]dist[\\/]src[\\/].*\.js$/;
const clientState = /[\\/]ts-mls[\\/]dist[\\/]src[\\/]clientState\.js$/;

/**
 * Corrects ts-mls while it is bundled (and while it is tested). Belongs into `plugins` of Vite and of vitest, and into
 * `worker.plugins`, since Vite bundles workers apart. Where it is missing, the import of the mark in group.ts fails.
 */
export function tsMlsPlugin() {
  return {
    name: 'parley:ts-mls',
    enforce: 'pre' as const,
    config: () => ({ optimizeDeps: { exclude: ['ts-mls'] }, ssr: { noExternal: ['ts-mls'] } }),
    resolveId(id: string, importer: string | undefined) {
      return unused.test(id) && importer?.includes('ts-mls') ? absent : undefined;
    },
    load(id: string) {
      if (id === absent) return "throw new Error('this suite is not part of Parley');";
      const [path = ''] = id.split('?');
      // Its source maps name files that are not in the package.
      return ownFiles.test(path) ? readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=.*$/, '') : undefined;
    },
    transform(code: string, id: string) {
      const [path = ''] = id.split('?');
      if (!clientState.test(path)) return undefined;
      const manifest = JSON.parse(readFileSync(path.replace(/dist[\\/]src[\\/]clientState\.js$/, 'package.json'), 'utf8')) as { version: string };
      return { code: correctClientState(code, manifest.version), map: null };
    },
  };
}
