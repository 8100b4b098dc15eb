import type { Block, Document, Table } from '@silian/kernel/documents/document.ts'
import { isClosable } from '@silian/kernel/metric/define.ts'
import { formatOf, metricWord, wordsRestedOn } from '@silian/kernel/metric/sheet.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { words } from '../../words.ts'
import type { Bulletin, Rendered } from './contract.ts'
import type { Head } from './reads.ts'
import { metricNamed } from './render.ts'
import { filled, inTable } from './rules.ts'

/** A bulletin as a document: its text with the figures in place, its tables, and how to check them. */
export function documentOf(bulletin: Bulletin, { origin, size, programme }: Head, at: Date): Document {
  const { figures } = bulletin
  const published = bulletin.publishedAt === null ? '草稿，未公布' : dateOf(new Date(bulletin.publishedAt))
  return {
    title: bulletin.title,
    subtitle: `${programme} · ${published}`,
    language: 'zh',
    at: bulletin.publishedAt === null ? at : new Date(bulletin.publishedAt),
    blocks: [
      ...bulletin.sections.flatMap(({ heading, text, tables }) => [
        { kind: 'heading' as const, text: heading },
        ...filled(text, figures)
          .split(/\n+/)
          .filter(Boolean)
          .map(paragraph => ({ kind: 'paragraph' as const, text: paragraph })),
        ...tables.flatMap(key => figures.filter(figure => figure.key === key).map(tableOf)),
      ]),
      ...check(bulletin, figures),
    ],
    footer: `自行核验：日志 ${origin}，检查点 ${size}${bulletin.factId ? `；本月报的事实 ${bulletin.factId}，内容 SHA-256 ${bulletin.contentHash}` : '；草稿'}`,
  }
}

function tableOf(figure: Rendered): Table {
  const metric = metricNamed(figure.metric)
  const said = words.of('zh', figure.metric)
  const format = formatOf(metric)
  const unit = format === 'percent' ? '%' : metricWord('zh', `unit.${figure.unit}`)
  return {
    kind: 'table',
    caption: `${said.title ?? figure.metric}（按${figure.by.map(name => said[`dimension.${name}`] ?? name).join('、')}），${monthsOf(figure)}`,
    columns: [
      ...figure.by.map(name => ({ label: said[`dimension.${name}`] ?? name, align: 'left' as const })),
      { label: `${metricWord('zh', 'value')}（${unit}）`, align: 'right' },
      { label: metricWord('zh', 'count'), align: 'right' },
    ],
    rows: figure.rows.map(row => [
      ...row.names,
      inTable(row.value, figure.unit),
      inTable(row.count, 'count'),
    ]),
    total: [
      metricWord('zh', 'total'),
      ...figure.by.slice(1).map(() => ''),
      ...[inTable(figure.value, figure.unit), inTable(figure.count, 'count')],
    ],
  }
}

const monthsOf = ({ from, to }: Rendered): string => (from === to ? to : `${from} 至 ${to}`)

/** On whose word each figure rests: where nothing is counted, on nobody's. */
function sharesTable(figures: readonly Rendered[]): Block[] {
  const rows = figures.flatMap(figure => {
    const { shares } = figure
    if (!shares || shares.whole === 0) return []
    const title = words.of('zh', figure.metric).title ?? figure.metric
    return [
      [
        `${title}（${monthsOf(figure)}）`,
        ...wordsRestedOn.map(word => `${((100 * shares[word]) / shares.whole).toFixed(1)}%`),
      ],
    ]
  })
  if (rows.length === 0) return []
  return [
    {
      kind: 'table',
      caption: metricWord('zh', 'shares'),
      columns: [
        { label: metricWord('zh', 'shares.figure'), align: 'left' },
        ...wordsRestedOn.map(word => ({ label: metricWord('zh', `share.${word}`), align: 'right' as const })),
      ],
      rows: [...new Map(rows.map(row => [row.join(' '), row])).values()],
    },
    { kind: 'note', text: metricWord('zh', 'shares.lead') },
  ]
}

/** Every figure with its definition and the facts that published it. */
function check({ factId }: Bulletin, figures: readonly Rendered[]): Block[] {
  const provable = figures.filter(figure => isClosable(metricNamed(figure.metric)))
  const facts = [...new Map(provable.flatMap(figure => figure.factIds.map(id => [id, figure]))).entries()]
  const hides = figures.some(
    figure => figure.value === null && metricNamed(figure.metric).guard !== undefined,
  )
  const definitions = [...new Set(figures.map(figure => figure.metric))].map(name => {
    const { title = name, definition = '' } = words.of('zh', name)
    return { kind: 'note' as const, text: `${title}：${definition}` }
  })
  return [
    { kind: 'heading', text: '附：口径与核验' },
    ...(hides ? [{ kind: 'note' as const, text: '“—”：所涉不足五户，不予公布。' }] : []),
    { kind: 'note', text: '各表按记录时的行政区划与单位隶属列示。' },
    ...definitions,
    ...sharesTable(figures),
    ...(facts.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: '公布数据的事实',
            columns: [
              { label: '指标', align: 'left' as const },
              { label: '事实编号', align: 'left' as const },
            ],
            rows: facts.map(([id, figure]) => [words.of('zh', figure.metric).title ?? figure.metric, id]),
          },
        ]
      : []),
    {
      kind: 'note',
      text: factId
        ? `本月报的内容由事实 ${factId} 承诺；任何人可下载日志自行核验，无需信任本平台。`
        : '草稿：数字随日志更新，公布时定格。',
    },
  ]
}
