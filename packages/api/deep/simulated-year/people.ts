import type { Random } from './random.ts'

/** Somebody who enters events. Nobody else in the database has this name or number. */
export interface Person {
  name: string
  /** The digits after 010. */
  digits: string
}

/** Syllables of names. No other text of the simulation has them, so that a name is recognised in any text. */
const NAME_SYLLABLES = '갈낙닿랑맑밟삯쌀앓잖찮칼탉팥핥흙겠넋넓닭뎅렛묽벳셋옷죽챙쿵톱퓨헐굳녹닥'
const NAME_LENGTH = 4
const TITLE_WORDS = [
  '가을',
  '개업',
  '기념',
  '감사',
  '도자기',
  '커피',
  '무료',
  '🎁',
  '이벤트',
  'Opening',
  'day',
  '50%',
  '1+1',
] as const

/** People with names and numbers that nobody before had. */
export function createPeople(random: Random) {
  const names = new Set<string>()
  const digits = new Set<string>()
  const unique = (used: Set<string>, create: () => string): string => {
    let value = create()
    while (used.has(value)) value = create()
    used.add(value)
    return value
  }
  const createName = () =>
    Array.from({ length: NAME_LENGTH }, () => random.pick([...NAME_SYLLABLES])).join('')
  return {
    names,
    digits,
    next: (): Person => ({
      name: unique(names, createName),
      digits: unique(digits, () => String(random.int(60_000_000, 99_999_999))),
    }),
    /** Another name for the same person. */
    nextName: (): string => unique(names, createName),
  }
}

/** A phone number as people type it. */
export function spelled({ digits }: Person, random: Random): string {
  const [middle, last] = [digits.slice(0, 4), digits.slice(4)]
  return random.pick([
    `010-${middle}-${last}`,
    `010${digits}`,
    `+82 10-${middle}-${last}`,
    `010 ${middle} ${last}`,
    `(010) ${middle}.${last}`,
  ])
}

/** A text of an owner, without a person's data. */
export const randomText = (random: Random, words: number): string =>
  Array.from({ length: words }, () => random.pick(TITLE_WORDS)).join(' ')
