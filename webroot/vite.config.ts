import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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
  server: { proxy: { '/api': { target: backend, secure: false, ws: true } } },
});
