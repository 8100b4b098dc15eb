import type { Page } from 'playwright-core'

/** Marks of a page that nobody finished: no heading or several, more width than the screen has, keys in the place of words. */
export async function marks(page: Page, programme: string): Promise<string[]> {
  const { headings, wide, texts } = await page.evaluate(() => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    // what stands as code is meant to
    while (words.nextNode())
      if (!words.currentNode.parentElement?.closest('code, script, style'))
        found.push(words.currentNode.textContent?.trim() ?? '')
    const { scrollWidth, clientWidth } = document.documentElement
    return {
      headings: document.querySelectorAll('h1').length,
      wide: scrollWidth - clientWidth,
      texts: found,
    }
  })
  // names of people and of files look like keys
  const isName = (text: string) => text.endsWith(`.${programme}`) || /\.(csv|xlsx|docx|pdf|png)$/.test(text)
  const keys = texts.filter(text => isKey(text) && !isName(text))
  return [
    ...(headings === 1 ? [] : [`${headings} headings of the first order`]),
    ...(wide > 0 ? [`${wide} px wider than the screen`] : []),
    ...keys.map(key => `no words for ${key}`),
  ]
}

const isKey = (text: string): boolean => /^[a-z_]+(\.[a-zA-Z_]+)+$/.test(text)
