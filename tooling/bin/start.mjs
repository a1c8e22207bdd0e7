import { continueInBun } from './bootstrap.mjs'

continueInBun('tooling/src/start/main.ts')
