import { defineConfig } from 'vite';
import { tsMlsPlugin } from '../client/build/tsMlsPlugin.ts';

/** The page with which real browsers try the encryption of media; no part of what is delivered. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [tsMlsPlugin()],
  worker: { format: 'es', plugins: () => [tsMlsPlugin()] },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
