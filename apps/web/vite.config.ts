import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { drawing } from './build/drawing.ts'
import { maps } from './build/maps.ts'
import { noscript } from './build/noscript.ts'
import { provinces } from './build/provinces.ts'
import { shop } from './build/shop.ts'
import { titles } from './build/titles.ts'

// the server compares the page's origin with the host that was asked, so the host stays as it is
const server = { target: 'http://127.0.0.1:8320', changeOrigin: false }

/** Every file once more as `.br` and `.gz`, so that the server need not compress the same bytes for each visitor. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  enforce: 'post',
  // from the disk: in the bundle the code still holds marks that are filled in when it is written
  // side by side on all cores: brotli at its best takes as long as the rest of the build
  async writeBundle({ dir = '' }, bundle) {
    await Promise.all(Object.keys(bundle).map(fileName => compress(join(dir, fileName))))
  },
}

async function compress(file: string): Promise<void> {
  const source = await readFile(file)
  // what is a picture is compressed already
  if (source.length < 1024 || /\.(png|webp)$/.test(file)) return
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(source),
    promisify(gzip)(source, { level: 9 }),
  ])
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), maps, provinces, titles, noscript, ...shop, compressed, drawing],
  server: { proxy: { '/api': server, '/log': server } },
  // the verifier needs a target that knows BigInt and private fields
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // the desks and the citizens' shop: what both need is in files of its own
      input: ['index.html', 'shop.html'].map(page => join(import.meta.dirname, page)),
      checks: { bundlerTimings: false },
    },
  },
})
