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

/** Small drawings of provinces by code; see `build/provinces.ts`. */
declare module 'virtual:provinces' {
  export interface Province {
    readonly name: string
    /** Of a drawing 100 wide. */
    readonly height: number
    readonly path: string
    /** Where each county lies. */
    readonly places: Readonly<Record<string, readonly [x: number, y: number]>>
  }
  const provinces: Readonly<Record<string, () => Promise<{ default: Province }>>>
  // biome-ignore lint/style/noDefaultExport: the module is made by the build
  export default provinces
}
