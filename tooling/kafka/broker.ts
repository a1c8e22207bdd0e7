import { type ChildProcess, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { freePort, isPortFree } from '../free-port.ts'
import { processCommand } from '../processes/process-command.ts'
import { processEnd } from '../processes/process-end.ts'
import type { RunningServer, ServerOptions } from '../processes/running-server.ts'
import { spawnLogged } from '../processes/spawn-logged.ts'
import { stopProcess } from '../processes/stop-process.ts'
import { waitForServer } from '../processes/wait-for-server.ts'
import { isServing } from './is-serving.ts'
import { fetchJars, jarDirectory, LOG_SETTINGS } from './jars.ts'
import { javaCommand, javaObstacle, mavenObstacle } from './java.ts'
import { type BrokerAddress, serverProperties } from './server-properties.ts'

export type KafkaOptions = ServerOptions & {
  /** Write to disk before acknowledging (slower). Defaults to true. */
  durable?: boolean
}

export type RunningKafka = RunningServer & {
  /** What KAFKA_BROKERS takes. */
  brokers: string
}

const STOP_TIMEOUT_MS = 20_000
const JVM_OPTIONS = ['-Xms128m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

const Ports = z.object({ port: z.number(), controllerPort: z.number() })

/** Why no broker can run on this machine, in a few words for a message; undefined when one can. */
export function kafkaObstacle(): string | undefined {
  return javaObstacle() ?? (existsSync(jarDirectory()) ? undefined : mavenObstacle())
}

/**
 * Starts one real Apache Kafka broker (KRaft, no Docker) on 127.0.0.1 and resolves when it serves requests. `port` defaults
 * to the one that this directory had before. The first start on a machine fetches the broker with Maven. Ours, since a
 * container runtime is not everywhere, and no npm package runs a broker.
 * @throws when Java 17 or Maven is missing, when a broker already runs on `dataDir`, or when it does not start
 */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const { log = () => {} } = options
  const obstacle = kafkaObstacle()
  if (obstacle) throw new Error(`${obstacle}: no Kafka broker can run here.`)
  const dataDir = resolve(options.dataDir)
  const running = runningBroker(dataDir)
  if (running !== undefined)
    throw new Error(`A Kafka broker already runs on ${dataDir} (process ${running}).`)
  const classpath = join(fetchJars(log), '*')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })

  const address = await choosePorts(dataDir, options.port)
  const properties = join(dataDir, 'server.properties')
  const messages = join(dataDir, 'messages')
  writeFileSync(
    properties,
    serverProperties(address, messages, options.durable ?? true, options.settings ?? {}),
  )
  formatOnce(dataDir, classpath, properties, messages)

  const logFile = join(dataDir, 'kafka.log')
  const child = launch(dataDir, classpath, properties, logFile)
  const exited = processEnd(child)
  writeFileSync(join(dataDir, 'broker.pid'), `${child.pid}\n`)
  const pid = await waitForServer(child, {
    name: 'The Kafka broker',
    logFile,
    isReady: () => isServing(address.port),
    stop: stopBroker,
    timeoutMs: options.startTimeoutMs,
  })
  return {
    brokers: `127.0.0.1:${address.port}`,
    port: address.port,
    pid,
    exited,
    async stop() {
      await stopBroker(pid)
    },
  }
}

/** Ends a broker that an earlier run left running on `dataDir`, if there is one. */
export async function stopLeftoverKafka(dataDir: string): Promise<void> {
  const pid = runningBroker(resolve(dataDir))
  if (pid !== undefined) await stopBroker(pid)
}

function runningBroker(dataDir: string): number | undefined {
  const file = join(dataDir, 'broker.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (!Number.isInteger(pid) || pid < 1) return undefined
  const command = processCommand(pid)
  return command.includes('kafka.Kafka') && command.includes(dataDir) ? pid : undefined
}

async function choosePorts(dataDir: string, requested: number | undefined): Promise<BrokerAddress> {
  const file = join(dataDir, 'ports.json')
  const before = existsSync(file) ? Ports.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
  const reuse = async (port: number | undefined) => (port && (await isPortFree(port)) ? port : freePort())
  const port = requested ?? (await reuse(before?.port))
  const chosen = { port, controllerPort: await reuse(before?.controllerPort) }
  writeFileSync(file, JSON.stringify(chosen))
  return chosen
}

function formatOnce(dataDir: string, classpath: string, properties: string, messages: string): void {
  const marker = join(dataDir, 'cluster-id')
  if (existsSync(marker)) return
  rmSync(messages, { recursive: true, force: true })
  const runTool = (...args: string[]) => {
    const logging = `-Dlog4j2.configurationFile=${LOG_SETTINGS}`
    const result = spawnSync(
      javaCommand(),
      [...JVM_OPTIONS, logging, '-cp', classpath, 'kafka.tools.StorageTool', ...args],
      { encoding: 'utf8' },
    )
    if (result.status !== 0) {
      throw new Error(`Kafka's storage could not be set up:\n${result.stdout}${result.stderr}`)
    }
    return result.stdout.trim()
  }
  const id = runTool('random-uuid')
  runTool('format', '--standalone', '-t', id, '-c', properties)
  writeFileSync(marker, `${id}\n`)
}

function launch(dataDir: string, classpath: string, properties: string, logFile: string): ChildProcess {
  const args = ['-cp', classpath, 'kafka.Kafka', properties]
  const command = [javaCommand(), ...JVM_OPTIONS, `-Dlog4j2.configurationFile=${LOG_SETTINGS}`, ...args]
  return spawnLogged(command, logFile, { cwd: dataDir })
}

function stopBroker(pid: number): Promise<boolean> {
  return stopProcess(pid, { timeoutMs: STOP_TIMEOUT_MS })
}
