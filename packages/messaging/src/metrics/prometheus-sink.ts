import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { type MetricDefinition, type MetricName, type MetricSink, metricDefinitions } from './metrics.ts'

/** Registers every metric of this package and writes to them. May be called once per registry. */
export function createPrometheusSink(registry: Registry): MetricSink {
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Histogram>()
  for (const [name, definition] of Object.entries<MetricDefinition>(metricDefinitions)) {
    const { help, labels = [], buckets = [] } = definition
    const common = { name, help, labelNames: [...labels], registers: [registry] }
    if (definition.type === 'counter') counters.set(name, new Counter(common))
    else if (definition.type === 'gauge') gauges.set(name, new Gauge(common))
    else histograms.set(name, new Histogram({ ...common, buckets: [...buckets] }))
  }
  return {
    add: (name: MetricName, value, labels = {}) => counters.get(name)?.inc(labels, value),
    set: (name: MetricName, value, labels = {}) => gauges.get(name)?.set(labels, value),
    observe: (name: MetricName, value) => histograms.get(name)?.observe(value),
  }
}
