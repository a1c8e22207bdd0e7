import type { Variable } from '@eungmo/config/readers'
import { variables as all } from '@eungmo/config/variables'
import { defineEnvVars } from '@sveltejs/kit/env'
import { z } from 'zod'
import { building } from '$app/env'

/** A variable as the process reads it. A build reads none of them: it is the same on every machine. */
function atRuntime<T>(schema: Variable<T>, whileBuilding: T) {
  const unread: Variable<T> = z
    .string()
    .optional()
    .transform(() => whileBuilding)
  return { schema: building ? unread : schema, description: schema.description ?? '' }
}

const optional = <T>(schema: Variable<T>) => atRuntime(schema, schema.parse(undefined))

/**
 * What the application reads from the environment; the HTTP server (server/main.ts) reads its own variables.
 */
export const variables = defineEnvVars({
  DATABASE_URL: atRuntime(all.DATABASE_URL, ''),
  SECRET_KEYS: atRuntime(all.SECRET_KEYS, ''),
  KAFKA_BROKERS: optional(all.KAFKA_BROKERS),
  KAFKA_TOPIC: optional(all.KAFKA_TOPIC),
  KAFKA_VIEWS_TOPIC: optional(all.KAFKA_VIEWS_TOPIC),
  KAFKA_PARTITIONS: optional(all.KAFKA_PARTITIONS),
  KAFKA_REPLICATION_FACTOR: optional(all.KAFKA_REPLICATION_FACTOR),
  PUBLIC_URL: optional(all.PUBLIC_URL),
  PORT: optional(all.PORT),
  BODY_LIMIT: optional(all.BODY_LIMIT),
  RELAY: optional(all.RELAY),
  JOBS: optional(all.JOBS),
  DESTRUCTION_JOURNAL: optional(all.DESTRUCTION_JOURNAL),
  SIGN_UP: optional(all.SIGN_UP),
  SMTP_URL: optional(all.SMTP_URL),
  MAIL_FROM: optional(all.MAIL_FROM),
  SOLAPI_API_KEY: optional(all.SOLAPI_API_KEY),
  SOLAPI_API_SECRET: optional(all.SOLAPI_API_SECRET),
  SOLAPI_SENDER: optional(all.SOLAPI_SENDER),
  SOLAPI_CHANNEL: optional(all.SOLAPI_CHANNEL),
  SOLAPI_TEMPLATES: optional(all.SOLAPI_TEMPLATES),
  SOLAPI_URL: optional(all.SOLAPI_URL),
  RATE_LIMIT: optional(all.RATE_LIMIT),
  SECOND_FACTOR: optional(all.SECOND_FACTOR),
  LOG_LEVEL: optional(all.LOG_LEVEL),
  DRAND_RELAYS: optional(all.DRAND_RELAYS),
  OPERATOR_NAME: optional(all.OPERATOR_NAME),
  OPERATOR_CONTACT: optional(all.OPERATOR_CONTACT),
  METRICS_TOKEN: optional(all.METRICS_TOKEN),
  KAKAO_CLIENT_ID: optional(all.KAKAO_CLIENT_ID),
  KAKAO_CLIENT_SECRET: optional(all.KAKAO_CLIENT_SECRET),
  NAVER_CLIENT_ID: optional(all.NAVER_CLIENT_ID),
  NAVER_CLIENT_SECRET: optional(all.NAVER_CLIENT_SECRET),
  GOOGLE_CLIENT_ID: optional(all.GOOGLE_CLIENT_ID),
  GOOGLE_CLIENT_SECRET: optional(all.GOOGLE_CLIENT_SECRET),
})
