import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { freePort } from '../../free-port.ts'
import { processEnd } from '../../processes/process-end.ts'
import { runCommand } from '../../processes/run-command.ts'
import { ROOT, workspaces } from '../../repository.ts'
import { webHeap } from '../../start/web-heap.ts'
import { createTestDatabase } from '../../testing/test-postgres.ts'
import { parseDockerfile } from './dockerfile.ts'
import { walkDockerfile } from './walk-dockerfile.ts'

const Environment = z.record(z.string(), z.union([z.string(), z.number()])).default({})

const Service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.literal('.'), target: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: Environment,
  stop_grace_period: z.string().optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ disable: z.boolean().optional(), test: z.array(z.string()).optional() }).optional(),
})

const Compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) })

const composeText = readFileSync(join(ROOT, 'compose.yaml'), 'utf8')
const { services, volumes } = Compose.parse(parse(composeText, { merge: true }))
const stages = parseDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'))
const known = [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
  ([, name]) => name,
)

const defaults = new Map(
  [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value],
  ),
)

const home = mkdtempSync(join(tmpdir(), 'eungmo-image-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

function stage(name: string | undefined) {
  const found = stages.find((one) => one.name === name)
  if (!found) throw new Error(`The Dockerfile has no stage ${name}`)
  return found
}

test('the services fit together: targets, dependencies, volumes, ports, health checks', () => {
  expect(Object.keys(services).sort()).toEqual(['consumer', 'kafka', 'migrate', 'postgres', 'web'])
  for (const service of Object.values(services)) {
    expect(Boolean(service.build)).toBe(!service.image)
    const instructions = service.build ? stage(service.build.target).instructions : []
    for (const port of service.ports) {
      expect(instructions).toContainEqual({ kind: 'expose', port: Number(port.split(':').at(-1)) })
    }
    for (const volume of service.volumes) expect(volumes).toHaveProperty(volume.split(':')[0] ?? '')
    for (const [name, { condition }] of Object.entries(service.depends_on)) {
      const other = services[name]
      expect(other, name).toBeDefined()
      const checked =
        other?.healthcheck?.test ?? (other?.build && stage(other.build.target).instructions.find(isCheck))
      if (condition === 'service_healthy') expect(checked, name).toBeTruthy()
    }
  }
  expect(services.consumer?.environment.DATABASE_URL).toBe(services.web?.environment.DATABASE_URL)
  expect(services.web?.environment.KAFKA_BROKERS).toBe('kafka:9092')
  expect(services.kafka?.environment.KAFKA_ADVERTISED_LISTENERS).toBe('PLAINTEXT://kafka:9092')
})

function isCheck({ kind }: { kind: string }): boolean {
  return kind === 'healthcheck'
}

/** Seconds that web closes connections for, after its requests. */
const CLOSE_SECONDS = 5

test('web drains for as long as its settings say, and by default ends before Docker kills it', () => {
  const { DRAIN_SECONDS, STOP_TIMEOUT } = services.web?.environment ?? {}
  const seconds = [DRAIN_SECONDS, STOP_TIMEOUT].map((value) => {
    const [, name = '', text] = /^\$\{([A-Z_]+):-(\d+)\}$/.exec(String(value)) ?? []
    expect(text, 'the default of compose.yaml is that of web').toBe(String(defaults.get(name)))
    return Number(text)
  })
  const grace = /^\$\{STOP_GRACE_PERIOD:-(\d+)s\}$/.exec(services.web?.stop_grace_period ?? '')
  expect(Number(grace?.[1])).toBeGreaterThan(seconds.reduce((sum, value) => sum + value, CLOSE_SECONDS))
})

test('web sizes its heap alike, however it is started', () => {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'apps/web/package.json'), 'utf8')))
  const [[name, value] = []] = Object.entries(webHeap)
  expect(scripts.start).toContain(`${name}=${value} bun `)
  expect(stage('web').instructions).toContainEqual({ kind: 'env', variables: webHeap })
})

test('every variable is one of .env.example, and the keys have no default', () => {
  for (const name of ['web', 'consumer', 'migrate']) {
    for (const variable of Object.keys(services[name]?.environment ?? {})) expect(known).toContain(variable)
  }
  for (const [, name] of composeText.matchAll(/\$\{([A-Z_]+)/g)) expect(known).toContain(name)
  expect(services.web?.environment.SECRET_KEYS).toMatch(/^\$\{SECRET_KEYS:\?/)
})

test('the Dockerfile copies the manifest of every workspace', () => {
  const copied = stage('manifests').instructions.flatMap((one) => (one.kind === 'copy' ? one.sources : []))
  for (const { directory } of workspaces())
    expect(copied).toContain(join(directory, 'package.json').slice(ROOT.length))
})

test('the Dockerfile’s steps build a web and a consumer that run', { timeout: 600_000 }, async () => {
  const walked = await walkDockerfile(stages, home)
  const database = await createTestDatabase(inject('postgresUrl'))
  onTestFinished(() => database.drop())
  const own = {
    PATH: process.env.PATH,
    DATABASE_URL: database.url,
    SECRET_KEYS: `k1:${btoa('0'.repeat(32))}`,
  }
  const signal = new AbortController().signal

  const image = (name: string) => {
    const found = walked.get(services[name]?.build?.target ?? '')
    if (!found) throw new Error(`no image for ${name}`)
    return { ...found, cwd: join(found.root, found.workdir) }
  }
  const migrate = image('migrate')
  const command = services.migrate?.command ?? []
  expect(await runCommand(command, { cwd: migrate.cwd, env: own, timeoutMs: 60_000, signal })).toMatchObject({
    code: 0,
  })

  const reset = ['bun', 'apps/web/scripts/reset-password.ts', 'nobody@example.com']
  const result = await runCommand(reset, { cwd: migrate.cwd, env: own, timeoutMs: 60_000, signal })
  expect(result.output).toBe('No account signs in with nobody@example.com.\n')

  for (const [name, portVariable] of [
    ['web', 'PORT'],
    ['consumer', 'METRICS_PORT'],
  ] as const) {
    const { cwd, cmd, env, healthcheck } = image(name)
    const [program = '', ...words] = cmd
    expect(existsSync(join(cwd, words[0] ?? ''))).toBe(true)
    const all = { ...own, ...env, [portVariable]: String(await freePort()) }
    const child = spawn(program, words, { cwd, env: all, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    const end = processEnd(child)
    onTestFinished(() => void child.kill('SIGKILL'))
    await vi.waitFor(
      async () => {
        const check = await runCommand(['sh', '-c', healthcheck], {
          cwd,
          env: all,
          timeoutMs: 20_000,
          signal,
        })
        expect(check.code, `${name}: ${check.output}\n${output}`).toBe(0)
      },
      { timeout: 30_000, interval: 200 },
    )
    child.kill('SIGTERM')
    expect(await end, output).toBe('code 0')
  }
})
