/** A shape of a drawing on a square of 100: a path or an ellipse, and its colour. */
export type Shape =
  | { readonly d: string; readonly fill: string; readonly line?: number }
  | {
      readonly at: readonly [x: number, y: number, rx: number, ry?: number, turn?: number]
      readonly fill: string
    }

export interface Drawing {
  /** Colours behind the goods, from above to below. */
  readonly sky: readonly [string, string]
  readonly shapes: readonly Shape[]
}

const oval = (fill: string, x: number, y: number, rx: number, ry?: number, turn?: number): Shape => ({
  at: [x, y, rx, ry ?? rx, turn ?? 0],
  fill,
})
const path = (fill: string, d: string): Shape => ({ d, fill })
const line = (fill: string, width: number, d: string): Shape => ({ d, fill, line: width })

const leafAt = (x: number, y: number, fill = '#5a9a3c'): Shape =>
  path(fill, `M${x} ${y}c2-12 12-19 26-17c-2 13-12 20-26 17z`)

/** Round fruit in a heap: one behind, two before. */
const heap = (body: string, shade: string, light: string): readonly Shape[] => [
  oval(shade, 50, 42, 22),
  oval(body, 34, 62, 23),
  oval(body, 67, 63, 22),
  oval(light, 27, 54, 7, 5, -30),
  oval(light, 60, 55, 7, 5, -30),
]

const drawings: Readonly<Record<string, Drawing>> = {
  mango: {
    sky: ['#fff3c9', '#ffd98a'],
    shapes: [
      path('#f59f00', 'M18 62c-3-22 14-39 33-37c17 2 24 18 18 33c-6 16-25 24-38 21c-8-2-12-8-13-17z'),
      path('#ffc53d', 'M20 58c0-18 14-31 29-30c12 1 19 11 15 23c-5 13-22 20-33 16c-7-2-11-5-11-9z'),
      path('#f06b3a', 'M52 26c13 1 22 14 18 30c-3 10-11 17-20 21c14-14 17-33 2-51z'),
      path('#fab005', 'M55 72c4-14 17-21 27-15c9 6 6 20-5 25c-11 4-22-1-22-10z'),
      leafAt(48, 26),
    ],
  },
  orah: {
    sky: ['#ffeccd', '#ffc98a'],
    shapes: [
      ...heap('#f76707', '#e8590c', '#ffa94d'),
      leafAt(48, 24),
      oval('#5a9a3c', 34, 41, 3),
      oval('#5a9a3c', 67, 42, 3),
    ],
  },
  pomelo: {
    sky: ['#f7f8cf', '#dfe89a'],
    shapes: [
      path('#c0ca33', 'M46 18c18 2 34 30 32 44c-2 13-14 20-30 20s-28-8-29-21c-1-14 13-41 27-43z'),
      path('#d4dd56', 'M44 24c10 6 20 24 19 37c-1 10-12 14-22 12s-17-8-16-17c1-13 9-30 19-32z'),
      oval('#fff3e0', 72, 68, 21),
      oval('#ff8787', 72, 68, 17),
      line('#fff3e0', 1.6, 'M72 52v32M58 60l28 16M58 76l28-16'),
      leafAt(48, 20),
    ],
  },
  mandarin: {
    sky: ['#fff0d6', '#ffd29a'],
    shapes: [...heap('#ff922b', '#f76707', '#ffc078'), leafAt(50, 24), leafAt(32, 44, '#6aaa4a')],
  },
  peach: {
    sky: ['#ffe8e6', '#ffc4b8'],
    shapes: [
      path('#ff8787', 'M50 30c20-14 40 4 36 25c-3 17-22 28-36 28s-33-11-36-28c-4-21 16-39 36-25z'),
      path('#ffa8a8', 'M46 32c-14-8-28 3-27 20c1 14 14 24 27 27c-11-14-12-32 0-47z'),
      line('#e8607a', 2, 'M50 31c-9 14-8 34 1 50'),
      leafAt(51, 30),
    ],
  },
  kiwi: {
    sky: ['#eef6d2', '#c9e08e'],
    shapes: [
      oval('#8a6a3b', 38, 46, 25, 21, -18),
      oval('#a37f49', 33, 41, 14, 10, -18),
      oval('#7a5b30', 64, 64, 24, 23),
      oval('#8bc34a', 64, 64, 20, 19),
      oval('#b7de74', 64, 64, 13, 12),
      oval('#f4fbe0', 64, 64, 6),
      line('#33450f', 1.7, 'M64 53v3M64 72v3M53 64h3M72 64h3M56 56l2 2M70 70l2 2M56 72l2-2M70 58l2-2'),
    ],
  },
  grape: {
    sky: ['#f1e8fb', '#d3bdf0'],
    shapes: [
      ...[
        [36, 38],
        [52, 36],
        [67, 40],
        [30, 52],
        [46, 52],
        [62, 54],
        [40, 66],
        [55, 68],
        [48, 80],
      ].map(([x, y], at) => oval(at % 2 ? '#7048e8' : '#845ef7', x!, y!, 9.5)),
      ...[
        [33, 35],
        [49, 33],
        [43, 49],
        [37, 63],
      ].map(([x, y]) => oval('#b197fc', x!, y!, 2.6)),
      leafAt(50, 28),
    ],
  },
  apple: {
    sky: ['#ffe9e3', '#ffc0b0'],
    shapes: [
      path(
        '#e03131',
        'M50 34c12-10 34-5 34 18c0 18-14 33-24 33c-5 0-6-2-10-2s-5 2-10 2c-10 0-24-15-24-33c0-23 22-28 34-18z',
      ),
      path('#f56a5f', 'M28 38c-8 4-10 16-6 26c2 4 5 2 5-3c0-9 1-16 5-20c3-3 0-5-4-3z'),
      line('#7a4a21', 3, 'M50 36c0-7 1-11 4-15'),
      leafAt(53, 29),
    ],
  },
  pomegranate: {
    sky: ['#ffe6e8', '#ffb5bd'],
    shapes: [
      path(
        '#c92a3c',
        'M42 22l4 8 4-9 4 9 5-8 1 11c16 3 25 15 24 29c-1 14-15 24-34 24s-33-10-34-24c-1-14 8-26 25-29z',
      ),
      oval('#fff0ea', 60, 62, 17, 18),
      ...[
        [54, 54],
        [63, 53],
        [69, 60],
        [52, 63],
        [60, 62],
        [66, 69],
        [56, 71],
      ].map(([x, y]) => oval('#e03153', x!, y!, 4.3, 5)),
    ],
  },
  pumpkin: {
    sky: ['#fff0d2', '#ffd08a'],
    shapes: [
      oval('#e8780c', 28, 58, 17, 25),
      oval('#e8780c', 72, 58, 17, 25),
      oval('#f59321', 38, 58, 17, 28),
      oval('#f59321', 62, 58, 17, 28),
      oval('#ffac42', 50, 58, 13, 29),
      path('#6b8e3a', 'M46 32c0-8 3-13 11-15l3 5c-4 2-5 5-5 10z'),
    ],
  },
  tomato: {
    sky: ['#ffe6df', '#ffbfae'],
    shapes: [
      ...heap('#f03e3e', '#d6302f', '#ff8a80'),
      path('#4f8f35', 'M34 39l3 5 6-1-4 5 4 5-7-1-4 5-2-6-6 0 4-4-3-5 6 2z'),
      path('#4f8f35', 'M67 41l3 5 6-1-4 5 4 5-7-1-4 5-2-6-6 0 4-4-3-5 6 2z'),
    ],
  },
  greens: {
    sky: ['#edf7df', '#c5e3a5'],
    shapes: [
      path('#5f9e3f', 'M48 58C30 54 20 38 28 22c14 0 24 18 24 36z'),
      path('#4d8a32', 'M54 58c0-18 8-36 24-36c6 16-4 32-22 36z'),
      path('#78b556', 'M50 60C42 44 42 26 51 14c10 12 10 30 2 46z'),
      path('#eef5dd', 'M44 56h15l-3 28c-1 4-8 4-9 0z'),
      line('#dcebbf', 2, 'M50 56V26M47 57L34 32M56 57l13-25'),
    ],
  },
  'sweet-potato': {
    sky: ['#fbeae6', '#eec3b5'],
    shapes: [
      path('#a2435a', 'M12 60c6-20 32-32 50-26c12 4 20 10 26 8c-2 14-18 32-40 36c-20 4-38-4-36-18z'),
      path('#c4627a', 'M20 56c8-13 26-20 40-16c4 2 2 5-2 5c-13 0-25 5-33 14c-4 3-7 1-5-3z'),
      oval('#f9b24e', 74, 68, 16, 14),
      oval('#ffcb7d', 74, 68, 11, 9),
    ],
  },
  chestnut: {
    sky: ['#f9ecdc', '#e6c49c'],
    shapes: [
      path('#7a3f1d', 'M34 30c16 8 26 24 22 38c-3 10-16 14-28 12S10 68 12 56c2-12 12-22 22-26z'),
      path('#c99a62', 'M13 62c10 8 28 10 43 4c-3 11-16 16-28 14c-9-2-15-9-15-18z'),
      path('#8f4c24', 'M68 36c14 8 22 20 20 33c-2 10-14 14-25 12s-18-10-16-21c2-11 11-20 21-24z'),
      path('#d8ab74', 'M47 64c11 7 27 9 41 3c-2 11-14 16-25 14c-9-2-15-9-16-17z'),
    ],
  },
  walnut: {
    sky: ['#f7eee0', '#dfc7a2'],
    shapes: [
      oval('#b98b52', 40, 52, 27, 29),
      line(
        '#8e6534',
        2.4,
        'M40 23c-6 20-6 38 0 58M24 36c6 3 5 9 1 13s-2 11 4 12M56 36c-6 3-5 9-1 13s2 11-4 12',
      ),
      oval('#c99d66', 72, 68, 18, 17),
      line('#9a7140', 2.2, 'M72 51c-3 12-3 22 0 34M62 60c4 2 3 6 0 9M82 60c-4 2-3 6 0 9'),
    ],
  },
  jujube: {
    sky: ['#fbe8e2', '#ebb5a5'],
    shapes: [
      ...[
        [32, 40, -20],
        [58, 36, 14],
        [42, 62, 8],
        [68, 60, -12],
        [52, 80, 26],
      ].map(([x, y, turn], at) => oval(at % 2 ? '#a5281b' : '#8a1f16', x!, y!, 16, 12, turn!)),
      ...[
        [28, 36],
        [54, 32],
        [37, 58],
        [64, 56],
      ].map(([x, y]) => oval('#cf5a45', x!, y!, 5, 2.6, -15)),
    ],
  },
  plum: {
    sky: ['#eff4da', '#cfdd9a'],
    shapes: [...heap('#9bb13c', '#7f962c', '#c7d878'), leafAt(50, 26)],
  },
  chicken: {
    sky: ['#fdeedd', '#f3c99f'],
    shapes: [
      path(
        '#d9822b',
        'M18 46c2-8 8-12 14-10c8 3 8 12 18 14s18-6 26-14c10 6 10 26 0 36s-32 14-44 2c-6-6-7-15-7-22c-3 0-6-2-7-6z',
      ),
      path('#b7621c', 'M48 52c12 4 20-2 28-10c2 14-6 26-18 26c-8 0-13-8-10-16z'),
      path('#e03131', 'M24 36c-2-7 3-10 6-6c2-5 7-4 7 1c-3 5-8 7-13 5z'),
      oval('#2b1d12', 26, 43, 1.8),
      path('#ffb02e', 'M18 46l-8 2 8 3z'),
      line('#b7621c', 3, 'M46 78v10M58 76v11'),
    ],
  },
  beef: {
    sky: ['#fdeae6', '#f3bdb2'],
    shapes: [
      path('#f5ded3', 'M16 52c0-18 22-28 44-26s30 18 24 34s-26 24-44 20s-24-14-24-28z'),
      path('#c2363a', 'M22 52c0-14 18-22 36-20s25 14 20 27s-22 19-36 15s-20-10-20-22z'),
      line('#f3b9b0', 2.6, 'M34 44c8-4 14 2 22-2M32 56c10-4 18 4 30-1M44 66c7-2 11 1 18-2'),
      oval('#f5ded3', 66, 46, 6, 5),
    ],
  },
  bacon: {
    sky: ['#fbe7dd', '#ecb99c'],
    shapes: [
      path('#8f2f1f', 'M26 20h22l4 62c-8 5-22 5-30 0z'),
      path('#f1d2b4', 'M34 20h6l3 64c-3 1-6 1-9 0z'),
      path('#a3402b', 'M56 26h20l4 52c-7 5-19 5-26 0z'),
      path('#f1d2b4', 'M64 26h5l3 54h-8z'),
      line('#6b4a2a', 2.6, 'M37 20v-9M66 26V12'),
    ],
  },
  rice: {
    sky: ['#fbf4dd', '#ecd9a0'],
    shapes: [
      path('#c79a55', 'M28 34h44l8 44c-8 8-52 8-60 0z'),
      path('#dcb575', 'M28 34h44l2 8c-12 5-36 5-48 0z'),
      path('#fffaf0', 'M30 34c4-14 36-14 40 0c-8 5-32 5-40 0z'),
      oval('#fffdf6', 50, 60, 13, 13),
      line('#a87f3a', 2, 'M50 70V54M50 58c-4 0-6-3-6-6c4 0 6 3 6 6zM50 63c4 0 6-3 6-6c-4 0-6 3-6 6z'),
    ],
  },
  oil: {
    sky: ['#fbf3d6', '#ecd48a'],
    shapes: [
      path('#6b8e3a', 'M42 10h14v10H42z'),
      path('#f2c744', 'M42 20h14v10c10 5 14 12 14 22v26c0 6-6 9-21 9s-21-3-21-9V52c0-10 4-17 14-22z'),
      path('#e0a81f', 'M28 56h42v22c0 6-6 9-21 9s-21-3-21-9z'),
      path('#fffaf0', 'M33 52h32v20H33z'),
      leafAt(40, 66),
    ],
  },
  tea: {
    sky: ['#e7f4ea', '#b6dcc0'],
    shapes: [
      path('#3f8f5a', 'M50 60C32 54 26 34 36 16c14 8 20 28 14 44z'),
      path('#57a870', 'M52 60c-2-20 8-36 26-38c2 18-8 34-26 38z'),
      path('#2f7548', 'M48 62c-14 4-28-4-32-18c14-4 28 4 32 18z'),
      path('#fffaf0', 'M28 62h46l-4 18c-2 6-36 6-38 0z'),
      line('#fffaf0', 4, 'M73 66c9-2 10 10-1 10'),
      path('#a7803a', 'M32 62h38l-1 4H33z'),
    ],
  },
  'snow-daisy': {
    sky: ['#fff6d8', '#ffe08f'],
    shapes: [
      ...[0, 40, 80, 120, 160, 200, 240, 280, 320].map(turn => {
        const angle = (turn * Math.PI) / 180
        return oval('#ffb300', 50 + 20 * Math.cos(angle), 46 + 20 * Math.sin(angle), 12, 6, turn)
      }),
      oval('#b5651d', 50, 46, 12),
      line('#5a9a3c', 3.4, 'M50 64v26'),
      leafAt(50, 84),
    ],
  },
  water: {
    sky: ['#e4f3fb', '#a8d6ee'],
    shapes: [
      path('#3a8fc4', 'M42 10h16v9H42z'),
      path('#cdeaf8', 'M42 19h16c0 8 10 10 10 20v42c0 6-4 9-18 9s-18-3-18-9V39c0-10 10-12 10-20z'),
      path('#6db8e0', 'M32 50c10-5 24 5 36 0v31c0 6-4 9-18 9s-18-3-18-9z'),
      path('#ffffff', 'M36 46h28v16H36z'),
      path('#5a9a3c', 'M38 60l8-10 6 7 4-4 7 7z'),
    ],
  },
  specialty: {
    sky: ['#f3efe4', '#d9cba8'],
    shapes: [
      path('#b98b52', 'M20 42h60l-6 40H26z'),
      line('#8e6534', 2.2, 'M23 56h54M25 69h50M36 42l3 40M50 42v40M64 42l-3 40'),
      oval('#d9a441', 38, 36, 11, 9),
      oval('#b5512e', 56, 33, 12, 10),
      oval('#6a9a4a', 70, 38, 9, 8),
      line('#8e6534', 4, 'M22 44C24 8 76 8 78 44'),
    ],
  },
  'dried-shrimp': {
    sky: ['#fdeae0', '#f6c0a4'],
    shapes: [
      ...[
        [0, 0],
        [20, 22],
        [-8, 30],
      ].map(([x, y]) => line('#e8784a', 9, `M${30 + x!} ${48 + y!}c-4-16 14-26 26-18s10 20 2 22`)),
      ...[
        [0, 0],
        [20, 22],
        [-8, 30],
      ].map(([x, y]) => line('#f9b48e', 2, `M${31 + x!} ${44 + y!}c0-12 13-18 22-12`)),
    ],
  },
}

/** What a class looks like that has no drawing of its own. */
const likewise: Readonly<Record<string, string>> = {
  fruit: 'orah',
  citrus: 'orah',
  tropical: 'mango',
  stone: 'peach',
  berry: 'kiwi',
  pome: 'apple',
  vegetable: 'greens',
  melon: 'pumpkin',
  solanaceous: 'tomato',
  leafy: 'greens',
  tuber: 'sweet-potato',
  nut: 'walnut',
  'tree-nut': 'walnut',
  dried: 'jujube',
  meat: 'beef',
  poultry: 'chicken',
  bovine: 'beef',
  yak: 'beef',
  cured: 'bacon',
  grain: 'rice',
  'fragrant-rice': 'rice',
  'camellia-oil': 'oil',
  leaf: 'tea',
  'green-tea': 'tea',
  flower: 'snow-daisy',
  'spring-water': 'water',
  herb: 'specialty',
  gastrodia: 'specialty',
  seafood: 'dried-shrimp',
}

/** The drawing of a class by its path, the nearest there is: `fruit/tropical/mango/tainong` is a mango. */
export function drawingOf(path: string): Drawing {
  for (const part of path.split('/').toReversed()) {
    const found = drawings[part] ?? drawings[likewise[part] ?? '']
    if (found) return found
  }
  return drawings.specialty!
}
