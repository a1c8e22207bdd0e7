import type { DumpedValue } from './dump.ts'

/** What must be found nowhere in clear: names, and the eight digits of phone numbers after 010. */
export interface Planted {
  names: ReadonlySet<string>
  digits: ReadonlySet<string>
}

const NAME_LENGTH = 4
const LOCAL_DIGITS = 8
/** Shorter tokens of hex or base64 hold no name and no number. */
const encodedToken = /[A-Za-z0-9+/_-]{11,}={0,2}/g

/** The places of values that hold a planted name or phone number: in clear, in hex, in base64 or in bytes. */
export function findPlain(values: readonly DumpedValue[], planted: Planted): string[] {
  return values
    .filter((value) => readings(value).some((text) => holds(text, planted)))
    .map(({ place }) => place)
}

/** What a value says in each way that it can be read. */
function readings({ text, isBytes }: DumpedValue): string[] {
  if (isBytes) return decodings(Buffer.from(text, 'hex'))
  const encoded = text.match(encodedToken) ?? []
  return [
    text,
    ...encoded.flatMap((token) => [
      Buffer.from(token, 'base64').toString(),
      ...(/^[0-9a-f]+$/i.test(token) ? decodings(Buffer.from(token, 'hex')) : []),
    ]),
  ]
}

const decodings = (bytes: Buffer) => [bytes.toString(), bytes.toString('utf16le')]

function holds(text: string, { names, digits }: Planted): boolean {
  const dense = text.normalize('NFC').replaceAll(/\s/g, '')
  for (const [run] of dense.matchAll(/[가-힣]{4,}/g))
    if (windows(run, NAME_LENGTH).some((part) => names.has(part))) return true
  // With 10 in front the digits are a mobile number, and in two groups they are one without its prefix.
  for (const [run] of text.matchAll(/\d[\d\s().+-]{6,}\d/g)) {
    const joined = run.replaceAll(/\D/g, '')
    if (/\d{4}[-. ]\d{4}/.test(run) && windows(joined, LOCAL_DIGITS).some((part) => digits.has(part)))
      return true
    if (windows(joined, LOCAL_DIGITS + 2).some((part) => part.startsWith('10') && digits.has(part.slice(2))))
      return true
  }
  return false
}

const windows = (text: string, length: number) =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length))

const exactToken = /[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}/g
const base64Token = /[A-Za-z0-9+/_-]{22,}={0,2}/g

/**
 * Where stored values of people are found again: application numbers, keyed submission ids and, in hex, indexes,
 * envelopes and hashes, whole or as a token in hex or base64 of a longer text.
 */
export function findStored(
  values: readonly DumpedValue[],
  wanted: ReadonlySet<string>,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { place, text, isBytes } of values)
    for (const token of isBytes ? [text] : tokensOf(text)) {
      if (!wanted.has(token)) continue
      const places = found.get(token) ?? new Set()
      found.set(token, places.add(place))
    }
  return found
}

function* tokensOf(text: string): Generator<string> {
  yield text
  for (const [token] of text.matchAll(exactToken)) yield token
  for (const [token] of text.matchAll(base64Token)) yield Buffer.from(token, 'base64').toString('hex')
}
