import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { freePort } from '@eungmo/tooling/free-port'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { curl, hasProgram, startPrograms, untilServing } from './programs.ts'

interface Ports {
  https: number
  web: number
}

/** The command of each proxy; it ends TLS and passes Host and its own view of the client on. */
const proxies = {
  caddy: (directory: string, { https, web }: Ports) => {
    const file = join(directory, 'Caddyfile')
    writeFileSync(
      file,
      `{\n admin off\n auto_https disable_redirects\n skip_install_trust\n}\nhttps://localhost:${https} {\n tls internal\n reverse_proxy 127.0.0.1:${web}\n}\n`,
    )
    return ['caddy', 'run', '--config', file]
  },
  haproxy: (directory: string, { https, web }: Ports) => {
    const [pem, file] = [join(directory, 'all.pem'), join(directory, 'haproxy.cfg')]
    const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes', '-x509', '-newkey', 'rsa:2048']
    Bun.spawnSync(['openssl', 'req', ...subject, '-keyout', `${pem}.key`, '-out', pem])
    Bun.spawnSync(['sh', '-c', `cat ${pem}.key >> ${pem}`])
    writeFileSync(
      file,
      [
        'defaults\n mode http\n timeout connect 5s\n timeout client 60s\n timeout server 60s\n option forwardfor',
        `frontend tls\n bind 127.0.0.1:${https} ssl crt ${pem}\n default_backend web`,
        `backend web\n server web 127.0.0.1:${web}\n`,
      ].join('\n'),
    )
    return ['haproxy', '-db', '-f', file]
  },
}

for (const [name, commandOf] of Object.entries(proxies)) {
  describe.skipIf(!hasProgram(name) || !hasProgram('curl'))(`behind ${name} with TLS`, () => {
    const programs = startPrograms()
    let database: Awaited<ReturnType<typeof createTestDatabase>>
    let origin: string
    let inner: string

    beforeAll(async () => {
      database = await createTestDatabase(inject('postgresUrl'))
      await migrate(database.url)
      const ports = { https: await freePort(), web: await freePort() }
      origin = `https://localhost:${ports.https}`
      inner = `http://127.0.0.1:${ports.web}`
      programs.start([process.execPath, 'build/index.js'], {
        DATABASE_URL: database.url,
        SECRET_KEYS: `deep:${randomBytes(32).toString('base64')}`,
        PUBLIC_URL: origin,
        SIGN_UP: 'open',
        TRUSTED_PROXIES: '127.0.0.1/32',
        PORT: String(ports.web),
        LOG_LEVEL: 'warn',
        NODE_ENV: 'production',
      })
      programs.start(commandOf(programs.directory, ports), { HOME: programs.directory })
      await untilServing(`${origin}/readyz`)
    })
    afterAll(async () => {
      await programs.stop()
      await database.drop()
    })

    test('HSTS is sent, cookies are Secure, and /metrics is closed', async () => {
      const { status, head } = await curl(`${origin}/?lang=en`)
      expect(status).toBe(200)
      expect(head).toContain('strict-transport-security: max-age=31536000')
      expect(head).toMatch(/set-cookie: eungmo_lang=en;.*secure/)
      expect((await curl(`${origin}/metrics`)).status).toBe(404)
    })

    test('a form of the public origin is our own, whatever Host says; another origin gets 403', async () => {
      const login = ['--data', 'email=a@b.example&password=not-a-password']
      expect((await curl(`${origin}/login`, ...login, '-H', `Origin: ${origin}`)).status).toBe(401)
      expect((await curl(`${origin}/login`, ...login, '-H', 'Origin: https://evil.example')).status).toBe(403)
      const forged = ['-H', 'Host: evil.example', '-H', 'Origin: http://evil.example']
      expect((await curl(`${inner}/login`, ...login, ...forged)).status).toBe(403)
    })

    test('the visitor’s address is what the proxy saw, never what X-Forwarded-For claims', async () => {
      const account = `email=${crypto.randomUUID()}@b.example&password=long-enough-1`
      const forged = ['-H', `Origin: ${origin}`, '-H', 'X-Forwarded-For: 6.6.6.6']
      const signUp = ['--data', `${account}&name=n&shopName=s`, ...forged]
      expect((await curl(`${origin}/sign-up`, ...signUp)).status).toBe(200)
      for (const address of [origin, inner])
        expect((await curl(`${address}/login`, '--data', account, ...forged)).status).toBe(303)
      const { sql, close } = connect(database.url, { max: 1 })
      const rows = await sql`select distinct ip_address from sessions`
      await close()
      expect(rows.map(({ ip_address: address }) => address)).toEqual(['127.0.0.3'])
    })
  })
}

describe.skipIf(!hasProgram('pgbouncer'))('a pooler', () => {
  test.each([
    ['transaction', 'ignored', 'a pooler in transaction mode'],
    ['session', 'rejected', 'does not accept the settings'],
  ])('in %s mode whose settings are %s ends the migration with one line', async (mode, settings, message) => {
    const programs = startPrograms()
    const server = new URL(inject('postgresUrl'))
    const port = await freePort()
    const file = join(programs.directory, 'pgbouncer.ini')
    const ignored =
      'default_transaction_isolation,tcp_keepalives_idle,tcp_keepalives_interval,tcp_keepalives_count'
    writeFileSync(
      file,
      [
        `[databases]\n* = host=${server.hostname} port=${server.port} user=${server.username} password=${decodeURIComponent(server.password)}`,
        `[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = any`,
        `pool_mode = ${mode}\n${settings === 'ignored' ? `ignore_startup_parameters = ${ignored}` : ''}\nuser = nobody\n`,
      ].join('\n'),
    )
    Bun.spawnSync(['chmod', '-R', 'a+rX', programs.directory])
    programs.start(['pgbouncer', '-q', file])
    await Bun.sleep(1000)
    const url = `postgres://any:any@127.0.0.1:${port}/postgres`
    const migration = Bun.spawn([process.execPath, '../../packages/db/bin/migrate.ts'], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, DATABASE_URL: url },
      stderr: 'pipe',
    })
    const output = await new Response(migration.stderr).text()
    await programs.stop()
    expect(output.trimEnd().split('\n')).toHaveLength(1)
    expect(output).toContain(message)
    expect(await migration.exited).toBe(1)
  })
})
