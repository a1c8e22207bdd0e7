/** What a check throws; the message becomes the `error` of a verification. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
}

/** The result of a function, whose errors are the transcript's: they become {@link CheckError}. */
export function asCheck<Result>(run: () => Result, where = ''): Result {
  try {
    return run()
  } catch (error) {
    throw new CheckError(where + (error as Error).message, { cause: error })
  }
}
