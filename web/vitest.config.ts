import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { landPlugin } from './app/build/landPlugin.ts';

/** Unit tests of both packages in one process pool: jsdom, no network, no browser. */
export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } }), landPlugin()],
  resolve: { conditions: ['browser'] },
  test: {
    environment: 'jsdom',
    include: ['client/tests/**/*.test.ts', 'app/tests/**/*.test.ts'],
    restoreMocks: true,
  },
});
