/** What the HTTP server itself reads from the environment; the application's own variables are in src/env.ts. */
export interface Settings {
  port: number
  host: string
  /** The longest request body in bytes; longer ones are answered 413. */
  bodyLimit: number
  /** How many proxies of ours stand in front: that many entries of X-Forwarded-For are believed. */
  trustedProxies: number
  /** Seconds to wait for running requests when stopping. */
  stopTimeout: number
}

/** Reads the settings; throws an Error with one clear sentence for a bad value. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  return {
    port: integer(env, 'PORT', 3000, 0, 65_535),
    host: env.HOST || '0.0.0.0',
    bodyLimit: integer(env, 'BODY_LIMIT', 102_400, 1024, 1_073_741_824),
    trustedProxies: integer(env, 'TRUSTED_PROXIES', 0, 0, 16),
    stopTimeout: integer(env, 'STOP_TIMEOUT', 10, 0, 600),
  }
}

function integer(
  env: Record<string, string | undefined>,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name} must be a whole number from ${min} to ${max}, not "${text}".`)
  }
  return value
}
