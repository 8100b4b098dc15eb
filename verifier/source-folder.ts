import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FetchBytes } from './source.ts'

/** Reads a log from a folder that holds its files at the paths they are served under. Node only. */
export const folderSource =
  (folder: string): FetchBytes =>
  async path =>
    new Uint8Array(await readFile(join(folder, path)))
