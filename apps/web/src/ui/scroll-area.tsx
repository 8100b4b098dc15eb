import type { ReactNode } from 'react'

interface ScrollAreaProps {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
}

/** A wide thing that scrolls sideways within the page: named and in the tab order, so that keys can scroll it too. */
export function ScrollArea({ label, className, children }: ScrollAreaProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus (axe scrollable-region-focusable)
    <section className={`scroll-area ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
