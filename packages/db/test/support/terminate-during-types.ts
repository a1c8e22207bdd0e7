import postgres from 'postgres'
import { recordSockets } from './recorded-sockets.ts'

// Run as a process of its own: an unhandled rejection ends it with an exit code other than 0.
const [url = ''] = process.argv.slice(2)
const name = 'terminated while it reads array types'
const admin = postgres(url, { max: 1, fetch_types: false })
const { sockets, options } = recordSockets(url, (socket) => {
  if (sockets.length > 1) return
  const write = socket.write.bind(socket)
  socket.write = (bytes: Uint8Array | string) => {
    if (!Buffer.from(bytes).includes('pg_type')) return write(bytes)
    void admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`.execute()
    return true
  }
})
const sql = postgres(url, { ...options, connection: { application_name: name } })
const attempt = () => sql<{ n: number }[]>`select 1::int as n`
const [row] = await attempt().catch(attempt)
await Promise.all([sql.end(), admin.end()])
process.stdout.write(JSON.stringify({ row, connections: sockets.length }))
