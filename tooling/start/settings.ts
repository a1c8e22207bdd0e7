import { EnvironmentError, readEnvironment, startEnvironment } from '@eungmo/config/environment'

/** A wrong setting; the message is one line. */
export class SettingsError extends Error {}

export type Settings = {
  port: number
  host: string
  /** The operator's own server; undefined for the embedded one. */
  databaseUrl: string | undefined
  secretKeys: string | undefined
  /** The operator's own brokers. */
  kafkaBrokers: string | undefined
  /** Whether to run a broker with the product. */
  ownKafka: boolean
  /** The operator's own file for the journal of destructions; undefined for the one in DATA_DIR. */
  destructionJournal: string | undefined
}

/**
 * Reads the settings of `npm start` itself. The others are passed to the parts unchanged, which check them.
 * @throws SettingsError
 */
export function readSettings(env: Record<string, string | undefined>, args: string[]): Settings {
  const unknown = args.find((arg) => arg !== '--kafka')
  if (unknown !== undefined)
    throw new SettingsError(`"${unknown}" is not understood; the only option is --kafka.`)
  const values = readStartEnvironment(env)
  const settings = {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    secretKeys: values.SECRET_KEYS,
    kafkaBrokers: values.KAFKA_BROKERS.join(',') || undefined,
    ownKafka: args.includes('--kafka'),
    destructionJournal: values.DESTRUCTION_JOURNAL,
  }
  if (settings.ownKafka && settings.kafkaBrokers) {
    throw new SettingsError('KAFKA_BROKERS names brokers already: leave out --kafka, or unset it.')
  }
  if (settings.databaseUrl && !settings.secretKeys) {
    throw new SettingsError(
      'DATABASE_URL is set, so SECRET_KEYS is needed too: that of this database, or for a new one what `bun run new-key` prints.',
    )
  }
  return settings
}

function readStartEnvironment(env: Record<string, string | undefined>) {
  try {
    return readEnvironment(startEnvironment, env)
  } catch (error) {
    throw error instanceof EnvironmentError ? new SettingsError(error.message) : error
  }
}
