import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import bcd, {
  type CompatStatement,
  type Identifier,
  type SimpleSupportStatement,
} from '@mdn/browser-compat-data/forLegacyNode'

/**
 * The oldest engines in which every page works, by MDN's names. Samsung Internet 17 is Chromium 96. See
 * docs/decisions/0024-oldest-engines.md.
 */
const OLDEST_VERSIONS = {
  chrome: 96,
  firefox: 115,
  safari: 15.4,
  safari_ios: 15.4,
  samsunginternet_android: 17,
} as const

/** The same, as Vite's `build.target`: the syntax of scripts, and of styles. */
export const OLDEST_TARGETS = ['chrome96', 'edge96', 'firefox115', 'safari15.4', 'ios15.4']

/** Newer built-ins that the built scripts mention, and why they may. */
const GUARDED: Record<string, string> = {
  'Intl.Segmenter': 'graphemes.ts counts code points without it',
  '.toBase64': 'SvelteKit and packages/draw look for it first',
  'Uint8Array.fromBase64': 'SvelteKit looks for it first',
  '.toHex': 'noble-hashes and packages/draw look for it first',
  'Uint8Array.fromHex': 'noble-hashes looks for it first',
  'Error.captureStackTrace': 'every caller looks for it first',
  Temporal: 'SvelteKit reads what our server never sends',
  Float16Array: 'SvelteKit reads what our server never sends',
  SuppressedError: 'tRPC looks for it first',
  '.share': 'share-link.ts looks for it first, and save-file.ts for canShare',
  '.canShare': 'save-file.ts looks for it first',
  SharedWorker: 'live updates look for it first, and poll without it',
  'Symbol.dispose': 'tRPC defines it where it is missing',
  'Symbol.asyncDispose': 'tRPC defines it where it is missing',
  structuredClone: 'Svelte catches its absence, and copies plain values itself',
  '.checkVisibility': 'the library of our dialogs looks for it first',
  '.exitFullscreen': 'called where full screen was entered',
  '.getTransports': 'simplewebauthn looks for it first',
  '.getPublicKeyAlgorithm': 'simplewebauthn looks for it first',
  '.getAuthenticatorData': 'simplewebauthn looks for it first',
  // Methods of the same name.
  '.when': 'of zod',
  '.check': 'of SvelteKit',
  '.capture': 'of SvelteKit',
  '.getPublicKey': 'of noble-curves',
  // On the page for developers.
  '.toArray': 'of RapiDoc',
  '.replaceSync': 'RapiDoc looks for it first',
  CSSValueList: 'a name in a list of RapiDoc',
  TouchList: 'a name in a list of RapiDoc',
  Report: 'a word in a text of RapiDoc',
  '.findLast': 'hooks.client.ts defines it where it is missing',
}

/** What the styles may not hold: Lightning CSS or an older spelling replaces it. */
const NEWER_STYLES: Record<string, RegExp> = {
  '@layer': /@layer\b/,
  'container queries': /@container\b/,
  'light-dark()': /\blight-dark\(/,
  ':has()': /:has\(/,
  'oklch()': /\boklch\(/,
  'a range in @media': /@media[^{]*[<>]/,
  'translate, rotate and scale outside transform': /[;{]\s*(?:translate|rotate|scale)\s*:/,
}

/** Whether every one of the oldest engines has a feature, without a prefix or a flag. */
function isSupported({ support }: CompatStatement): boolean {
  return Object.entries(OLDEST_VERSIONS).every(([engine, oldest]) => {
    const statement = support[engine as keyof typeof OLDEST_VERSIONS]
    const first: SimpleSupportStatement | undefined = Array.isArray(statement) ? statement[0] : statement
    if (!first || first.flags || first.prefix || typeof first.version_added !== 'string') return false
    return Number.parseFloat(first.version_added.replace('≤', '')) <= oldest
  })
}

export interface Feature {
  owner: string
  /** Absent for `owner` itself. */
  member?: string
  /** Whether it is called on a value, not on `owner`. */
  isMethod?: boolean
}

/** As it stands in code: `Temporal`, `structuredClone`, `Promise.withResolvers`, `.toSorted`. */
const spellingOf = ({ owner, member, isMethod }: Feature) =>
  member ? `${isMethod ? '' : owner}.${member}` : owner

/** Static members stand apart in the data of the web's interfaces; in the language's, their address does. */
const isStatic = (key: string, compat: CompatStatement, isWeb: boolean) =>
  isWeb ? key.endsWith('_static') : !String(compat.spec_url).includes('prototype')

function compare(interfaces: Identifier, isWeb: boolean): { newer: Feature[]; supported: Feature[] } {
  const [newer, supported]: [Feature[], Feature[]] = [[], []]
  for (const [owner, { __compat: own, ...members }] of Object.entries<Identifier>(interfaces)) {
    if (own) (isSupported(own) ? supported : newer).push({ owner })
    // Who has no Temporal calls none of its methods. Iterators were there before the name Iterator.
    if (own && !isSupported(own) && owner !== 'Iterator') continue
    for (const [key, { __compat: compat }] of Object.entries<Identifier>(members)) {
      if (!compat || compat.status?.deprecated || !/^\w+$/.test(key)) continue
      const isMethod = !isStatic(key, compat, isWeb)
      ;(isSupported(compat) ? supported : newer).push({ owner, member: key.replace('_static', ''), isMethod })
    }
  }
  return { newer, supported }
}

const language = compare(bcd.javascript.builtins ?? {}, false)
const web = compare(bcd.api, true)
const supported = new Set([...language.supported, ...web.supported].map(spellingOf))
// A method that another object has had for long, such as `.concat`, cannot be told apart in code.
const isNewer = (feature: Feature) => !supported.has(spellingOf(feature))
const newerSpellings = new Set([...language.newer, ...web.newer].filter(isNewer).map(spellingOf))

/** The built-ins of the language that an oldest engine lacks. */
export const newerBuiltIns = (): Feature[] => language.newer.filter(isNewer)

/** What a built script or style uses that an oldest engine lacks, apart from what the code looks for first. */
export function findNewerFeatures(path: string, text: string): string[] {
  if (path.endsWith('.css'))
    return Object.entries(NEWER_STYLES).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []))
  const found = new Set<string>()
  for (const [, owner, member] of text.matchAll(/(?<![\w$.])([A-Z]\w+)(?:\.(\w+))?/g))
    for (const spelling of [owner, `${owner}.${member}`]) found.add(spelling ?? '')
  for (const [, call] of text.matchAll(/(\.\w+|(?<![\w$.`'"])[a-z]\w+)\(/g)) found.add(call ?? '')
  return [...found].filter((spelling) => newerSpellings.has(spelling) && !(spelling in GUARDED))
}

/** Throws where the built client holds a feature that an oldest engine lacks, with the file and its name. */
export function checkOldestEngines(directory: string): void {
  const problems = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(js|css)$/.test(path))
    .flatMap((path) =>
      findNewerFeatures(path, readFileSync(join(directory, path), 'utf8')).map((name) => `${path}: ${name}`),
    )
  if (problems.length > 0) throw new Error(`The oldest supported engines lack:\n${problems.join('\n')}`)
}
