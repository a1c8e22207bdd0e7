import { kafkaObstacle } from '@eungmo/tooling/kafka'

process.stdout.write(kafkaObstacle() ?? '')
