const motifs: Readonly<Record<string, string>> = {
  fruit:
    'M24 17c-8-5-17 1-16 11 1 9 8 14 14 12 1-.4 3-.4 4 0 6 2 13-3 14-12 1-10-8-16-16-11zm0 0c0-5 2-8 7-10-1 5-3 8-7 10z',
  vegetable: 'M24 42V24m0-2C13 22 9 15 10 7c9 0 14 6 14 15zm0 7c9 0 14-6 13-13-8 0-13 5-13 13z',
  nut: 'M10 22c0-9 7-13 14-13s14 4 14 13c0 9-7 17-14 18-7-1-14-9-14-18zm-1 0c9 5 21 5 30 0',
  meat: 'M30 31c8-7 11-16 6-20s-15-2-21 4-7 13-3 17 11 5 18-1zm-18 2-5 5m0-4 1 4 4 1',
  grain:
    'M24 43V12m0 7c-5 0-8-3-8-8 5 0 8 3 8 8zm0 0c5 0 8-3 8-8-5 0-8 3-8 8zm0 10c-5 0-8-3-8-8 5 0 8 3 8 8zm0 0c5 0 8-3 8-8-5 0-8 3-8 8zm0 10c-5 0-8-3-8-8 5 0 8 3 8 8zm0 0c5 0 8-3 8-8-5 0-8 3-8 8z',
  tea: 'M9 21h25v8c0 7-5 11-12 11S9 36 9 29zm25 2c7-1 7 9-1 9M17 15c-2-3 2-4 0-8m9 8c-2-3 2-4 0-8',
  specialty: 'M14 18h20c5 8 7 14 5 20-1 3-29 3-30 0-2-6 0-12 5-20zm2 0c-2-4 0-8 4-9 2-2 6-2 8 0 4 1 6 5 4 9',
}

const palettes: Readonly<Record<string, readonly [string, string, string, string]>> = {
  fruit: ['#fdf0d3', '#f0b562', '#c8682f', '#2f6b4a'],
  vegetable: ['#eef5e2', '#a9cc8a', '#4d8a56', '#1d4d36'],
  nut: ['#f6ecdd', '#d9b48a', '#9a6a41', '#5a4326'],
  meat: ['#f9e9e1', '#dfa087', '#a8583f', '#43513d'],
  grain: ['#fbf3d8', '#e8cd7c', '#b8963c', '#4e6b3a'],
  tea: ['#eaf3e8', '#9fc3a2', '#4f8264', '#274b3b'],
  specialty: ['#eef0f2', '#b8c4c4', '#6d8a86', '#334f4b'],
}

/** A landscape drawn for a product from its class and id: no photo, and no promise that a photo would make. */
export function Cover({ kind, seed }: { kind: string; seed: string }) {
  const top = kind.split('/')[0] ?? ''
  const [sky, far, middle, near] = palettes[top] ?? palettes.specialty!
  const [a, b, c] = numbers(seed)
  return (
    <svg className="cover" viewBox="0 0 320 220" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="320" height="220" fill={sky} />
      <circle cx={50 + a * 220} cy={44 + b * 22} r="22" fill="#fff" opacity="0.75" />
      <path d={hill(128 + b * 14, 44, a)} fill={far} opacity="0.75" />
      <path d={hill(160 + c * 10, 34, b)} fill={middle} opacity="0.85" />
      <path d={hill(190, 22, c)} fill={near} />
      <circle cx="160" cy="104" r="50" fill="#fffdf7" />
      <g transform="translate(124 68) scale(1.5)">
        <path
          d={motifs[top] ?? motifs.specialty}
          fill="none"
          stroke={near}
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </g>
    </svg>
  )
}

const hill = (base: number, swing: number, shift: number): string => {
  const lift = (shift - 0.5) * swing
  return `M0 ${base + lift}C80 ${base - swing} 120 ${base - swing + lift} 176 ${base}S280 ${base + swing * 0.7} 320 ${base - swing * 0.6}V220H0z`
}

/** Three numbers from 0 to 1 that stay the same for a seed. */
function numbers(seed: string): [number, number, number] {
  let hash = 2166136261
  const next = (salt: number) => {
    for (const letter of `${seed}${salt}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
    return (hash >>> 8) / 2 ** 24
  }
  return [next(1), next(2), next(3)]
}
