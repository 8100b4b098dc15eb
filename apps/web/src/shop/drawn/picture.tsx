import { useState } from 'react'
import { addressOf } from '../../api/send.ts'
import { useProgramme } from '../ui/go.tsx'
import { drawingOf, type Shape } from './produce.ts'

interface PictureProps {
  readonly kind: string
  /** Of its photograph; without one the goods are drawn, and nothing is promised that a photograph would promise. */
  readonly photo?: string | null | undefined
  readonly alt?: string
  readonly sizes?: string
  /** On the first screen: fetched before what lies below. */
  readonly first?: boolean
}

export function Picture({ kind, photo, alt = '', sizes = '50vw', first = false }: PictureProps) {
  const programme = useProgramme()
  const [lost, setLost] = useState<string>()
  if (!photo || lost === photo) return <Drawn kind={kind} />
  const at = (width: number) => mediaAddress(programme, photo, width)
  return (
    <img
      className="picture"
      src={at(480)}
      srcSet={[160, 480, 1080].map(width => `${at(width)} ${width}w`).join(', ')}
      sizes={sizes}
      alt={alt}
      width={480}
      height={480}
      decoding="async"
      onError={() => setLost(photo)}
      loading={first ? 'eager' : 'lazy'}
      fetchPriority={first ? 'high' : 'auto'}
    />
  )
}

export const mediaAddress = (programme: string, media: string, width: number): string =>
  addressOf('/p/:programme/product-media/:media/:file', {
    params: { programme, media, file: `${width}.webp` },
  })

export function Drawn({ kind }: { kind: string }) {
  const { sky, shapes } = drawingOf(kind)
  return (
    <svg className="picture" viewBox="0 0 120 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="120" height="120" fill={sky[1]} />
      <circle cx="60" cy="58" r="47" fill={sky[0]} />
      <ellipse cx="60" cy="99" rx="36" ry="5" fill="#2b1d12" opacity="0.12" />
      <g transform="translate(10 10)">{shapes.map(drawnShape)}</g>
    </svg>
  )
}

function drawnShape(shape: Shape, key: number) {
  if ('at' in shape) {
    const [x, y, rx, ry, turn] = shape.at
    return (
      <ellipse
        key={key}
        cx={x}
        cy={y}
        rx={rx}
        ry={ry}
        fill={shape.fill}
        transform={turn ? `rotate(${turn} ${x} ${y})` : undefined}
      />
    )
  }
  return shape.line ? (
    <path
      key={key}
      d={shape.d}
      fill="none"
      stroke={shape.fill}
      strokeWidth={shape.line}
      strokeLinecap="round"
    />
  ) : (
    <path key={key} d={shape.d} fill={shape.fill} />
  )
}
