import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type ProxyOptions } from 'vite';

// `npm run dev` needs a running server; its address and token come from the environment, never from a file in the repository.
const server = process.env.VETHLAB_SERVER ?? 'http://127.0.0.1:7070';
const token = process.env.VETHLAB_TOKEN;

/** The server checks Host and Origin exactly, so the development proxy speaks as the server's own page would. */
const proxy: ProxyOptions = {
  target: server,
  changeOrigin: true,
  ws: true,
  headers: { origin: server, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
};

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // Workspace packages are read from their sources: no build has to come first.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    // `light-dark()` and `color-mix()` stay as they are: these browsers know them.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The content security policy allows nothing from `data:` but images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': proxy, '/healthz': proxy } },
});
