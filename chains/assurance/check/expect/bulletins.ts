import { contentHash } from '@silian/kernel/documents/content-hash.ts'
import { contentOf } from '../../bulletins/rules.ts'
import type { Book } from '../book.ts'
import type { Expectation } from '../compare.ts'
import type { Findings } from '../report.ts'
import { map } from './registers.ts'

/** Published bulletins: what each says must hash to what its fact committed. Drafts say nothing yet. */
export const bulletins = (book: Book, findings: Findings): Expectation => ({
  table: 'bulletin',
  key: ['id'],
  columns: ['title', 'sections', 'figures', 'state'],
  rows: map(book.bulletins, (id, told) => ({
    id,
    month: told.month,
    state: 'published',
    version: told.version,
    published_at: told.fact.at,
    fact_id: told.fact.id,
    content_hash: told.content,
  })),
  mayStand: row => row.state === 'draft',
  seen: row => {
    const told = book.bulletins.get(String(row.id))
    if (!told) return
    const hash = contentHash(contentOf(row as unknown as Parameters<typeof contentOf>[0]))
    if (hash !== told.content) findings.differs('bulletin', String(row.id), 'content', told.content, hash)
  },
})
