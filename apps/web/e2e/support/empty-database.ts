import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'

/** A migrated database without a row, on the server of another one: for a web process of a test's own. */
export async function createEmptyDatabase(otherUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = connect(otherUrl, { max: 1 })
  const name = `empty_${crypto.randomUUID().replaceAll('-', '')}`
  await admin.sql.unsafe(`create database ${name} template template0`)
  const { href: url } = new URL(`/${name}`, otherUrl)
  await migrate(url)
  return {
    url,
    async drop() {
      await admin.sql.unsafe(`drop database if exists ${name} with (force)`)
      await admin.close()
    },
  }
}
