import titles from 'virtual:titles'

/** What a declaration is called, without its other words. */
export const titleIn = (language: string, name: string): string => titles[language]?.[name] ?? name

export const isDeclared = (name: string): boolean => titles.zh?.[name] !== undefined
