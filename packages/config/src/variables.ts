import {
  anyText,
  hostAndPort,
  listOf,
  type NoticeTemplate,
  noticeTemplate,
  oneOf,
  optional,
  phoneDigits,
  postgresAddress,
  proxyNetworks,
  required,
  sender,
  smtpAddress,
  webAddress,
  webOrigin,
  wholeNumber,
  withDefault,
} from './readers.ts'
import { checkSecretKeys } from './secret-keys.ts'
import { SIGN_UP_MODES } from './sign-up-mode.ts'

/** Bytes of a request body where BODY_LIMIT is unset. */
export const DEFAULT_MAX_BODY_BYTES = 102_400

const port = wholeNumber(0, 65_535)

/**
 * Every environment variable of the product, with the one schema that reads it. The value is typed and has
 * its default; `description` says what it means. `.env.example` lists the same variables
 * (test/env-example.test.ts).
 */
export const variables = {
  PORT: withDefault(3000, port).describe('The port that web listens on; 0 takes a free one.'),
  HOST: withDefault('0.0.0.0', anyText).describe('The address that web listens on; :: is IPv6 and IPv4.'),
  PUBLIC_URL: optional(webOrigin).describe(
    'The one public origin: links and QR codes carry it, and the Host of a request is ignored.',
  ),
  TRUSTED_PROXIES: optional(proxyNetworks).describe(
    'The networks of your own proxies, whose X-Forwarded-For is believed, or none. Needed with https.',
  ),
  BODY_LIMIT: withDefault(DEFAULT_MAX_BODY_BYTES, wholeNumber(1024, 1_073_741_824)).describe(
    'The longest request body in bytes; a longer one gets 413.',
  ),
  DRAIN_SECONDS: withDefault(0, wholeNumber(0, 600)).describe(
    'Seconds that web serves requests after SIGTERM while /readyz fails, so that a load balancer moves on.',
  ),
  STOP_TIMEOUT: withDefault(10, wholeNumber(0, 600)).describe(
    'Seconds that web waits for running requests when it accepts no more.',
  ),

  DATABASE_URL: required(postgresAddress).describe('The PostgreSQL database.'),
  SECRET_KEYS: required(checkSecretKeys).describe('Keys, `id:base64` of 32 bytes, newest first.'),
  DATA_DIR: withDefault('.data', anyText).describe(
    'Where `npm start` stores the embedded database, its keys and the logs; relative to the repository.',
  ),
  STATEMENT_TIMEOUT: withDefault(10_000, wholeNumber(100, 600_000)).describe(
    'Milliseconds that a statement of the consumer or the relay may take before it is repeated.',
  ),

  KAFKA_BROKERS: withDefault<readonly string[]>([], listOf(hostAndPort)).describe(
    'host:port, separated by commas. Empty: the consumer reads the outbox itself.',
  ),
  KAFKA_TOPIC: withDefault('participant-events', anyText).describe(
    'The topic that entries are published to.',
  ),
  KAFKA_VIEWS_TOPIC: withDefault('entry-page-views', anyText).describe(
    'The topic that views of entry pages are published to.',
  ),
  KAFKA_GROUP: withDefault('analytics', anyText).describe(
    "The consumer's group; views are read by a second one, with -views at the end.",
  ),
  KAFKA_PARTITIONS: withDefault(6, wholeNumber(1, 1000)).describe(
    'The partitions of a topic that has to be created.',
  ),
  KAFKA_REPLICATION_FACTOR: withDefault(-1, wholeNumber(-1, 100)).describe(
    "The replicas of a topic that has to be created; -1 is the broker's default.",
  ),
  RELAY: withDefault('on', oneOf('on', 'off')).describe(
    'Whether web processes may relay the outbox to Kafka; with off, run `bun run relay`.',
  ),
  JOBS: withDefault('on', oneOf('on', 'off')).describe(
    'Whether web processes may run the periodic jobs, such as finishing draws; with off, run `bun run jobs`.',
  ),

  DESTRUCTION_JOURNAL: optional(anyText).describe(
    'The file that withdrawals and early destructions are copied to, for the start after a backup was restored.',
  ),

  OPERATOR_NAME: optional(anyText).describe(
    'Who runs this installation for its shops: privacy pages and the sign-up name it as the processor.',
  ),
  OPERATOR_CONTACT: optional(anyText).describe(
    'Where the operator is reached: a phone number or an e-mail address.',
  ),

  SIGN_UP: optional(oneOf(...SIGN_UP_MODES)).describe(
    'Who may create an account: everybody, only who was invited, or nobody. Unset: invite where PUBLIC_URL is set, else open.',
  ),

  SMTP_URL: optional(smtpAddress).describe(
    'The mail server, smtp:// or smtps://: resets passwords and invites people by e-mail. Unset: no mail is sent.',
  ),
  MAIL_FROM: optional(sender).describe('The sender of mail; required with SMTP_URL.'),

  SOLAPI_API_KEY: optional(anyText).describe(
    'The API key at solapi, through which winners get text messages and Alimtalk. Unset: owners copy the texts.',
  ),
  SOLAPI_API_SECRET: optional(anyText).describe('The secret of SOLAPI_API_KEY; required with it.'),
  SOLAPI_SENDER: optional(phoneDigits).describe(
    'The phone number, registered as a sender at solapi, that text messages come from; required with SOLAPI_API_KEY.',
  ),
  SOLAPI_CHANNEL: optional(anyText).describe(
    'The id of the Kakao channel at solapi (pfId) for Alimtalk; needed with SOLAPI_TEMPLATES.',
  ),
  SOLAPI_TEMPLATES: withDefault<readonly NoticeTemplate[]>([], listOf(noticeTemplate)).describe(
    'Approved Alimtalk templates, kind=id separated by commas. A kind without one goes as a text message.',
  ),
  SOLAPI_URL: withDefault('https://api.solapi.com', webAddress).describe(
    "The address of solapi's API; another one in tests.",
  ),

  SECOND_FACTOR: optional(oneOf('required', 'optional')).describe(
    'Whether owners and staff must set up a second factor. Defaults to required where PUBLIC_URL is https.',
  ),
  RATE_LIMIT: withDefault('on', oneOf('on', 'off')).describe('Request limits; off for load tests.'),
  LOG_LEVEL: withDefault('info', oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent')).describe(
    'The least important log line to write.',
  ),
  METRICS_TOKEN: optional(anyText).describe(
    "The bearer token of web's /metrics; without one it is closed in production.",
  ),
  METRICS_PORT: optional(port).describe(
    'Where the consumer, or a relay of its own, serves /metrics, /healthz and /readyz. Unset: no port is opened.',
  ),
  METRICS_HOST: withDefault('127.0.0.1', anyText).describe('The address of METRICS_PORT.'),

  DRAND_RELAYS: withDefault<readonly string[]>(
    ['https://api.drand.sh', 'https://drand.cloudflare.com'],
    listOf(webAddress),
  ).describe('Relays of the drand quicknet beacon, tried in order.'),

  KAKAO_CLIENT_ID: optional(anyText).describe('Sign-in with Kakao.'),
  KAKAO_CLIENT_SECRET: optional(anyText).describe('Sign-in with Kakao.'),
  NAVER_CLIENT_ID: optional(anyText).describe('Sign-in with Naver.'),
  NAVER_CLIENT_SECRET: optional(anyText).describe('Sign-in with Naver.'),
  GOOGLE_CLIENT_ID: optional(anyText).describe('Sign-in with Google.'),
  GOOGLE_CLIENT_SECRET: optional(anyText).describe('Sign-in with Google.'),
}
