import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const web = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(web, path), 'utf8')
const ENTRY_PAGE = 'src/routes/(customer)/e/[slug]'

/** What the page imports from elsewhere, with messages of its own. */
const SHARED_SOURCES = [
  'src/lib/components/LanguageSwitch.svelte',
  'src/lib/components/WhoCalls.svelte',
  'src/lib/prize-worth.ts',
]

/** Dates, errors of the API, the usual entry paths, the consent, and the demo shop. */
const OTHER_TEXTS = [
  'src/lib/seoul-time.ts',
  '../../packages/api/src/seoul-time.ts',
  '../../packages/api/src/errors/error-codes.ts',
  '../../packages/api/src/errors/field-messages.ts',
  '../../packages/api/src/channels/channel-defaults.ts',
  '../../packages/api/src/events/consent-text.ts',
  'scripts/demo/events.ts',
  'scripts/seed-demo.ts',
]

/** Every Korean text of ours that the entry page may show. */
export function entryPageTexts(): string[] {
  const sources = readdirSync(join(web, ENTRY_PAGE))
    .filter((file) => /\.(svelte|ts)$/.test(file))
    .map((file) => `${ENTRY_PAGE}/${file}`)
  const code = [...sources, ...SHARED_SOURCES].map(read).join('\n')
  const used = new Set(Array.from(code.matchAll(/\bm\.(\w+)/g), ([, key]) => key))
  const messages = readdirSync(join(web, 'messages/ko')).flatMap((file) =>
    Object.entries<string>(JSON.parse(read(`messages/ko/${file}`))).flatMap(([key, text]) =>
      used.has(key) ? [text] : [],
    ),
  )
  return [...messages, ...OTHER_TEXTS.map(read)]
}

export const hangulOf = (text: string): string[] => text.match(/[가-힣]/g) ?? []
