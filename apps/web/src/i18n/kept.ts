/** A choice kept on this device, or the first one where there is none or no place to keep it. */
export function kept<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
  try {
    const found = localStorage.getItem(`silian.${name}`)
    return choices.find(choice => choice === found) ?? choices[0]
  } catch {
    return choices[0]
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`silian.${name}`, value)
  } catch {
    // a browser that forbids the store forgets the choice
  }
}
