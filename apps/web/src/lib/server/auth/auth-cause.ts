import { AsyncLocalStorage } from 'node:async_hooks'

const scopes = new AsyncLocalStorage<{ cause?: Error }>()

/**
 * Runs one of better-auth's functions. Some of them log what failed, and throw an error that no longer says it;
 * this rejects with what failed, which the caller reports once: as 503 where the database is away.
 */
export async function withCause<T>(run: () => Promise<T>): Promise<T> {
  const scope: { cause?: Error } = {}
  try {
    return await scopes.run(scope, run)
  } catch (error) {
    throw scope.cause ?? error
  }
}

/** As withCause, where better-auth's function returns a response in place of throwing. */
export async function withObservedCause<T>(
  run: () => Promise<T>,
): Promise<{ result: T; cause: Error | undefined }> {
  const scope: { cause?: Error } = {}
  const result = await scopes.run(scope, run)
  return { result, cause: scope.cause }
}

/** Hands what better-auth was about to log to `withCause`; false where that does not run. */
export function captureCause(error: Error): boolean {
  const scope = scopes.getStore()
  if (scope) scope.cause ??= error
  return scope !== undefined
}
