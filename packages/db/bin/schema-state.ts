import { readSchemaState } from '../src/connection/schema-state.ts'

/** Prints the state of the schema of DATABASE_URL, for `npm start`: empty, known, older or newer. */
process.stdout.write(`${await readSchemaState(process.env.DATABASE_URL ?? '')}\n`)
