import type { ReactNode } from 'react'

const Icon = ({ children }: { children: ReactNode }) => (
  <svg
    className="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.9"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
)

const icon = (d: string) => () => (
  <Icon>
    <path d={d} />
  </Icon>
)

export const House = icon('M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z')
export const Glass = icon('M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zm4.7-1.8L20 20')
export const Basket = icon(
  'M3 9h18l-2 10.2a1 1 0 0 1-1 .8H6a1 1 0 0 1-1-.8zm5 0 4-6 4 6M9.5 13v3.5M14.5 13v3.5',
)
export const Box = icon('M4 8l8-4 8 4v8l-8 4-8-4zm0 0 8 4 8-4m-8 4v8M8 6l8 4')
export const Person = icon('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c.6-4 4-6 8-6s7.4 2 8 6')
export const Back = icon('M15 5l-7 7 7 7')
export const Next = icon('M9 5l7 7-7 7')
export const Plus = icon('M12 5v14M5 12h14')
export const Minus = icon('M5 12h14')
export const Cross = icon('M6 6l12 12M18 6L6 18')
export const Check = icon('M5 12.500l4.5 4.500L19 7')
export const Camera = icon('M4 8h4l1.5-3h5L16 8h4v11H4zm8 8.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z')
export const Funnel = icon('M4 6h16M7 12h10M10 18h4')
export const Pin = icon(
  'M12 21s-7-6.3-7-11a7 7 0 0 1 14 0c0 4.7-7 11-7 11zm0-8.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
)
export const Truck = icon(
  'M2 6h12v10H2zm12 4h4l4 3v3h-8M6.5 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.600zm11 0a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.600z',
)
export const Heart = icon('M12 20S4 15 4 9.200A4.2 4.2 0 0 1 12 7a4.2 4.2 0 0 1 8 2.200C20 15 12 20 12 20z')
export const Shield = icon('M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zm-3 9 2.2 2.200L15.5 10')

/** One star of five, full or only drawn. */
export const Star = ({ full }: { full: boolean }) => (
  <svg className={full ? 'star star-full' : 'star'} viewBox="0 0 24 24" aria-hidden="true">
    <path d="m12 3 2.7 5.9 6.3.7-4.7 4.3 1.3 6.3-5.6-3.2-5.6 3.2 1.3-6.300L3 9.600l6.3-.7z" />
  </svg>
)
