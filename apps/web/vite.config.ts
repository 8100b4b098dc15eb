import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// the server compares the page's origin with the host that was asked, so the host stays as it is
const server = { target: 'http://127.0.0.1:8320', changeOrigin: false }

/** Every file once more as `.br` and `.gz`, so that the server need not compress the same bytes for each visitor. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      const source = Buffer.from(file.type === 'chunk' ? file.code : file.source)
      if (source.length < 1024) continue
      this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(source) })
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) })
    }
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed],
  server: { proxy: { '/api': server, '/log': server } },
  // the verifier needs a target that knows BigInt and private fields
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
})
