import { Go } from './go.tsx'
import { Back as Arrow } from './icons.tsx'

export const Back = ({ to, children }: { to: string; children: string }) => (
  <Go to={to} className="back">
    <Arrow />
    {children}
  </Go>
)
