/**
 * Settles as `promise` does, or rejects with `createError()` after `timeoutMs`. The work behind the promise
 * is not cancelled, and its later outcome is ignored.
 */
export async function withDeadline<T>(
  promise: PromiseLike<T>,
  timeoutMs: number,
  createError: () => Error,
): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(createError()), timeoutMs)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
