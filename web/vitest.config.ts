import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { landPlugin } from './app/build/landPlugin.ts';
import { tsMlsPlugin } from './client/build/tsMlsPlugin.ts';

/** Unit tests of both packages in one process pool: jsdom, no network, no browser. */
export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } }), landPlugin(), tsMlsPlugin()],
  resolve: { conditions: ['browser'] },
  test: {
    environment: 'jsdom',
    include: ['client/tests/**/*.test.ts', 'app/tests/**/*.test.ts'],
    restoreMocks: true,
    // Else Node loads it as it is, without the corrections.
    server: { deps: { inline: ['ts-mls'] } },
  },
});
