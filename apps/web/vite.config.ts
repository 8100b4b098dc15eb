import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8320'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { '/api': server, '/log': server } },
  // the verifier's sources say `.ts` in their imports and need a target that knows BigInt and private fields
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true },
})
