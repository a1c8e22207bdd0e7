import { z } from 'zod'

/** A wrong setting, said in one line. */
export class SettingsError extends Error {}

export type Settings = {
  port: number
  host: string
  /** A server of the operator's own; undefined for the embedded one. */
  databaseUrl: string | undefined
  secretKeys: string | undefined
  /** Brokers of the operator's own. */
  kafkaBrokers: string | undefined
  /** Run a broker beside the product. */
  ownKafka: boolean
}

const Port = z.coerce.number().int().min(1).max(65_535)

/**
 * Reads what `npm start` itself needs; everything else goes on to the parts untouched, and they check it.
 * @throws SettingsError
 */
export function readSettings(env: Record<string, string | undefined>, words: string[]): Settings {
  const unknown = words.find((word) => word !== '--kafka')
  if (unknown !== undefined)
    throw new SettingsError(`"${unknown}" is not understood; the only option is --kafka.`)
  const port = Port.safeParse(env.PORT || 3000)
  if (!port.success)
    throw new SettingsError(`PORT must be a whole number from 1 to 65535, not "${env.PORT}".`)
  const settings = {
    port: port.data,
    host: env.HOST || '0.0.0.0',
    databaseUrl: env.DATABASE_URL || undefined,
    secretKeys: env.SECRET_KEYS || undefined,
    kafkaBrokers: env.KAFKA_BROKERS || undefined,
    ownKafka: words.includes('--kafka'),
  }
  if (settings.ownKafka && settings.kafkaBrokers) {
    throw new SettingsError('KAFKA_BROKERS names brokers already: leave out --kafka, or unset it.')
  }
  if (settings.databaseUrl && !settings.secretKeys) {
    throw new SettingsError(
      'DATABASE_URL is set, so SECRET_KEYS is needed too: `id:base64` of 32 random bytes; see .env.example.',
    )
  }
  return settings
}
