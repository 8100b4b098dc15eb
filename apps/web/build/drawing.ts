import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type Plugin } from 'vite'
import { provinces } from './provinces.ts'

const root = join(import.meta.dirname, '..')

/** The shop's first pages once more beside the others, for the server to draw. */
export const drawing: Plugin = {
  name: 'drawing',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    await build({
      ...{ configFile: false, root, logLevel: 'warn', plugins: [react(), provinces] },
      // whole, and React as it is in use: what is found at run time would be the slow one for developers
      define: { 'process.env.NODE_ENV': '"production"' },
      ssr: { noExternal: true },
      build: {
        target: 'es2022',
        outDir: join(dir, 'drawing'),
        emptyOutDir: true,
        copyPublicDir: false,
        ssr: 'src/shop/drawing.tsx',
        rolldownOptions: { checks: { bundlerTimings: false } },
      },
    })
  },
}
