/// <reference types="vite/client" />

/** Maps by the code of the area they show; see `build/maps.ts`. */
declare module 'virtual:maps' {
  const maps: Readonly<Record<string, () => Promise<{ default: object }>>>
  // biome-ignore lint/style/noDefaultExport: the module is made by the build
  export default maps
}

/** Titles of declarations by language and name; see `build/titles.ts`. */
declare module 'virtual:titles' {
  const titles: Readonly<Record<string, Readonly<Record<string, string>>>>
  // biome-ignore lint/style/noDefaultExport: the module is made by the build
  export default titles
}
