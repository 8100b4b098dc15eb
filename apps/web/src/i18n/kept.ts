/** A choice kept on this device, or the first one where there is none or no place to keep it. */
export function kept<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
  if (typeof document === 'undefined') return choices[0]
  try {
    const found = localStorage.getItem(`silian.${name}`)
    return choices.find(choice => choice === found) ?? choices[0]
  } catch {
    return choices[0]
  }
}

export function keep(name: string, value: string): void {
  if (typeof document === 'undefined') return
  try {
    localStorage.setItem(`silian.${name}`, value)
    // the server, which draws the shop's first pages, has to know as well
    // biome-ignore lint/suspicious/noDocumentCookie: without TLS a browser has no cookie store
    document.cookie = `silian.${name}=${value}; path=/s; max-age=31536000; samesite=lax`
  } catch {
    // a browser that forbids the store forgets the choice
  }
}
