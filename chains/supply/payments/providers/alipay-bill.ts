import { fromBufferPromise } from 'yauzl'
import { fenOfYuan, ProviderFault, type StatementLine } from './provider.ts'

const MOST_BYTES = 100_000_000

/** Reads a day's bill: a ZIP whose file of single trades (not the one of sums) is CSV in GBK, comments marked by `#`. */
export async function readBill(file: Buffer): Promise<StatementLine[]> {
  const rows = csvOf(await detailsIn(file))
  const head = rows.findIndex(cells => cells.includes('支付宝交易号'))
  if (head === -1) throw new ProviderFault('provider.malformed')
  const at = (name: string) => rows[head]!.findIndex(cell => cell.startsWith(name))
  const columns = {
    ...{ reference: at('支付宝交易号'), tradeNo: at('商户订单号'), kind: at('业务类型') },
    ...{ fen: at('订单金额'), refund: at('退款批次号/请求号') },
  }
  if (Object.values(columns).includes(-1)) throw new ProviderFault('provider.malformed')
  return rows
    .slice(head + 1)
    .filter(cells => /^\d{16,}$/.test(cells[columns.reference] ?? ''))
    .map(cells => {
      const isRefund = cells[columns.kind] === '退款'
      const fen = fenOfYuan(cells[columns.fen] ?? '')
      const reference = cells[isRefund ? columns.refund : columns.reference]
      const tradeNo = cells[columns.tradeNo]
      if (fen === undefined || !reference || !tradeNo) throw new ProviderFault('provider.malformed')
      return { kind: isRefund ? 'refund' : 'payment', reference, tradeNo, fen: Math.abs(fen) }
    })
}

/** Values may be quoted and end in blanks or a tab; none of a bill holds a comma of its own. */
const csvOf = (text: string): string[][] =>
  text
    .split(/\r?\n/)
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
    .map(line => line.split(',').map(cell => cell.trim().replace(/^"|"$/g, '').trim()))

async function detailsIn(file: Buffer): Promise<string> {
  try {
    const zip = await fromBufferPromise(file, { decodeStrings: false })
    for await (const entry of zip.eachEntry()) {
      const name = new TextDecoder('gbk').decode(entry.fileName as unknown as Buffer)
      if (!name.endsWith('.csv') || /汇总/.test(name)) continue
      if (entry.uncompressedSize > MOST_BYTES) throw new ProviderFault('provider.too_large')
      const pieces: Buffer[] = []
      for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
      return new TextDecoder('gbk').decode(Buffer.concat(pieces))
    }
  } catch (error) {
    if (error instanceof ProviderFault) throw error
  }
  throw new ProviderFault('provider.malformed')
}
