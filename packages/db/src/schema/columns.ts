import { customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant with milliseconds, stored as timestamptz and read as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** Bytes, read as a Uint8Array. */
export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value),
})

/** Text compared byte by byte, so that PostgreSQL sorts as the draw's specification does. */
export const asciiText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
