import { continueInBun } from './bootstrap.mjs'

continueInBun('tooling/start/main.ts')
