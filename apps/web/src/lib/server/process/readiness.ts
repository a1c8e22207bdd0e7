const checks = new Map<string, () => Promise<void>>()

/** /readyz runs `check` at every request; it rejects where the part cannot serve. */
export function addReadinessCheck(name: string, check: () => Promise<void>): void {
  checks.set(name, check)
}

/** The names of the parts that cannot serve now; a check that takes more than `timeout` ms counts as failed. */
export async function failedChecks(timeout = 2000): Promise<string[]> {
  const results = await Promise.all(
    [...checks].map(async ([name, check]) => {
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Error(`${name} took more than ${timeout} ms`)), timeout)
      try {
        await Promise.race([check(), late.promise])
        return undefined
      } catch {
        return name
      } finally {
        clearTimeout(timer)
      }
    }),
  )
  return results.filter((name) => name !== undefined)
}
