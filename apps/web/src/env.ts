import { defineEnvVars } from '@sveltejs/kit/env'
import { building } from '$app/env'

type Reader<T> = (value: string | undefined) => T

/** A variable that must be there to run, though not to build. */
function required(check: (value: string) => string): Reader<string> {
  return (value) => {
    if (building) return ''
    if (!value) throw new Error('is missing.')
    return check(value)
  }
}

function optional(check: (value: string) => string = (value) => value): Reader<string | undefined> {
  return (value) => (building || !value ? undefined : check(value))
}

function oneOf<T extends string>(choices: readonly T[], fallback: T): Reader<T> {
  return (value) => {
    if (building || !value) return fallback
    const choice = choices.find((each) => each === value)
    if (!choice) throw new Error(`must be ${choices.join(' or ')}, not "${value}".`)
    return choice
  }
}

function listOf(check: (value: string) => string, fallback: readonly string[]): Reader<readonly string[]> {
  return (value) => {
    if (building || !value) return fallback
    return value
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean)
      .map(check)
  }
}

function webAddress(value: string): string {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new Error(`must be an address like https://example.com, not "${value}".`)
  }
  return value.replace(/\/+$/, '')
}

function postgresAddress(value: string): string {
  if (!/^postgres(ql)?:\/\//.test(value))
    throw new Error('must be an address like postgres://user:password@host/database.')
  return value
}

function broker(value: string): string {
  if (!/^[^\s:/]+:\d+$/.test(value))
    throw new Error(`must be a list like host:9092,host:9092, not "${value}".`)
  return value
}

function wholeNumber(fallback: number, min: number, max: number): Reader<number> {
  return (value) => {
    if (building || !value) return fallback
    const number = Number(value)
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}, not "${value}".`)
    }
    return number
  }
}

function secretKeys(value: string): string {
  for (const entry of value.split(',')) {
    const [id = '', key = ''] = entry.trim().split(':')
    if (!/^[A-Za-z0-9_-]+$/.test(id) || Buffer.from(key, 'base64').length !== 32) {
      throw new Error('must be id:base64 of 32 bytes, newest first, separated by commas.')
    }
  }
  return value
}

/** Everything the web process reads from the environment (HOST, limits and the like belong to server/settings.ts). */
export const variables = defineEnvVars({
  DATABASE_URL: { schema: required(postgresAddress), description: 'The Postgres database.' },
  SECRET_KEYS: { schema: required(secretKeys), description: 'Keys, `id:base64` of 32 bytes, newest first.' },
  KAFKA_BROKERS: {
    schema: listOf(broker, []),
    description: 'host:port, separated by commas. Empty: the consumer reads the outbox itself.',
  },
  KAFKA_TOPIC: {
    schema: (value) => value || 'participant-events',
    description: 'Where entries are published.',
  },
  KAFKA_PARTITIONS: { schema: wholeNumber(6, 1, 1000), description: 'Of a topic that has to be made.' },
  KAFKA_REPLICATION_FACTOR: {
    schema: wholeNumber(-1, -1, 100),
    description: "Of a topic that has to be made; -1 is the broker's default.",
  },
  PUBLIC_URL: { schema: optional(webAddress), description: 'The address that links and QR codes carry.' },
  PORT: {
    schema: wholeNumber(3000, 0, 65_535),
    description: 'Where the server listens: part of the address while PUBLIC_URL is unset.',
  },
  RELAY: {
    schema: oneOf(['on', 'off'], 'on'),
    description: 'Whether this process may relay the outbox to Kafka.',
  },
  RATE_LIMIT: { schema: oneOf(['on', 'off'], 'on'), description: 'Request limits; off for load tests.' },
  LOG_LEVEL: {
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
    description: 'The least important log line to write.',
  },
  DRAND_RELAYS: {
    schema: listOf(webAddress, ['https://api.drand.sh', 'https://drand.cloudflare.com']),
    description: 'Relays of the drand quicknet beacon, tried in order.',
  },
  METRICS_TOKEN: { schema: optional(), description: 'When set, /metrics asks for it as a bearer token.' },
  KAKAO_CLIENT_ID: { schema: optional(), description: 'Sign-in with Kakao.' },
  KAKAO_CLIENT_SECRET: { schema: optional(), description: 'Sign-in with Kakao.' },
  NAVER_CLIENT_ID: { schema: optional(), description: 'Sign-in with Naver.' },
  NAVER_CLIENT_SECRET: { schema: optional(), description: 'Sign-in with Naver.' },
  GOOGLE_CLIENT_ID: { schema: optional(), description: 'Sign-in with Google.' },
  GOOGLE_CLIENT_SECRET: { schema: optional(), description: 'Sign-in with Google.' },
})
