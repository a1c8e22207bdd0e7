import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Language = 'ko' | 'en'
type Text = (key: string, inputs?: Record<string, string | number>) => string

/** The texts of the pages in a language, for a story that is the same in both. Throws for an unknown key. */
export function pageTexts(language: Language): Text {
  const folder = fileURLToPath(new URL(`../../messages/${language}/`, import.meta.url))
  const texts: Record<string, unknown> = Object.assign(
    {},
    ...readdirSync(folder).map((file) => JSON.parse(readFileSync(folder + file, 'utf8'))),
  )
  return (key, inputs = {}) => {
    const text = texts[key]
    if (typeof text !== 'string') throw new Error(`no text "${key}"`)
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(inputs[name] ?? `{${name}}`))
  }
}
