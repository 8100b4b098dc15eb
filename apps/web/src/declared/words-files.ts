type File = Record<string, string>
const files = import.meta.glob<File>('../../../../chains/messages/*/*.json', { import: 'default' })

/** The words of a declaration, `declared/<name>` as a namespace; one without words has its bare names. */
export const readDeclared = async (language: string, name: string): Promise<File> =>
  (await files[`../../../../chains/messages/${language}/${name}.json`]?.()) ?? {}
