/** The promise's own result, or a rejection with `late()` after `limit` ms; what the promise does later goes nowhere. */
export async function within<T>(promise: PromiseLike<T>, limit: number, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), limit)
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
