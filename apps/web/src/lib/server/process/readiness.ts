import { withDeadline } from '@eungmo/db/timing/with-deadline'
import { logger } from './logger.ts'

const CHECK_TIMEOUT_MS = 2_000

const checks = new Map<string, () => Promise<void>>()

/** Adds a check that /readyz runs with every request. It rejects when its part cannot serve. */
export function addReadinessCheck(name: string, check: () => Promise<void>): void {
  checks.set(name, check)
}

const warnings = new Map<string, () => boolean>()

/** Adds a warning that /readyz names while `isActive` returns true. The process serves requests all the same. */
export function addReadinessWarning(name: string, isActive: () => boolean): void {
  warnings.set(name, isActive)
}

/** The names of the warnings that are active now. */
export const activeWarnings = (): string[] =>
  [...warnings].flatMap(([name, isActive]) => (isActive() ? [name] : []))

/**
 * The names of the parts that cannot serve now. A check that takes longer than `timeoutMs` counts as failed.
 */
export async function failedChecks(timeoutMs = CHECK_TIMEOUT_MS): Promise<string[]> {
  const results = await Promise.all(
    [...checks].map(async ([name, check]) => {
      try {
        await withDeadline(check(), timeoutMs, () => new Error(`${name} took more than ${timeoutMs} ms`))
        return undefined
      } catch (error) {
        logger.warn({ err: error, check: name }, 'not ready')
        return name
      }
    }),
  )
  return results.filter((name) => name !== undefined)
}
