import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { tsMlsPlugin } from '../build/tsMlsPlugin.ts';

/** One file for Node, with the corrections that a page has. */
export default defineConfig({
  logLevel: 'error',
  plugins: [tsMlsPlugin()],
  ssr: { noExternal: true },
  resolve: { conditions: ['browser'] },
  build: {
    ssr: fileURLToPath(new URL('mls.ts', import.meta.url)), target: 'es2022', emptyOutDir: true,
    rollupOptions: { output: { entryFileNames: 'bench.mjs' } },
  },
});
