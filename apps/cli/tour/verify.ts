import { audit } from '@silian/verifier/audit.ts'
import { verifyProof } from '@silian/verifier/proof.ts'
import type { FetchBytes } from '@silian/verifier/source.ts'
import { httpSource } from '@silian/verifier/source-http.ts'
import type { Bought } from './buy.ts'
import { Failed, patiently, until } from './client.ts'
import type { Tour } from './main.ts'
import { heading, tell, yuan } from './tell.ts'

interface Figure {
  readonly period: string
  readonly published: boolean
  readonly totalFen: number
  readonly rows: readonly unknown[]
}

/** A stranger's check, without trusting the server: the order's proof, then every entry, signature, tile and figure. */
export async function verify(tour: Tour, bought: Bought): Promise<void> {
  heading('四、任何人都能核对', "A stranger's check, offline")
  const vkey = (await text(tour, `/log/${tour.programme}/vkey`)).trim()
  await checkOrder(tour, bought, vkey)
  await checkFigures(tour, bought, vkey)
}

const problemsOf = ({ problems }: { problems: readonly { name: string }[] }): string =>
  problems.map(problem => problem.name).join(', ')

const text = async (tour: Tour, path: string): Promise<string> =>
  (await patiently(() => fetch(tour.base + path))).text()

/** The tour outlives a server that is killed and started again; what was published before is there afterwards. */
function patientSource({ base, programme }: Tour): FetchBytes {
  const read = httpSource(`${base}/log/${programme}`)
  return path => until(path, () => read(path).catch(() => undefined))
}

async function checkOrder(
  tour: Tour,
  { completedFact, totalFen, number }: Bought,
  vkey: string,
): Promise<void> {
  const evidence = JSON.parse(await text(tour, tour.path(`/facts/${completedFact}`))) as {
    entry: string
    proof: string
  }
  const entry = Buffer.from(evidence.entry, 'base64')
  const checked = await verifyProof({ proof: Buffer.from(evidence.proof), vkey, entry })
  if (!checked.ok) throw new Failed(`the proof of the order is bad: ${problemsOf(checked)}`)
  const { pub } = JSON.parse(entry.toString()) as { pub: { number: string; fen: string } }
  if (pub.number !== number || Number(pub.fen) !== totalFen) throw new Failed('the entry is of another order')
  tell('核对者', `订单 ${number} 的存证已按签名树根验证：${yuan(pub.fen)}`, 'the order is in the signed tree')
  evidence.proof = evidence.proof.replace(/index (\d+)/, (_, n: string) => `index ${Number(n) + 1}`)
  if ((await verifyProof({ proof: Buffer.from(evidence.proof), vkey, entry })).ok)
    throw new Failed('a damaged proof was accepted')
}

async function checkFigures(tour: Tour, { totalFen }: Bought, vkey: string): Promise<void> {
  const result = await audit({ fetchBytes: patientSource(tour), vkey })
  if (!result.ok) throw new Failed(`the log is bad: ${problemsOf(result)}`)
  const { size, own, held, figures } = result.report
  tell(
    '核对者',
    `全部 ${size} 条存证、签名与哈希树已重算；自持密钥签名 ${own} 条，代管 ${held} 条`,
    'every entry, signature and tile of the log',
  )
  const published = (JSON.parse(await text(tour, tour.path('/figures'))) as Figure[]).filter(
    figure => figure.published,
  )
  if (published.length === 0 || figures.checked < published.length)
    throw new Failed('a published figure could not be recomputed')
  const latest = published[0]!
  tell(
    '核对者',
    `已公布的 ${figures.checked} 个月度数据均由存证重算相符；最近 ${latest.period}：${yuan(latest.totalFen)}`,
    'every published figure follows from the entries',
  )
  tell('', `本单 ${yuan(totalFen)} 计入本月，月末公布后同样可查`, 'this order counts in the open month')
}
