export { BulletinPage } from './bulletin-page.tsx'
export { BulletinsPage } from './bulletins-page.tsx'
export { FiguresPage } from './figures-page.tsx'
