const { BUN_INSPECT_CONNECT_TO: _, ...environment } = process.env
process.stderr.write(`environment: ${JSON.stringify(environment)}`)
process.exit(1)
