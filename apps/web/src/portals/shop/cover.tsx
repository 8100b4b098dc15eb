const motifs: Readonly<Record<string, string>> = {
  fruit:
    'M24 17c-8-5-17 1-16 11 1 9 8 14 14 12 1-.4 3-.4 4 0 6 2 13-3 14-12 1-10-8-16-16-11zm0 0c0-5 2-8 7-10-1 5-3 8-7 10z',
  vegetable: 'M24 42V24m0-2C13 22 9 15 10 7c9 0 14 6 14 15zm0 7c9 0 14-6 13-13-8 0-13 5-13 13z',
  nut: 'M10 22c0-9 7-13 14-13s14 4 14 13c0 9-7 17-14 18-7-1-14-9-14-18zm-1 0c9 5 21 5 30 0',
  meat: 'M12 17c1-5 7-6 9-2 1 3 1 6 3 8 3 2 7 0 9-3 1-2 3-3 5-3-1 2-1 4-1 7 0 8-6 14-13 14s-12-5-12-11c0-4 1-6 0-10zm0 0-4 2 4 2m4-8c-1-2 0-4 2-4M21 38v5m7-5v5',
  grain:
    'M24 43V12m0 7c-5 0-8-3-8-8 5 0 8 3 8 8zm0 0c5 0 8-3 8-8-5 0-8 3-8 8zm0 10c-5 0-8-3-8-8 5 0 8 3 8 8zm0 0c5 0 8-3 8-8-5 0-8 3-8 8zm0 10c-5 0-8-3-8-8 5 0 8 3 8 8zm0 0c5 0 8-3 8-8-5 0-8 3-8 8z',
  tea: 'M9 21h25v8c0 7-5 11-12 11S9 36 9 29zm25 2c7-1 7 9-1 9M17 15c-2-3 2-4 0-8m9 8c-2-3 2-4 0-8',
  specialty: 'M14 18h20c5 8 7 14 5 20-1 3-29 3-30 0-2-6 0-12 5-20zm2 0c-2-4 0-8 4-9 2-2 6-2 8 0 4 1 6 5 4 9',
}

type Palette = readonly [sky: string, far: string, middle: string, near: string]

const palettes: Readonly<Record<string, readonly Palette[]>> = {
  fruit: [
    ['#fdf0d3', '#f0b562', '#c8682f', '#2f6b4a'],
    ['#fbe9e4', '#eda69a', '#c65a55', '#3c5f43'],
    ['#f1edf6', '#b9a3cc', '#75588f', '#33513f'],
    ['#f0f4d8', '#c3d07a', '#7f9a3c', '#2d5b3f'],
  ],
  vegetable: [
    ['#eef5e2', '#a9cc8a', '#4d8a56', '#1d4d36'],
    ['#fbece2', '#eaa98a', '#c9573b', '#35603f'],
  ],
  nut: [
    ['#f6ecdd', '#d9b48a', '#9a6a41', '#5a4326'],
    ['#f9e8df', '#d99a83', '#993f38', '#52372c'],
  ],
  meat: [
    ['#f9e9e1', '#dfa087', '#a8583f', '#43513d'],
    ['#f3eadf', '#cfb08d', '#8a6245', '#3c4a3b'],
  ],
  grain: [
    ['#fbf3d8', '#e8cd7c', '#b8963c', '#4e6b3a'],
    ['#eef3dc', '#c9d68d', '#8ca34c', '#3f6136'],
  ],
  tea: [
    ['#eaf3e8', '#9fc3a2', '#4f8264', '#274b3b'],
    ['#e6f1f4', '#9cc4cf', '#4d8797', '#24505a'],
  ],
  specialty: [
    ['#eef0f2', '#b8c4c4', '#6d8a86', '#334f4b'],
    ['#f4ece4', '#cfb59c', '#8d7157', '#4a4a3c'],
  ],
}

/** A landscape drawn for a product from its class and id: no photo, and no promise that a photo would make. */
export function Cover({ kind, seed }: { kind: string; seed: string }) {
  const [top = ''] = kind.split('/')
  const choice = palettes[top] ?? palettes.specialty!
  const [shade] = numbers(kind)
  const [sky, far, middle, near] = choice[Math.floor(shade * choice.length)]!
  const [a, b, c] = numbers(seed)
  const mirrored = c > 0.5 ? 'translate(320 0) scale(-1 1)' : undefined
  return (
    <svg className="cover" viewBox="0 0 320 220" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="320" height="220" fill={sky} />
      <g transform={mirrored}>
        <circle cx={44 + a * 36} cy={40 + b * 24} r={16 + c * 8} fill="#fff" opacity="0.8" />
        <path d={hill(122 + b * 22, 30 + a * 34, b)} fill={far} opacity="0.75" />
        <path d={hill(158 + c * 14, 22 + b * 26, a)} fill={middle} opacity="0.85" />
        <path d={hill(188 + a * 8, 14 + c * 18, c)} fill={near} />
      </g>
      <circle cx="160" cy="106" r="46" fill="#fffdf7" />
      <path
        d={motifs[top] ?? motifs.specialty}
        transform="translate(124 69) scale(1.5)"
        fill="none"
        stroke={near}
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** One ridge: `shift` moves its top along the picture. */
function hill(base: number, swing: number, shift: number): string {
  const top = 70 + shift * 90
  return `M0 ${base + swing * 0.4}C${top * 0.5} ${base - swing} ${top} ${base - swing} ${top + 60} ${base}S${top + 130} ${base + swing * 0.8} 320 ${base - swing * shift}V220H0z`
}

/** Three numbers from 0 to 1 that stay the same for a seed. */
function numbers(seed: string): [number, number, number] {
  const next = (salt: number) => {
    let hash = 2166136261
    for (const letter of `${salt}${seed}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
    return ((hash ^ (hash >>> 15)) >>> 8) / 2 ** 24
  }
  return [next(1), next(2), next(3)]
}
