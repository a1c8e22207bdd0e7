/** In characters as NIST SP 800-63B counts them: code points of the normalised text. */
export const MIN_PASSWORD_LENGTH = 10
export const MAX_PASSWORD_LENGTH = 128

/** zxcvbn's scale: from 2 on, more than a million guesses. */
const MIN_SCORE = 2

/** A weak beginning this long makes no password weak, and the check takes longer with each character. */
const MAX_CHECKED_LENGTH = 64

async function createChecker() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }, { default: leaked }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('fxa-common-password-list'),
  ])
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  /** The 50,000 most frequent passwords of 8 characters and more that leaked, 3,527 of them of 10 and more. */
  const isLeaked = (password: string): boolean => leaked.test(password.toLowerCase())
  return { zxcvbn, isLeaked }
}

let checker: ReturnType<typeof createChecker> | undefined

/**
 * What is wrong with a new password; undefined when it is good. As NIST SP 800-63B says: a length, no password
 * that is common, has leaked or is made of what is known of the person, and nothing about kinds of characters.
 * @param knownWords the person's e-mail address and names
 */
export async function findPasswordFlaw(
  password: string,
  knownWords: readonly string[],
): Promise<'short' | 'common' | undefined> {
  if ([...password.normalize('NFKC')].length < MIN_PASSWORD_LENGTH) return 'short'
  checker ??= createChecker()
  const words = ['eungmo', '응모', ...knownWords.flatMap((each) => [each, ...each.split(/[@.\s]+/)])]
  const { zxcvbn, isLeaked } = await checker
  if (isLeaked(password)) return 'common'
  const { score } = zxcvbn.check(password.slice(0, MAX_CHECKED_LENGTH), words.filter(Boolean))
  return score < MIN_SCORE ? 'common' : undefined
}
