export { naiveStrikeOut } from './naive-strike-out.ts'
export { chacha20Block, SeededStream, type Uint53Source } from './seeded-stream.ts'
export { type Sample, strikeOut, type TicketColumn } from './strike-out.ts'
export { rejectionSample, uniformInteger } from './uniform-integer.ts'
