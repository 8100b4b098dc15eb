import { join } from 'node:path'
import { loadWords } from '@silian/kernel/declared/words.ts'

/** The words of everything that is declared, in both languages. */
export const words = loadWords(join(import.meta.dirname, 'messages'))
