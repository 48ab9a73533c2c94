import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const backend = process.env.LIMIQUANTIX_URL ?? 'https://localhost:8443';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // A data: URL is one more source that the content security policy would have to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  ssr: { resolve: { mainFields: ['module', 'main'] } },
  // PatternFly's modules import style sheets, which Node itself cannot.
  test: { include: ['src/**/*.test.ts'], css: false, server: { deps: { inline: [/@patternfly/] } } },
  server: { proxy: { '/api': { target: backend, secure: false, ws: true } } },
});
