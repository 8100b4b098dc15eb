import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// the server compares the page's origin with the host that was asked, so the host stays as it is
const server = { target: 'http://127.0.0.1:8320', changeOrigin: false }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { '/api': server, '/log': server } },
  // the verifier's sources say `.ts` in their imports and need a target that knows BigInt and private fields
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true },
})
