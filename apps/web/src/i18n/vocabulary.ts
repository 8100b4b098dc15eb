/** A name that holds a word of a vocabulary, in the chosen one. `words` is that word in all of them, the chosen one first. */
export function inVocabulary(name: string, words: string): string {
  const [chosen = '', ...others] = words.split('|')
  return others.reduce((text, other) => text.replaceAll(other, chosen), name)
}
