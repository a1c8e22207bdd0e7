import { customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant, stored as timestamptz and read as a Date; screens show it in Asia/Seoul. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** Raw bytes. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value),
})

/** Text compared byte by byte, so that Postgres sorts exactly as the draw's specification does. */
export const asciiText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
