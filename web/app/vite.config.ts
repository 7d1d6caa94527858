import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { tsMlsPlugin } from '../client/build/tsMlsPlugin.ts';
import { landPlugin } from './build/landPlugin.ts';

export default defineConfig({
  plugins: [svelte(), landPlugin(), tsMlsPlugin()],
  worker: { format: 'es', plugins: () => [tsMlsPlugin()] },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/hub': { target: 'ws://127.0.0.1:8080', ws: true } } },
});
