import type { Language, Words } from '../declared/words.ts'
import type { Document } from '../documents/document.ts'
import { writePdf } from '../documents/pdf.ts'
import { dateOf } from '../time/shanghai.ts'
import type { Erasure } from './contract.ts'

/** The receipt as a PDF, in an answer of a file. */
export async function receiptPdf(words: Words, language: Language, erasure: Erasure, at: Date) {
  const paper = receiptDocument(words, language, erasure, at)
  return { type: 'application/pdf', name: `${paper.title}.pdf`, content: await writePdf(paper) }
}

/** The receipt as a paper for those whose data it was: what went, what stays, why and until when; it names nobody. */
export function receiptDocument(words: Words, language: Language, erasure: Erasure, at: Date): Document {
  const said = (key: string) => words.say(language, 'retention', key)
  const { destroyed, stays, waits } = erasure.receipt
  const day = (instant: string) => dateOf(new Date(instant))
  const when = erasure.carriedAt ? `${said('carried')} ${day(erasure.carriedAt)}` : said('state.waiting')
  return {
    ...{ language, at, title: said('receipt.title') },
    subtitle: `${erasure.areaName} · ${said('asked')} ${day(erasure.askedAt)} · ${when}`,
    blocks: [
      { kind: 'paragraph', text: said(`receipt.${erasure.state}`) },
      ...table(
        said('waits'),
        [said('what'), said('count')],
        waits.map(({ code, count }) => [said(`waits.${code}`), String(count)]),
      ),
      ...table(
        said('destroyed'),
        [said('what'), said('count')],
        destroyed.map(({ kind, count }) => [said(`destroyed.${kind}`), String(count)]),
      ),
      ...table(
        said('stays'),
        [said('what'), said('why'), said('law'), said('until')],
        stays.map(stay => [
          stay.fields
            .map(field => fieldName(words, language, erasure.register, field))
            .join(language === 'zh' ? '、' : ', '),
          ...[said(`class.${stay.class}`), said(`law.${stay.class}`), stay.until],
        ]),
      ),
      ...(destroyed.length > 0 ? [{ kind: 'note' as const, text: said('receipt.backup') }] : []),
    ],
    footer: `${said('receipt.number')} ${erasure.id}${erasure.factId ? ` · ${said('receipt.fact')} ${erasure.factId}` : ''}`,
  }
}

/** A column by its own name, a kind of file or of records by the messages'. */
const fieldName = (words: Words, language: Language, register: string, field: string): string =>
  /^(file|record)\./.test(field)
    ? words.say(language, 'retention', field)
    : words.say(language, register, `column.${field}`)

const table = (caption: string, labels: readonly string[], rows: readonly string[][]): Document['blocks'] =>
  rows.length === 0
    ? []
    : [{ kind: 'table', caption, columns: labels.map(label => ({ label, align: 'left' as const })), rows }]
