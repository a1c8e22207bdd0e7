import { invalidField } from '../errors/domain-error.ts'
import { parsePhone } from '../validation/phone.ts'

const MAX_NUMBERS = 500
const MAX_LINES = 2_000
/** Fewer digits are a numbering, a date, or part of a name: no Korean number is shorter. */
const MIN_DIGITS = 9

export interface ReadNumbers {
  /** Different numbers in E.164. */
  numbers: string[]
  /** Lines, counted from 1, that hold no phone number, or something else that looks like one. */
  unreadableLines: number[]
}

/**
 * The phone numbers of a pasted text, in any spelling that the entry form takes: one or more per line, with names,
 * a numbering or commas beside them. Spreadsheets drop the leading 0 of a mobile number, so it may be missing.
 * Throws VALIDATION_FAILED for more than 500 numbers or 2,000 lines.
 * @example readNumbers('1. 김하늘 010-1234-5678\n합계') // => { numbers: ['+821012345678'], unreadableLines: [2] }
 */
export function readNumbers(text: string): ReadNumbers {
  const lines = text.split('\n')
  if (lines.length > MAX_LINES) throw invalidField('numbers', 'numbers.too_many')
  const numbers = new Set<string>()
  const unreadableLines: number[] = []
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const read = readLine(line)
    for (const number of read.numbers) numbers.add(number)
    if (read.numbers.length === 0 || read.hasRest) unreadableLines.push(at + 1)
    if (numbers.size > MAX_NUMBERS) throw invalidField('numbers', 'numbers.too_many')
  }
  return { numbers: [...numbers], unreadableLines }
}

/** Everything that stands between two numbers, or between a name and a number. */
const notOfNumbers = /[^\d+().\-\u2010-\u2015·\s]+/

function readLine(line: string): { numbers: string[]; hasRest: boolean } {
  const numbers: string[] = []
  let hasRest = false
  for (const part of line
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .split(notOfNumbers)) {
    const words = part.split(/\s+/).filter((word) => /\d/.test(word))
    let skipped = ''
    for (let from = 0; from < words.length; ) {
      const found = longestNumber(words, from)
      if (found) {
        numbers.push(found.number)
        hasRest ||= looksLikeNumber(skipped)
        skipped = ''
      } else skipped += words[from]
      from = found?.end ?? from + 1
    }
    hasRest ||= looksLikeNumber(skipped)
  }
  return { numbers, hasRest }
}

const looksLikeNumber = (skipped: string): boolean => skipped.replace(/\D/g, '').length >= MIN_DIGITS

/** Words of a written number: `+82 (0)10 1234 5678` has five. */
const MAX_WORDS = 6

/** The number that begins at a word, with as many of the words after it as belong to it. */
function longestNumber(words: readonly string[], from: number): { number: string; end: number } | undefined {
  for (let end = Math.min(words.length, from + MAX_WORDS); end > from; end--) {
    const number = toNumber(words.slice(from, end).join(' '))
    if (number !== null) return { number, end }
  }
  return undefined
}

/** A mobile number as a spreadsheet leaves it, which takes it for a sum. */
const withoutZero = /^10\d{8}$/

const toNumber = (text: string): string | null =>
  parsePhone(withoutZero.test(text) ? `0${text}` : text).e164 ?? null
